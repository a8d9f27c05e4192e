// SPDX-License-Identifier: MIT
// A long table is made by as many threads as there are processors.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <exception>
#include <system_error>
#include <thread>

namespace tool {

inline constexpr unsigned kMostThreads = 8;

/// How many threads that many rows are worth.
inline unsigned threads_for(std::size_t rows) {
  constexpr std::size_t kWorthThreads = 4096;
  return rows < kWorthThreads ? 1 : std::clamp(std::thread::hardware_concurrency(), 1U, kMostThreads);
}

/// Calls work(0) ... work(count - 1) at the same time, or one after the other where no thread can be made;
/// kMostThreads at most. Throws what one of them threw, when all have ended.
template <typename Work>
void at_once(unsigned count, const Work& work) {
  std::array<std::exception_ptr, kMostThreads> thrown;
  const auto call = [&](unsigned number) {
    try {
      work(number);
    } catch (...) {
      thrown[number] = std::current_exception();
    }
  };
  {
    std::array<std::jthread, kMostThreads> threads;
    unsigned started = 1;
    try {
      for (; started < count; ++started)
        threads[started] = std::jthread([&call, number = started] { call(number); });
    } catch (const std::system_error&) {
      // The limit of processes: this thread does what is left.
    }
    call(0);
    for (unsigned number = started; number < count; ++number) call(number);
  }
  for (const std::exception_ptr& exception : thrown) {
    if (exception) std::rethrow_exception(exception);
  }
}

}  // namespace tool
