// SPDX-License-Identifier: MIT
// Waits for keys, signals and the time to look again.
#pragma once

#include <chrono>
#include <functional>

#include "tcptable/top/controller.hpp"
#include "tcptable/top/terminal/signals.hpp"
#include "tcptable/top/terminal/terminal.hpp"

namespace tool::top {

class Loop {
 public:
  /// Updates the table; empty, or why it could not be.
  using Refresh = std::function<std::string()>;

  Loop(Terminal& terminal, SignalPipe& signals, Controller& controller, Refresh refresh,
       std::chrono::milliseconds interval);

  /// Returns when the viewer quits: 0, or the signal that ends the program, or SIGHUP where the terminal is
  /// gone.
  int run();

 private:
  using Clock = std::chrono::steady_clock;

  /// 0, or a signal to end by.
  int wait();
  int handle_signals();
  void handle_events();
  void look_again();
  int milliseconds_left() const;

  Terminal& terminal_;
  SignalPipe& signals_;
  Controller& controller_;
  Refresh refresh_;
  std::chrono::milliseconds interval_;
  Clock::time_point due_;
};

}  // namespace tool::top
