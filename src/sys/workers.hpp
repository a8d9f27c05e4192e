// SPDX-License-Identifier: MIT
// Runs one function on several threads for the length of a call; no thread outlives it.
#pragma once

#include <pthread.h>
#include <signal.h>

#include <exception>
#include <thread>
#include <vector>

namespace tcptable::sys {

/// Calls work(0) on this thread and work(1) ... work(count - 1) each on a thread of its own, which never
/// takes the program's signals. A thread that can't be made is done without: `work` must share out
/// its load by itself, and must not throw.
template <typename Work>
void run_on_workers(unsigned count, const Work& work) {
  std::vector<std::thread> threads;
  threads.reserve(count);
  sigset_t every_signal;
  sigset_t before;
  sigfillset(&every_signal);
  pthread_sigmask(SIG_SETMASK, &every_signal, &before);
  try {
    for (unsigned i = 1; i < count; ++i) threads.emplace_back([&work, i] { work(i); });
  } catch (const std::exception&) {
    // The limit of threads, or memory, is reached. Those that run are enough.
  }
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  work(0);
  for (std::thread& thread : threads) thread.join();
}

}  // namespace tcptable::sys
