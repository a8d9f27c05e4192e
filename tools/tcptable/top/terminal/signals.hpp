// SPDX-License-Identifier: MIT
// Signals as something that can be polled: their handler writes each as a byte to a pipe.
#pragma once

#include <optional>

namespace tool::top {

/// SIGINT, SIGTERM and SIGHUP; a second one of them, while the first is not dealt with, ends the program at
/// once with the terminal rescued. SIGWINCH, SIGTSTP, SIGCONT. One at a time in a program.
class SignalPipe {
 public:
  /// Throws std::system_error where there is no descriptor left.
  SignalPipe();
  SignalPipe(const SignalPipe&) = delete;
  SignalPipe& operator=(const SignalPipe&) = delete;
  /// The signals do again what they did before.
  ~SignalPipe();

  /// Readable when next() has something.
  int fd() const { return read_end_; }
  std::optional<int> next();

 private:
  int read_end_ = -1;
};

/// Stops the program as SIGTSTP does without a handler; returns when it goes on.
void stop_until_continued();

/// Ends the program as the signal does without a handler.
[[noreturn]] void die_by(int signal);

bool ends_program(int signal);

}  // namespace tool::top
