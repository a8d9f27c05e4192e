// SPDX-License-Identifier: MIT
// The terminal: shows screens, reports keys and the mouse. Its source is the only file that knows ncurses.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "tcptable/top/input/key.hpp"
#include "tcptable/top/view/screen.hpp"

namespace tool::top {

/// On standard input and output, which it has for itself as long as it lives; then the terminal is as it was,
/// and so it is after a crash. Handlers for signals must be installed before.
class Terminal {
 public:
  /// One line, where standard input and output are no terminal that can show whole screens; else empty.
  /// Writes nothing to it.
  static std::string what_is_missing();

  /// Only where nothing is missing. Throws std::runtime_error where the terminal can't be used all the same.
  Terminal();
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;
  ~Terminal();

  bool has_colors() const;
  Size size() const;
  /// Where events come from, to be polled.
  int fd() const;

  /// Writes what differs from the screen shown before.
  void show(const Screen& screen);
  /// What was typed or clicked, as long as there is something; never waits.
  std::optional<Event> next_event();

  /// The terminal's size has changed.
  void resize();
  /// Gives the terminal back, until resume(): the program is about to be stopped.
  void suspend();
  /// Takes it again, and writes all of it at the next show(): the program was stopped, or something else
  /// wrote.
  void resume();

 private:
  struct State;

  std::unique_ptr<State> state_;
};

}  // namespace tool::top
