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
  const Column* column;
  std::size_t least;
  std::size_t most;
};

// Cells that a column can't do without; of one whose texts must not be cut as many as they take.
std::size_t least_width(const Column& column, std::size_t most) {
  switch (column.form) {
    case Form::address:
      return std::min<std::size_t>(most, 15);
    case Form::process:
    case Form::text:
    case Form::arguments:
    case Form::workload:
    case Form::user:
      return std::min<std::size_t>(most, std::max<std::size_t>(column.heading.size(), 8));
    default:
      return most;
  }
}

// Cells that it has from the beginning, since its texts will soon take them.
std::size_t usual_width(const Column& column) {
  switch (column.form) {
    case Form::state:
      return 11;
    case Form::port:
      return 5;
    case Form::pid:
      return 7;
    default:
      return column.heading.size();
  }
}

std::vector<Wanted> wanted_widths(const LiveTable& table, const ViewState& state, const Rooms& rooms,
                                  SeenWidths& seen) {
  std::vector<Wanted> wanted;
  const Columns shown = shown_columns(table.choices());
  const std::size_t first = table.cursor().top();
  const std::size_t end = std::min(table.lines().size(), first + rooms.table_height);
  for (std::size_t i = std::min(state.first_column, shown.size()); i < shown.size(); ++i) {
    const Column& column = *shown[i];
    const std::size_t sign = table.choices().sort == &column ? 1 : 0;
    std::size_t widest = std::max(usual_width(column), column.heading.size() + sign);
    for (std::size_t at = first; at < end; ++at) {
      const Line& line = table.lines()[at];
      if (line.kind == Line::Kind::socket)
        widest = std::max(widest, table.socket(line).reader().text(column).width());
    }
    widest = seen.widen(column, widest);
    wanted.push_back({&column, least_width(column, widest), widest});
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

std::size_t SeenWidths::widen(const Column& column, std::size_t width) {
  std::size_t& widest = widths_[&column];
  return widest = std::max(widest, width);
}

bool is_to_the_right(const Column& column) {
  return is_number(column.form) && column.form != Form::port && column.form != Form::start;
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

ColumnPlaces place_columns(const LiveTable& table, const ViewState& state, std::size_t width,
                           const Rooms& rooms, SeenWidths& seen) {
  const std::size_t gap = width < kWideScreen ? 1 : 2;
  std::vector<Wanted> wanted = wanted_widths(table, state, rooms, seen);
  ColumnPlaces columns;
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
