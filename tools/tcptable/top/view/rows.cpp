// SPDX-License-Identifier: MIT
// Cells of the rows in view, and the looks of the selected one.
#include "tcptable/top/view/rows.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tcptable/top/view/theme.hpp"

namespace tool::top {
namespace {

constexpr Style kHeading{Color::normal, true, false, true, false};

void put_cell(Screen& screen, const Span& span, std::size_t y, const DisplayText& text, Style style) {
  const std::size_t shift =
      is_to_the_right(*span.column) && text.width() < span.width ? span.width - text.width() : 0;
  screen.put(span.x + shift, y, span.width - shift, text, style);
}

void draw_socket(Screen& screen, const Socket& socket, const ColumnPlaces& columns, std::size_t y,
                 Style style) {
  screen.clear(0, screen.size().width, y, style);
  screen.put(0, y, 1, sign_of(socket.change), style);
  for (const Span& span : columns.spans) {
    put_cell(screen, span, y, socket.reader().text(*span.column), style);
  }
}

void draw_group(Screen& screen, const LiveTable& table, const Group& group, std::size_t y, Style style) {
  screen.clear(0, screen.size().width, y, style);
  LineWriter line(screen, y);
  line.put(table.arrangement().is_folded(group) ? Label("> ") : Label("v "), style);
  line.put(escape(group.name.empty() ? std::string_view("(none)") : std::string_view(group.name)), style)
      .skip(2);
  const Counts& counts = group.counts;
  line.put(escape(fmt::format("{}: {} listening, {} established, {} other", counts.all(), counts.listening,
                              counts.established, counts.other)),
           style);
}

}  // namespace

void draw_headings(Screen& screen, const Choices& choices, const ColumnPlaces& columns, std::size_t y) {
  screen.clear(0, screen.size().width, y, kHeading);
  for (const Span& span : columns.spans) {
    std::string text(span.column->heading);
    if (choices.sort == span.column) text += choices.descending ? 'v' : '^';
    put_cell(screen, span, y, escape(text), kHeading);
  }
  if (columns.more_left) screen.put(0, y, 1, Label("<"), kHeading);
  if (columns.more_right) screen.put(screen.size().width - 1, y, 1, Label(">"), kHeading);
}

void draw_lines(Screen& screen, const LiveTable& table, const ViewState& state, const ColumnPlaces& columns,
                const Rooms& rooms) {
  const std::size_t top = table.cursor().top();
  const std::size_t end = std::min(table.lines().size(), top + rooms.table_height);
  for (std::size_t at = top; at < end; ++at) {
    const Line& line = table.lines()[at];
    const std::size_t y = rooms.table_top + at - top;
    const bool is_group = line.kind == Line::Kind::group;
    Style style = is_group ? Style{Color::normal, true, false, false, false}
                           : style_of(table.socket(line), state.colors);
    style.reverse = at == table.cursor().position();
    if (is_group) {
      draw_group(screen, table, table.arrangement().group(line), y, style);
    } else {
      draw_socket(screen, table.socket(line), columns, y, style);
    }
  }
  if (table.lines().empty())
    screen.put(2, rooms.table_top, screen.size().width, Label("no socket to show"),
               Style{Color::normal, false, true});
}

}  // namespace tool::top
