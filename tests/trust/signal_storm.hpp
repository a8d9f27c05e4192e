// SPDX-License-Identifier: MIT
// A signal in every half of a millisecond of real time, whose handler does nothing but interrupt system
// calls.
#pragma once

#include <sys/time.h>

#include <csignal>

namespace tcptable::test {

class SignalStorm {
 public:
  SignalStorm() {
    count_ = 0;
    struct sigaction action {};
    action.sa_handler = [](int) { count_ = count_ + 1; };
    action.sa_flags = 0;  // no SA_RESTART: calls fail with EINTR
    ::sigaction(SIGALRM, &action, &before_);
    constexpr suseconds_t kPeriodUs = 500;
    const itimerval every{{0, kPeriodUs}, {0, kPeriodUs}};
    ::setitimer(ITIMER_REAL, &every, nullptr);
  }
  SignalStorm(const SignalStorm&) = delete;
  SignalStorm& operator=(const SignalStorm&) = delete;
  ~SignalStorm() {
    const itimerval never{};
    ::setitimer(ITIMER_REAL, &never, nullptr);
    ::sigaction(SIGALRM, &before_, nullptr);
  }

  static int signals() { return count_; }

 private:
  static inline volatile std::sig_atomic_t count_ = 0;
  struct sigaction before_ {};
};

}  // namespace tcptable::test
