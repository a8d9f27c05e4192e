// SPDX-License-Identifier: MIT
// A large table is put in order and written by several threads, each a share of its rows.
#pragma once

#include "sys/workers.hpp"

#include <algorithm>
#include <cstddef>
#include <thread>

namespace tcptable::win32 {

struct Shares {
  std::size_t rows;
  unsigned count;

  explicit Shares(std::size_t all_rows) : rows(all_rows), count(count_for(all_rows)) {}

  std::size_t begin_of(unsigned share) const { return rows * share / count; }
  std::size_t end_of(unsigned share) const { return begin_of(share + 1); }

 private:
  static unsigned count_for(std::size_t rows) {
    constexpr std::size_t kWorthThreads =
        16 * 1024;  // fewer are done in the time that a thread takes to start
    return rows < kWorthThreads ? 1 : std::clamp(std::thread::hardware_concurrency(), 1U, sys::kMostWorkers);
  }
};

}  // namespace tcptable::win32
