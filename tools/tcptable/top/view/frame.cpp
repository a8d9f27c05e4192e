// SPDX-License-Identifier: MIT
// The parts of the picture from above to below.
#include "tcptable/top/view/frame.hpp"

#include <fmt/format.h>

#include <ctime>

#include "tcptable/top/view/panels.hpp"
#include "tcptable/top/view/rows.hpp"

namespace tool::top {
namespace {

constexpr Style kBold{Color::normal, true, false, false, false};
constexpr Style kDim{Color::normal, false, true, false, false};

std::string clock_text(std::chrono::system_clock::time_point when) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(when);
  std::tm parts{};
  localtime_r(&seconds, &parts);
  return fmt::format("{:02}:{:02}:{:02}", parts.tm_hour, parts.tm_min, parts.tm_sec);
}

void draw_title(Screen& screen, const LiveTable& table, const ViewState& state) {
  const Counts& counts = table.arrangement().counts();
  const DisplayText text =
      escape(fmt::format("{} sockets: {} listening, {} established, {} other", counts.all(), counts.listening,
                         counts.established, counts.other));
  const DisplayText clock = escape(clock_text(table.updated_at()));
  const std::size_t width = screen.size().width;
  const Label paused("paused");
  const std::size_t right =
      2 + clock.width() + (state.paused ? paused.text().size() : state.interval.width() + 6);
  const Label name("tcptable top");
  LineWriter title(screen, 0);
  // Where there is no room for both, the numbers stay.
  if (name.text().size() + 2 + text.width() + right <= width) title.put(name, kBold).skip(2);
  title.put(text);
  if (right >= width) return;
  screen.clear(width - right, width, 0);
  LineWriter writer(screen, 0, width - right);
  if (state.paused) {
    const Style yellow{state.colors ? Color::yellow : Color::normal, true, false, false, true};
    writer.skip(1).put(paused, yellow);
  } else {
    writer.skip(1).put(Label("every ")).put(state.interval);
  }
  writer.skip(1).put(clock);
}

void draw_toggle(LineWriter& line, bool on, Label name) {
  line.put(on ? Label("+") : Label("-"), on ? Style() : kDim).put(name, on ? Style() : kDim).skip(1);
}

void draw_choices(Screen& screen, const Choices& choices) {
  LineWriter line(screen, 1);
  draw_toggle(line, choices.tcp, "tcp");
  draw_toggle(line, choices.udp, "udp");
  draw_toggle(line, choices.listening, "listening");
  draw_toggle(line, choices.established, "established");
  draw_toggle(line, choices.other, "other");
  if (choices.grouping != Grouping::none)
    line.skip(1).put(Label("by ")).put(escape(to_string(choices.grouping)), kBold);
  if (!choices.filter_text.empty())
    line.skip(1).put(Label("filter ")).put(escape(choices.filter_text), kBold);
}

Label footer_hint(Mode mode) {
  switch (mode) {
    case Mode::columns:
      return "space shows or hides the column, Enter goes back";
    case Mode::help:
      return "up and down scroll, Esc goes back";
    default:
      return "q quit  ? help  Enter details  / search  f filter  c columns  g group  space pause";
  }
}

void draw_footer(Screen& screen, const LiveTable& table, const ViewState& state) {
  LineWriter line(screen, screen.size().height - 1);
  const bool prompting = state.mode == Mode::search || state.mode == Mode::filter;
  if (prompting) {
    line.put(state.mode == Mode::search ? Label("search: ") : Label("filter: "), kBold);
    line.put(escape(state.prompt)).put(Label(" "), Style{Color::normal, false, false, false, true});
    if (!state.message.empty()) line.skip(2);
  }
  if (!state.message.empty()) {
    line.put(escape(state.message),
             Style{state.colors ? Color::red : Color::normal, true, false, false, false});
  } else if (!prompting && state.mode == Mode::table && !table.completeness().owners) {
    line.put(Label("some owners are hidden from you  q quit  ? help"), kDim);
  } else if (!prompting) {
    line.put(footer_hint(state.mode), kDim);
  }
}

Frame too_small(Size size) {
  Frame frame{Screen(size), {}, {}};
  const DisplayText text = escape(fmt::format("needs {}x{}", kSmallest.width, kSmallest.height));
  if (size.height > 0) frame.screen.put(0, 0, size.width, text);
  return frame;
}

}  // namespace

Frame draw_frame(const LiveTable& table, const ViewState& state, Size size, SeenWidths& seen) {
  if (size.width < kSmallest.width || size.height < kSmallest.height) return too_small(size);
  Frame frame{Screen(size), rooms_for(size, state), {}};
  const ColumnPlaces columns = place_columns(table, state, size.width, frame.rooms, seen);
  draw_title(frame.screen, table, state);
  draw_choices(frame.screen, table.choices());
  draw_headings(frame.screen, table.choices(), columns, frame.rooms.table_top - 1);
  draw_lines(frame.screen, table, state, columns, frame.rooms);
  if (frame.rooms.details_height != 0) draw_details(frame.screen, state, frame.rooms);
  draw_footer(frame.screen, table, state);
  if (state.mode == Mode::columns) draw_chooser(frame.screen, table.choices(), state);
  if (state.mode == Mode::help) draw_help(frame.screen, state);
  frame.headings = columns.spans;
  return frame;
}

}  // namespace tool::top
