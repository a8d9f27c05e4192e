// SPDX-License-Identifier: MIT
// Runs one function on several threads for the length of a call; no thread outlives it.
#pragma once

#include <pthread.h>
#include <signal.h>

#include <exception>
#include <thread>
#include <vector>

namespace tcptable::sys {

/// Keeps the program's signals from threads that are made while it lives: they inherit the mask.
class SignalsBlocked {
 public:
  SignalsBlocked() {
    sigset_t every_signal;
    sigfillset(&every_signal);
    pthread_sigmask(SIG_SETMASK, &every_signal, &before_);
  }
  SignalsBlocked(const SignalsBlocked&) = delete;
  SignalsBlocked& operator=(const SignalsBlocked&) = delete;
  ~SignalsBlocked() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_;
};

/// Calls work(), which must not throw, on a thread that is made for it and may change what is a thread's own.
/// False when no thread can be made.
template <typename Work>
bool run_on_own_thread(const Work& work) {
  try {
    std::thread thread;
    {
      const SignalsBlocked blocked;
      thread = std::thread([&work] { work(); });
    }
    thread.join();
    return true;
  } catch (const std::exception&) {
    return false;
  }
}

/// Calls work(0) on this thread and work(1) ... work(count - 1) each on a thread of its own, which never
/// takes the program's signals. A thread that can't be made is done without: `work` must share out
/// its load by itself, and must not throw.
template <typename Work>
void run_on_workers(unsigned count, const Work& work) {
  std::vector<std::thread> threads;
  threads.reserve(count);
  try {
    const SignalsBlocked blocked;
    for (unsigned i = 1; i < count; ++i) threads.emplace_back([&work, i] { work(i); });
  } catch (const std::exception&) {
    // The limit of threads, or memory, is reached. Those that run are enough.
  }
  work(0);
  for (std::thread& thread : threads) thread.join();
}

}  // namespace tcptable::sys
