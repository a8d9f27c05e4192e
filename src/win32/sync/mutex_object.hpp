// SPDX-License-Identifier: MIT
// Mutexes: a thread may take its own again, and one that ends without releasing leaves them abandoned.
#pragma once

#include "win32/sync/waitable.hpp"

namespace tcptable::win32 {

class MutexObject final : public Waitable {
 public:
  /// Of the calling thread, or free.
  explicit MutexObject(bool taken);
  ~MutexObject() override;

  int descriptor() const override;
  Taken take() override;
  void give_back() override;
  /// False where the calling thread has not got it.
  bool release();

 private:
  friend void abandon_mutexes_of_this_thread() noexcept;

  void become_own() noexcept;
  void unlink() noexcept;
  void leave(bool abandoned) noexcept;
  void become_free(bool abandoned) noexcept;

  const Signal always_set_{true};
  // What the lock in the source file guards.
  MutexObject** owner_ = nullptr;  // the first of its thread's, whose address is the thread's identity
  MutexObject* next_ = nullptr;    // of the same thread
  unsigned depth_ = 0;
  bool abandoned_ = false;  // also while it is taken: what it was before
};

/// For the end of a thread that others may wait for. Every thread's end comes to it in any case, but later.
void abandon_mutexes_of_this_thread() noexcept;

}  // namespace tcptable::win32
