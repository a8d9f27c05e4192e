// SPDX-License-Identifier: MIT
// Handles that can be waited for, by a descriptor that becomes readable.
#pragma once

#include "win32/process/process_object.hpp"

#include <processthreadsapi.h>

#include <atomic>
#include <memory>
#include <semaphore>

namespace tcptable::win32 {

/// An eventfd of a process's own, none of the standard descriptors.
class Signal {
 public:
  /// Throws std::bad_alloc where there is no descriptor to be had.
  explicit Signal(bool set);
  ~Signal();
  Signal(const Signal&) = delete;
  Signal& operator=(const Signal&) = delete;

  int descriptor() const { return descriptor_; }
  void set() const noexcept;
  /// Whether it was set.
  bool reset() const noexcept;
  /// After poll() has found it set: what was done before set() has happened, which poll() doesn't promise to
  /// C++'s memory model.
  void acquire() const noexcept { sets_.load(std::memory_order_acquire); }

 private:
  const int descriptor_;
  mutable std::atomic<unsigned> sets_{0};
};

/// Abandoned: taken, and the thread that had it before ended without giving it up.
enum class Taken { kNo, kYes, kAbandoned };

class Waitable : public Object {
 public:
  explicit Waitable(bool set) : signal_(set) {}

  /// For the calling thread.
  virtual int descriptor() const { return signal_.descriptor(); }

  /// For a waiter that found the descriptor readable: kNo where another one was faster.
  virtual Taken take() {
    signal_.acquire();
    return Taken::kYes;
  }
  /// Undoes it.
  virtual void give_back() {}

 protected:
  const Signal& signal() const { return signal_; }

 private:
  const Signal signal_;
};

class EventObject final : public Waitable {
 public:
  EventObject(bool by_hand, bool set) : Waitable(set), by_hand_(by_hand) {}

  void set() const noexcept { signal().set(); }
  void reset() const noexcept { signal().reset(); }
  Taken take() override {
    signal().acquire();
    return by_hand_ || signal().reset() ? Taken::kYes : Taken::kNo;
  }
  void give_back() override {
    if (!by_hand_) set();
  }

 private:
  const bool by_hand_;
};

class ThreadObject final : public Waitable {
 public:
  explicit ThreadObject(bool suspended) : Waitable(false), suspended_(suspended), start_(suspended ? 0 : 1) {}

  DWORD exit_code() const { return exit_code_; }
  /// For the thread itself.
  void wait_for_start() { start_.acquire(); }
  void end(DWORD code) {
    exit_code_ = code;
    signal().set();
  }
  /// Whether it was suspended.
  bool resume() {
    const bool was_suspended = suspended_.exchange(false);
    if (was_suspended) start_.release();
    return was_suspended;
  }

 private:
  std::atomic<DWORD> exit_code_{static_cast<DWORD>(STILL_ACTIVE)};
  std::atomic<bool> suspended_;
  std::binary_semaphore start_;
};

}  // namespace tcptable::win32
