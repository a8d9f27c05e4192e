// SPDX-License-Identifier: MIT
// What the whole process shares. exit() ends a library's objects while threads may still be inside of it, so
// these have no end; what must not stay when the library is unloaded is given up without ending them.
#pragma once

#include <mutex>
#include <utility>

namespace tcptable::sys {

/// Holds a value that is never destroyed.
template <typename T>
class Lasting {
 public:
  constexpr Lasting() : value_() {}
  explicit Lasting(T&& value) : value_(std::move(value)) {}
  Lasting(const Lasting&) = delete;
  Lasting& operator=(const Lasting&) = delete;
  ~Lasting() {}

  T& operator*() noexcept { return value_; }
  T* operator->() noexcept { return &value_; }

 private:
  union {
    T value_;
  };
};

/// Makes the value T() again at exit() or dlclose(), unless a thread has its lock: then the program ends, and
/// the kernel takes all. What other threads have got of it must be theirs.
template <typename T>
class GivenUpAtTheEnd {
 public:
  GivenUpAtTheEnd(std::mutex& lock, T& value) noexcept : lock_(lock), value_(value) {}
  GivenUpAtTheEnd(const GivenUpAtTheEnd&) = delete;
  GivenUpAtTheEnd& operator=(const GivenUpAtTheEnd&) = delete;
  ~GivenUpAtTheEnd() {
    const std::unique_lock guard(lock_, std::try_to_lock);
    if (guard.owns_lock()) value_ = T();
  }

 private:
  std::mutex& lock_;
  T& value_;
};

}  // namespace tcptable::sys
