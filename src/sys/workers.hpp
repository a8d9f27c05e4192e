// SPDX-License-Identifier: MIT
// Runs one function on several threads for the length of a call; no thread outlives it.
#pragma once

#include <pthread.h>
#include <signal.h>

#include <algorithm>
#include <array>

namespace tcptable::sys {

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
  sigset_t every_signal;
  sigset_t before;
  sigfillset(&every_signal);
  pthread_sigmask(SIG_SETMASK, &every_signal, &before);
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
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  work(0);
  for (unsigned i = 0; i < running; ++i) pthread_join(threads[i], nullptr);
}

}  // namespace tcptable::sys
