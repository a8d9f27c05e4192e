// SPDX-License-Identifier: MIT
// Actions, mode by mode.
#include "tcptable/top/controller.hpp"

#include <algorithm>

#include "tcptable/filter/parser.hpp"
#include "tcptable/top/view/panels.hpp"

namespace tool::top {
namespace {

constexpr std::ptrdiff_t kWheelLines = 3;
// More than a terminal is wide, and little enough to be searched for at every key.
constexpr std::size_t kLongestPrompt = 200;

void append_utf8(std::string& text, char32_t c) {
  const auto byte = [](char32_t value) { return static_cast<char>(static_cast<unsigned char>(value)); };
  if (c < 0x80) {
    text += byte(c);
  } else if (c < 0x800) {
    text += {byte(0xc0 | c >> 6), byte(0x80 | (c & 0x3f))};
  } else if (c < 0x10000) {
    text += {byte(0xe0 | c >> 12), byte(0x80 | (c >> 6 & 0x3f)), byte(0x80 | (c & 0x3f))};
  } else {
    text += {byte(0xf0 | c >> 18), byte(0x80 | (c >> 12 & 0x3f)), byte(0x80 | (c >> 6 & 0x3f)),
             byte(0x80 | (c & 0x3f))};
  }
}

void erase_last_character(std::string& text) {
  while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xc0) == 0x80) text.pop_back();
  if (!text.empty()) text.pop_back();
}

// Positions a list of `count` lines, kept within it.
std::size_t stepped(std::size_t position, std::ptrdiff_t step, std::size_t count) {
  const auto last = static_cast<std::ptrdiff_t>(count) - 1;
  return static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(position) + step, 0,
                                                             std::max<std::ptrdiff_t>(last, 0)));
}

}  // namespace

Controller::Controller(LiveTable& table, ViewState state, ReadDetails read)
    : table_(table), state_(std::move(state)), read_(std::move(read)) {}

void Controller::handle(const Event& event) {
  state_.message.clear();
  if (const Key* key = std::get_if<Key>(&event)) {
    handle_key(*key);
  } else {
    handle_mouse(std::get<Mouse>(event));
  }
  const Socket* selected = table_.selected();
  if (state_.details_open && (selected == nullptr || selected->id != detailed_)) read_details();
}

void Controller::handle_key(Key key) {
  if (const auto action = action_for(state_.mode, key)) return act(*action);
  const bool prompting = state_.mode == Mode::search || state_.mode == Mode::filter;
  if (prompting && key.name == Key::Name::character) type(key.character);
}

void Controller::act(Action action) {
  switch (state_.mode) {
    case Mode::table:
      return act_in_table(action);
    case Mode::search:
    case Mode::filter:
      return act_in_prompt(action);
    case Mode::columns:
      return act_in_chooser(action);
    case Mode::help:
      return act_in_help(action);
  }
}

bool Controller::move(Action action) {
  const auto page = static_cast<std::ptrdiff_t>(std::max<std::size_t>(1, rooms().table_height)) - 1;
  switch (action) {
    case Action::up:
      table_.move_by(-1);
      return true;
    case Action::down:
      table_.move_by(1);
      return true;
    case Action::page_up:
      table_.move_by(-page);
      return true;
    case Action::page_down:
      table_.move_by(page);
      return true;
    case Action::first:
      table_.release_cursor();
      return true;
    case Action::last:
      table_.move_to(static_cast<std::ptrdiff_t>(table_.lines().size()) - 1);
      return true;
    default:
      return false;
  }
}

bool Controller::act_on_choices(Action action) {
  Choices choices = table_.choices();
  const auto flip = [&](bool Choices::*toggle) { choices.*toggle = !(choices.*toggle); };
  switch (action) {
    case Action::toggle_tcp:
      flip(&Choices::tcp);
      break;
    case Action::toggle_udp:
      flip(&Choices::udp);
      break;
    case Action::toggle_listening:
      flip(&Choices::listening);
      break;
    case Action::toggle_established:
      flip(&Choices::established);
      break;
    case Action::toggle_other:
      flip(&Choices::other);
      break;
    case Action::reverse:
      flip(&Choices::descending);
      break;
    case Action::group:
      choices.grouping = static_cast<Grouping>((static_cast<int>(choices.grouping) + 1) % kGroupingCount);
      break;
    default:
      return false;
  }
  choose(std::move(choices));
  return true;
}

void Controller::act_in_table(Action action) {
  if (move(action) || act_on_choices(action)) return;
  switch (action) {
    case Action::quit:
      quit_ = true;
      break;
    case Action::help:
      state_.mode = Mode::help;
      state_.panel_top = 0;
      break;
    case Action::columns:
      state_.mode = Mode::columns;
      break;
    case Action::back:
      go_back();
      break;
    case Action::open:
      open_line();
      break;
    case Action::pause:
      state_.paused = !state_.paused;
      wants_refresh_ = !state_.paused;
      break;
    case Action::refresh:
      seen_.forget();
      wants_refresh_ = wants_redraw_ = true;
      break;
    case Action::search:
      open_prompt(Mode::search, {});
      break;
    case Action::search_next:
    case Action::search_previous:
      search_again(action == Action::search_previous);
      break;
    case Action::filter:
      before_prompt_ = table_.choices();
      open_prompt(Mode::filter, before_prompt_.filter_text);
      break;
    case Action::sort_next:
    case Action::sort_previous:
      sort_beside(action == Action::sort_next ? 1 : -1);
      break;
    case Action::columns_left:
    case Action::columns_right:
      scroll_columns(action == Action::columns_right ? 1 : -1);
      break;
    case Action::details_up:
    case Action::details_down:
      state_.details_top = stepped(state_.details_top, action == Action::details_down ? 1 : -1,
                                   last_details_top(size_, state_) + 1);
      break;
    default:
      break;
  }
}

void Controller::open_prompt(Mode mode, std::string text) {
  state_.mode = mode;
  state_.prompt = std::move(text);
}

void Controller::type(char32_t c) {
  if (!cell_width(c) || state_.prompt.size() >= kLongestPrompt) return;
  append_utf8(state_.prompt, c);
  prompt_changed();
}

// A filter that is not finished yet leaves the last one that was right.
void Controller::filter_by_prompt() {
  auto filter = filter::parse(state_.prompt, filter::system_names());
  if (!filter) {
    state_.message = filter.error().message;
    return;
  }
  Choices choices = table_.choices();
  choices.filter = std::move(*filter);
  choices.filter_text = state_.prompt;
  choose(std::move(choices));
}

void Controller::prompt_changed() {
  if (state_.mode == Mode::filter) return filter_by_prompt();
  search_ = state_.prompt;
  if (!search_.empty() && !table_.search(search_, 0, false)) state_.message = "not found";
}

void Controller::end_prompt() {
  // A filter that is wrong stays in sight, with what is wrong about it.
  if (state_.mode == Mode::filter) filter_by_prompt();
  if (state_.mode == Mode::search || state_.message.empty()) state_.mode = Mode::table;
}

void Controller::act_in_prompt(Action action) {
  switch (action) {
    case Action::erase:
      erase_last_character(state_.prompt);
      return prompt_changed();
    case Action::erase_all:
      state_.prompt.clear();
      return prompt_changed();
    case Action::back:
      if (state_.mode == Mode::filter) choose(before_prompt_);
      state_.mode = Mode::table;
      break;
    default:
      end_prompt();
      break;
  }
}

void Controller::search_again(bool backwards) {
  if (search_.empty()) {
    state_.message = "nothing was searched for: / does";
  } else if (!table_.search(search_, 1, backwards)) {
    state_.message = "not found: " + search_;
  }
}

void Controller::go_back() {
  if (state_.details_open) {
    state_.details_open = false;
    return;
  }
  search_.clear();
  Choices choices = table_.choices();
  choices.filter = {};
  choices.filter_text.clear();
  choose(std::move(choices));
}

void Controller::open_line() {
  if (const Group* group = table_.selected_group()) return table_.toggle_fold(*group);
  if (table_.selected() == nullptr) return;
  state_.details_open = !state_.details_open;
  detailed_ = 0;
}

void Controller::read_details() {
  const Socket* selected = table_.selected();
  state_.details.clear();
  if (selected == nullptr || selected->id != detailed_) state_.details_top = 0;
  detailed_ = selected != nullptr ? selected->id : 0;
  if (selected != nullptr) state_.details = read_(*selected, table_.names());
}

void Controller::act_in_chooser(Action action) {
  switch (action) {
    case Action::up:
    case Action::down:
      state_.chooser_line =
          stepped(state_.chooser_line, action == Action::down ? 1 : -1, all_columns().size());
      break;
    case Action::toggle_column:
      toggle_chosen_column();
      break;
    default:
      state_.mode = Mode::table;
      break;
  }
}

void Controller::toggle_chosen_column() {
  Choices choices = table_.choices();
  auto& columns = choices.columns;
  const Column* column = &all_columns()[state_.chooser_line];
  if (std::erase(columns, column) == 0) columns.push_back(column);
  if (columns.empty()) {
    state_.message = "one column must stay";
    return;
  }
  state_.first_column = std::min(state_.first_column, columns.size() - 1);
  choose(std::move(choices));
}

void Controller::act_in_help(Action action) {
  const std::size_t height = help_height(size_);
  const std::size_t tops = help_length() - height + 1;
  const auto page = static_cast<std::ptrdiff_t>(height);
  switch (action) {
    case Action::up:
      state_.panel_top = stepped(state_.panel_top, -1, tops);
      break;
    case Action::down:
      state_.panel_top = stepped(state_.panel_top, 1, tops);
      break;
    case Action::page_up:
      state_.panel_top = stepped(state_.panel_top, -page, tops);
      break;
    case Action::page_down:
      state_.panel_top = stepped(state_.panel_top, page, tops);
      break;
    default:
      state_.mode = Mode::table;
      break;
  }
}

void Controller::sort_by(const Column* column) {
  Choices choices = table_.choices();
  choices.descending = choices.sort == column && !choices.descending;
  choices.sort = column;
  choose(std::move(choices));
}

void Controller::sort_beside(int step) {
  const Columns shown = shown_columns(table_.choices());
  const auto at = std::find(shown.begin(), shown.end(), table_.choices().sort);
  if (at == shown.end()) return sort_by(step > 0 ? shown.front() : shown.back());
  Choices choices = table_.choices();
  choices.sort = shown[stepped(static_cast<std::size_t>(at - shown.begin()), step, shown.size())];
  choose(std::move(choices));
}

void Controller::scroll_columns(int step) {
  state_.first_column = stepped(state_.first_column, step, shown_columns(table_.choices()).size());
}

void Controller::choose(Choices choices) {
  const auto before = query_for(table_.choices());
  const auto after = query_for(choices);
  table_.choose(std::move(choices));
  // What the last snapshot doesn't have must be fetched, even in a pause.
  if (asks_for_more(before, after)) wants_refresh_ = true;
}

void Controller::handle_mouse(const Mouse& mouse) {
  const std::ptrdiff_t lines = mouse.what == Mouse::What::wheel_up ? -kWheelLines : kWheelLines;
  if (state_.mode == Mode::help || state_.mode == Mode::columns) {
    if (mouse.what == Mouse::What::click) return act(Action::back);
    for (std::ptrdiff_t i = 0; i < kWheelLines; ++i) act(lines < 0 ? Action::up : Action::down);
  } else if (mouse.what == Mouse::What::click) {
    click(mouse.x, mouse.y);
  } else {
    table_.move_by(lines);
  }
}

void Controller::click(std::size_t x, std::size_t y) {
  const Rooms places = rooms();
  if (y + 1 == places.table_top) {
    const auto hit = std::find_if(headings_.begin(), headings_.end(),
                                  [x](const Span& span) { return x >= span.x && x < span.x + span.width; });
    if (hit != headings_.end()) sort_by(hit->column);
  }
  if (y < places.table_top || y >= places.table_top + places.table_height) return;
  const std::size_t line = table_.cursor().top() + y - places.table_top;
  if (line >= table_.lines().size()) return;
  const bool again = line == table_.cursor().position();
  table_.move_to(static_cast<std::ptrdiff_t>(line));
  if (again) open_line();
}

void Controller::resize(Size size) {
  size_ = size;
  seen_.forget();
}

void Controller::refreshed(const std::string& error) {
  if (!error.empty()) state_.message = error;
  if (state_.details_open) read_details();
}

Frame Controller::draw() {
  table_.scroll_into_view(rooms().table_height);
  Frame frame = draw_frame(table_, state_, size_, seen_);
  headings_ = frame.headings;
  return frame;
}

}  // namespace tool::top
