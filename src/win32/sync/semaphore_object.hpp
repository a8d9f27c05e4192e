// SPDX-License-Identifier: MIT
// Semaphores: set while the number is above 0.
#pragma once

#include "win32/sync/waitable.hpp"

#include <mutex>
#include <optional>

namespace tcptable::win32 {

class SemaphoreObject final : public Waitable {
 public:
  SemaphoreObject(LONG count, LONG greatest) : Waitable(count > 0), greatest_(greatest), count_(count) {}

  Taken take() override {
    const std::lock_guard lock(mutex_);
    if (count_ == 0) return Taken::kNo;
    if (--count_ == 0) signal().reset();
    return Taken::kYes;
  }

  void give_back() override { release(1); }

  /// What it was before, or nothing where it would be too great.
  std::optional<LONG> release(LONG number) {
    const std::lock_guard lock(mutex_);
    if (number > greatest_ - count_) return std::nullopt;
    const LONG before = count_;
    count_ += number;
    if (before == 0) signal().set();
    return before;
  }

 private:
  const LONG greatest_;
  std::mutex mutex_;
  LONG count_;
};

}  // namespace tcptable::win32
