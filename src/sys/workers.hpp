// SPDX-License-Identifier: MIT
// Runs one function on several threads for the length of a call; no thread outlives it.
#pragma once

#include <pthread.h>
#include <signal.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <exception>
#include <thread>

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

inline constexpr unsigned kMostWorkers = 8;

/// Calls work(0) on this thread and work(1) ... work(count - 1) each on a thread of its own, which never
/// takes the program's signals; kMostWorkers at most. A thread that can't be made is done without: `work`
/// must share out its load by itself, and must not throw. Allocates nothing: the C library keeps the stacks
/// of threads that have ended for the next.
template <typename Work>
void run_on_workers(unsigned count, const Work& work) {
  struct Share {
    const Work* work;
    unsigned number;
  };
  std::array<Share, kMostWorkers> shares{};
  std::array<pthread_t, kMostWorkers> threads{};
  unsigned running = 0;
  {
    const SignalsBlocked blocked;
    for (unsigned i = 1; i < std::min(count, kMostWorkers); ++i) {
      shares[i] = {&work, i};
      const auto run = [](void* given) -> void* {
        const Share& share = *static_cast<const Share*>(given);
        (*share.work)(share.number);
        return nullptr;
      };
      // The limit of threads, or of memory, may be reached: those that run are enough.
      if (pthread_create(&threads[running], nullptr, run, &shares[i]) == 0) ++running;
    }
  }
  work(0);
  for (unsigned i = 0; i < running; ++i) pthread_join(threads[i], nullptr);
}

/// Calls work(0) ... work(count - 1), each once, as run_on_workers does; any number of them.
template <typename Work>
void run_on_shares(unsigned count, const Work& work) {
  std::atomic<unsigned> next{0};
  run_on_workers(count, [&](unsigned) {
    for (unsigned share = next++; share < count; share = next++) work(share);
  });
}

}  // namespace tcptable::sys
