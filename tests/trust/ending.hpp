// SPDX-License-Identifier: MIT
// Programs that end by exit() while their threads work.
#pragma once

#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <thread>

#include "trust/crowd.hpp"

namespace tcptable::test {

/// 0 where each of many children ends by exit(0) while four of its threads do `work`, which says whether all
/// was well; else the status of the first that doesn't (see status_of_child), or 1 where it didn't begin
/// well.
template <typename Work>
int status_of_exits(const Work& work) {
  constexpr int kExits = 60;
  constexpr int kThreads = 4;
  constexpr unsigned kStep = 100;  // microseconds: each ends at another moment
  for (int i = 0; i < kExits; ++i) {
    const int status = status_of_child([&]() -> int {
      if (!work()) return 1;
      std::atomic<int> begun{0};
      for (int thread = 0; thread < kThreads; ++thread) {
        std::thread([&] {
          ++begun;
          for (;;) work();
        }).detach();
      }
      while (begun < kThreads) std::this_thread::yield();
      ::usleep(kStep * static_cast<unsigned>(i));
      std::exit(0);
    });
    if (status != 0) return status;
  }
  return 0;
}

}  // namespace tcptable::test
