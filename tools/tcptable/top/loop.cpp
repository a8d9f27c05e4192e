// SPDX-License-Identifier: MIT
// One thread, one poll.
#include "tcptable/top/loop.hpp"

#include <poll.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>

namespace tool::top {

Loop::Loop(Terminal& terminal, SignalPipe& signals, Controller& controller, Refresh refresh,
           std::chrono::milliseconds interval)
    : terminal_(terminal),
      signals_(signals),
      controller_(controller),
      refresh_(std::move(refresh)),
      interval_(interval),
      due_(Clock::now() + interval) {}

int Loop::run() {
  controller_.resize(terminal_.size());
  while (!controller_.wants_to_quit()) {
    const bool is_due = !controller_.is_paused() && Clock::now() >= due_;
    if (controller_.takes_refresh_wish() || is_due) look_again();
    if (controller_.takes_redraw_wish()) terminal_.resume();
    terminal_.show(controller_.draw().screen);
    if (const int signal = wait()) return signal;
  }
  return 0;
}

// The times to look are an interval apart, whatever looking takes; those that were missed are left out.
void Loop::look_again() {
  controller_.refreshed(refresh_());
  due_ = std::max(due_ + interval_, Clock::now());
  if (due_ > Clock::now() + interval_) due_ = Clock::now() + interval_;
}

int Loop::milliseconds_left() const {
  if (controller_.is_paused()) return -1;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(due_ - Clock::now()).count();
  return static_cast<int>(std::max<std::int64_t>(left, 0));
}

int Loop::wait() {
  std::array<pollfd, 2> sources{{{terminal_.fd(), POLLIN, 0}, {signals_.fd(), POLLIN, 0}}};
  const int ready = poll(sources.data(), sources.size(), milliseconds_left());
  if (ready < 0) return errno == EINTR ? handle_signals() : SIGHUP;
  if (const int signal = handle_signals()) return signal;
  if ((sources[0].revents & (POLLHUP | POLLERR | POLLNVAL)) != 0) return SIGHUP;
  if ((sources[0].revents & POLLIN) != 0) handle_events();
  return 0;
}

int Loop::handle_signals() {
  while (const auto signal = signals_.next()) {
    if (ends_program(*signal)) return *signal;
    if (*signal == SIGTSTP) {
      terminal_.suspend();
      stop_until_continued();
    }
    if (*signal == SIGWINCH) {
      terminal_.resize();
    } else {
      terminal_.resume();
    }
    controller_.resize(terminal_.size());
  }
  return 0;
}

void Loop::handle_events() {
  while (const auto event = terminal_.next_event()) controller_.handle(*event);
}

}  // namespace tool::top
