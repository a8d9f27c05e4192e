// SPDX-License-Identifier: MIT
#include "win32/sync/mutex_object.hpp"

#include "win32/forks.hpp"

#include <mutex>
#include <utility>

namespace tcptable::win32 {
namespace {

// Over every mutex's owner, since a thread's end and a mutex's own look into each other.
std::mutex& ownership() {
  static std::mutex lock;
  return lock;
}

[[maybe_unused]] const bool held_over_forks = hold_over_forks<ownership>();

// What this thread has got, in a list that needs no memory of its own.
thread_local MutexObject* first_of_own = nullptr;

struct AbandoningEnd {
  ~AbandoningEnd() { abandon_mutexes_of_this_thread(); }
};

}  // namespace

MutexObject::MutexObject(bool taken) : Waitable(!taken) {
  const std::lock_guard lock(ownership());
  if (taken) become_own();
}

MutexObject::~MutexObject() {
  const std::lock_guard lock(ownership());
  if (owner_ != nullptr) unlink();
}

int MutexObject::descriptor() const {
  const std::lock_guard lock(ownership());
  return owner_ == &first_of_own ? always_set_.descriptor() : signal().descriptor();
}

Taken MutexObject::take() {
  const std::lock_guard lock(ownership());
  if (owner_ == &first_of_own) {
    ++depth_;
    return Taken::kYes;
  }
  if (owner_ != nullptr) return Taken::kNo;
  become_own();
  signal().reset();
  return abandoned_ ? Taken::kAbandoned : Taken::kYes;
}

bool MutexObject::release() {
  const std::lock_guard lock(ownership());
  if (owner_ != &first_of_own) return false;
  leave(false);
  return true;
}

void MutexObject::give_back() {
  const std::lock_guard lock(ownership());
  leave(abandoned_);
}

void MutexObject::leave(bool abandoned) noexcept {
  if (--depth_ != 0) return;
  unlink();
  become_free(abandoned);
}

void MutexObject::become_own() noexcept {
  static thread_local AbandoningEnd of_this_thread;
  next_ = std::exchange(first_of_own, this);
  owner_ = &first_of_own;
  depth_ = 1;
}

void MutexObject::unlink() noexcept {
  MutexObject** link = owner_;
  while (*link != this) link = &(*link)->next_;
  *link = next_;
}

void MutexObject::become_free(bool abandoned) noexcept {
  owner_ = nullptr;
  depth_ = 0;
  abandoned_ = abandoned;
  signal().set();
}

void abandon_mutexes_of_this_thread() noexcept {
  const std::lock_guard lock(ownership());
  while (first_of_own != nullptr) std::exchange(first_of_own, first_of_own->next_)->become_free(true);
}

}  // namespace tcptable::win32
