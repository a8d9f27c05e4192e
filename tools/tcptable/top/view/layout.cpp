// SPDX-License-Identifier: MIT
// Room for columns: each gets what it can't do without, then the rest is shared among those that want more.
#include "tcptable/top/view/layout.hpp"

#include <algorithm>

namespace tool::top {
namespace {

constexpr std::size_t kHeader = 3;
constexpr std::size_t kFooter = 1;
constexpr std::size_t kMarker = 2;  // '+', '~' or '-' and a space before the first column
constexpr std::size_t kWideScreen = 100;

// Two details stand side by side where there is room for it.
constexpr std::size_t kDetailWidth = 40;

struct Wanted {
  ColumnId column;
  std::size_t least;
  std::size_t most;
};

std::vector<Wanted> wanted_widths(LiveTable& table, const ViewState& state, const Rooms& rooms,
                                  SeenWidths& seen) {
  std::vector<Wanted> wanted;
  const auto& shown = table.choices().columns;
  const std::size_t first = table.cursor().top();
  const std::size_t end = std::min(table.lines().size(), first + rooms.table_height);
  for (std::size_t i = std::min(state.first_column, shown.size()); i < shown.size(); ++i) {
    const Column& column = all_columns()[shown[i]];
    std::size_t widest = column.heading.size() + 1;  // and the sign of the order
    for (std::size_t at = first; at < end; ++at) {
      const Line& line = table.lines()[at];
      if (line.kind == Line::Kind::socket)
        widest = std::max(widest, column.text(table.socket(line), table.lookups()).width());
    }
    widest = std::max(seen.widen(shown[i], widest), column.narrowest);
    wanted.push_back({shown[i], column.narrowest, widest});
  }
  return wanted;
}

// How many of them have room, each at its least.
std::size_t fitting(const std::vector<Wanted>& wanted, std::size_t room, std::size_t gap) {
  std::size_t used = 0;
  std::size_t count = 0;
  for (; count < wanted.size(); ++count) {
    used += wanted[count].least + (count == 0 ? 0 : gap);
    if (used > room) break;
  }
  return count;
}

void share(std::vector<Wanted>& wanted, std::size_t spare) {
  for (bool grown = true; grown && spare > 0;) {
    grown = false;
    for (Wanted& column : wanted) {
      if (spare == 0 || column.least == column.most) continue;
      ++column.least;
      --spare;
      grown = true;
    }
  }
}

}  // namespace

std::size_t SeenWidths::widen(ColumnId column, std::size_t width) {
  if (widths_.size() <= column) widths_.resize(column + 1);
  return widths_[column] = std::max(widths_[column], width);
}

Rooms rooms_for(Size size, const ViewState& state) {
  Rooms rooms;
  const std::size_t body = size.height > kHeader + kFooter ? size.height - kHeader - kFooter : 0;
  if (state.details_open) {
    const std::size_t side_by_side = std::max<std::size_t>(1, size.width / kDetailWidth);
    const std::size_t lines = (state.details.size() + side_by_side - 1) / side_by_side;
    rooms.details_height = std::min(lines + 1, body * 2 / 3);
  }
  rooms.table_top = kHeader;
  rooms.table_height = body - rooms.details_height;
  rooms.details_top = rooms.table_top + rooms.table_height;
  return rooms;
}

Columns place_columns(LiveTable& table, const ViewState& state, std::size_t width, const Rooms& rooms,
                      SeenWidths& seen) {
  const std::size_t gap = width < kWideScreen ? 1 : 2;
  std::vector<Wanted> wanted = wanted_widths(table, state, rooms, seen);
  Columns columns;
  columns.more_left = state.first_column > 0;
  const std::size_t count = fitting(wanted, width - kMarker, gap);
  columns.more_right = count < wanted.size();
  wanted.resize(count);
  std::size_t used = count == 0 ? 0 : (count - 1) * gap;
  for (const Wanted& column : wanted) used += column.least;
  share(wanted, width - kMarker - used);
  std::size_t x = kMarker;
  for (const Wanted& column : wanted) {
    columns.spans.push_back({column.column, x, column.least});
    x += column.least + gap;
  }
  return columns;
}

}  // namespace tool::top
