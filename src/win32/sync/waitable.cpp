// SPDX-License-Identifier: MIT
#include "win32/sync/waitable.hpp"

#include "win32/process/pidfd.hpp"

#include <sys/eventfd.h>
#include <unistd.h>
#include <cstdint>
#include <new>

namespace tcptable::win32 {
namespace {

int open_eventfd(bool set) {
  const int opened = keep_off_standard(::eventfd(set ? 1 : 0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (opened < 0) throw std::bad_alloc();
  return opened;
}

}  // namespace

Signal::Signal(bool set) : descriptor_(open_eventfd(set)) {}

Signal::~Signal() {
  ::close(descriptor_);
}

void Signal::set() const noexcept {
  sets_.fetch_add(1, std::memory_order_release);
  const std::uint64_t one = 1;
  // Full only after 2^64 - 2 sets, and set then, too.
  [[maybe_unused]] const ssize_t written = ::write(descriptor_, &one, sizeof one);
}

bool Signal::reset() const noexcept {
  std::uint64_t count = 0;
  return ::read(descriptor_, &count, sizeof count) == sizeof count;
}

}  // namespace tcptable::win32
