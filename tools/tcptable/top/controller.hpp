// SPDX-License-Identifier: MIT
// From events to changes of the table and of what is seen of it. Knows neither terminal nor clock.
#pragma once

#include <functional>
#include <vector>

#include "tcptable/top/input/bindings.hpp"
#include "tcptable/top/view/frame.hpp"

namespace tool::top {

class Controller {
 public:
  /// What the details pane says of a socket.
  using ReadDetails = std::function<std::vector<Detail>(const Socket&, Names&)>;

  Controller(LiveTable& table, ViewState state, ReadDetails read);

  void handle(const Event& event);
  void resize(Size size);
  /// The table was updated, or could not be: `error` is empty or says why.
  void refreshed(const std::string& error);
  Frame draw();

  bool wants_to_quit() const { return quit_; }
  bool is_paused() const { return state_.paused; }
  /// A snapshot is wanted before the next is due. True once.
  bool takes_refresh_wish() { return std::exchange(wants_refresh_, false); }
  /// The screen may show something else than what was drawn. True once.
  bool takes_redraw_wish() { return std::exchange(wants_redraw_, false); }

 private:
  void handle_key(Key key);
  void handle_mouse(const Mouse& mouse);
  void act(Action action);
  void act_in_table(Action action);
  void act_in_prompt(Action action);
  void act_in_chooser(Action action);
  void act_in_help(Action action);
  bool act_on_choices(Action action);
  bool move(Action action);

  void open_prompt(Mode mode, std::string text);
  void type(char32_t c);
  void prompt_changed();
  void filter_by_prompt();
  void end_prompt();
  void go_back();
  void open_line();
  void search_again(bool backwards);
  void toggle_chosen_column();
  void sort_by(const Column* column);
  void sort_beside(int step);
  void scroll_columns(int step);
  void click(std::size_t x, std::size_t y);
  void choose(Choices choices);
  void read_details();
  Rooms rooms() const { return rooms_for(size_, state_); }

  LiveTable& table_;
  ViewState state_;
  ReadDetails read_;
  Size size_;
  SeenWidths seen_;
  std::vector<Span> headings_;  // of the last frame
  std::string search_;          // what was searched for last
  Choices before_prompt_;       // what Esc goes back to
  std::uint64_t detailed_ = 0;  // the socket that the details are of
  bool quit_ = false;
  bool wants_refresh_ = false;
  bool wants_redraw_ = false;
};

}  // namespace tool::top
