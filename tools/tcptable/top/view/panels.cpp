// SPDX-License-Identifier: MIT
// Panels are drawn over what is there.
#include "tcptable/top/view/panels.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "tcptable/top/input/bindings.hpp"

namespace tool::top {
namespace {

constexpr Style kBar{Color::normal, false, false, false, true};
constexpr Style kBold{Color::normal, true, false, false, false};
constexpr Style kDim{Color::normal, false, true, false, false};
constexpr std::size_t kDetailWidth = 40;
constexpr std::size_t kLabelWidth = 14;

std::size_t side_by_side(Size size) {
  return std::max<std::size_t>(1, size.width / kDetailWidth);
}

std::size_t details_lines(Size size, const ViewState& state) {
  return (state.details.size() + side_by_side(size) - 1) / side_by_side(size);
}

// A box over the middle of the screen, blank but for its title.
struct Box {
  std::size_t x, y, width, height;
};

Box draw_box(Screen& screen, Label title, std::size_t width, std::size_t height) {
  const Size size = screen.size();
  Box box{0, 0, std::min(width, size.width), std::min(height, size.height - 2)};
  box.x = (size.width - box.width) / 2;
  box.y = (size.height - box.height) / 2;
  for (std::size_t y = 0; y < box.height; ++y)
    screen.clear(box.x, box.x + box.width, box.y + y, y == 0 ? kBar : Style());
  screen.put(box.x + 1, box.y, box.width - 1, title, kBar);
  return box;
}

std::vector<const Binding*> help_bindings() {
  std::vector<const Binding*> bindings;
  for (const Binding& binding : all_bindings()) {
    if (!binding.meaning.empty()) bindings.push_back(&binding);
  }
  return bindings;
}

// "up, k": every key of the table that does the same.
std::string keys_for(Action action) {
  std::string keys;
  for (const Binding& binding : all_bindings()) {
    if (binding.mode != Mode::table || binding.action != action) continue;
    keys += (keys.empty() ? "" : ", ") + key_name(binding.key);
  }
  return keys;
}

constexpr std::size_t kHelpWidth = 60;
constexpr std::size_t kChooserWidth = 78;

}  // namespace

std::size_t last_details_top(Size size, const ViewState& state) {
  const std::size_t height = rooms_for(size, state).details_height;
  const std::size_t lines = details_lines(size, state);
  return height == 0 || lines + 1 <= height ? 0 : lines + 1 - height;
}

void draw_details(Screen& screen, const ViewState& state, const Rooms& rooms) {
  const Size size = screen.size();
  screen.clear(0, size.width, rooms.details_top, kBar);
  LineWriter(screen, rooms.details_top, 1).put(Label("the socket"), kBar);
  const std::size_t lines = details_lines(size, state);
  const std::size_t top = std::min(state.details_top, last_details_top(size, state));
  if (lines + 1 > rooms.details_height)
    screen.put(size.width - 18, rooms.details_top, 18, Label("J and K scroll it"), kBar);
  const std::size_t width = size.width / side_by_side(size);
  for (std::size_t i = 0; i < state.details.size(); ++i) {
    const std::size_t line = i % lines;
    if (line < top || line - top + 1 >= rooms.details_height) continue;
    const std::size_t x = i / lines * width;
    const std::size_t y = rooms.details_top + 1 + line - top;
    screen.put(x + 1, y, kLabelWidth, state.details[i].label, kDim);
    screen.put(x + 1 + kLabelWidth, y, width - kLabelWidth - 2, state.details[i].value);
  }
}

void draw_chooser(Screen& screen, const Choices& choices, const ViewState& state) {
  const auto columns = all_columns();
  const Box box = draw_box(screen, "columns", kChooserWidth, columns.size() + 1);
  const std::size_t height = box.height - 1;
  const std::size_t top = state.chooser_line < height ? 0 : state.chooser_line - height + 1;
  for (std::size_t i = top; i < columns.size() && i - top < height; ++i) {
    const bool shown =
        std::find(choices.columns.begin(), choices.columns.end(), &columns[i]) != choices.columns.end();
    const std::size_t y = box.y + 1 + i - top;
    LineWriter line(screen, y, box.x + 1);
    line.put(shown ? Label("[x] ") : Label("[ ] ")).put(escape(columns[i].name), kBold);
    screen.put(box.x + 21, y, box.width - 21, escape(columns[i].meaning));
    if (i == state.chooser_line) screen.restyle(box.x, box.x + box.width, y, kBar);
  }
}

std::size_t help_length() {
  return help_bindings().size() + 3;
}

std::size_t help_height(Size size) {
  return std::min(help_length() + 1, size.height - 2) - 1;
}

void draw_help(Screen& screen, const ViewState& state) {
  const auto bindings = help_bindings();
  const Box box = draw_box(screen, "keys", kHelpWidth, help_length() + 1);
  const std::size_t height = box.height - 1;
  const std::size_t top = std::min(state.panel_top, help_length() - height);
  for (std::size_t i = top; i < help_length() && i - top < height; ++i) {
    const std::size_t y = box.y + 1 + i - top;
    if (i < bindings.size()) {
      screen.put(box.x + 1, y, 12, escape(keys_for(bindings[i]->action)), kBold);
      screen.put(box.x + 14, y, box.width - 14, escape(bindings[i]->meaning));
      continue;
    }
    constexpr std::array<Label, 3> kNotes{"", "The wheel scrolls, a click selects, a second one opens;",
                                          "a click on a heading sorts.  + new  ~ changed  - closed"};
    screen.put(box.x + 1, y, box.width - 1, kNotes[i - bindings.size()]);
  }
}

}  // namespace tool::top
