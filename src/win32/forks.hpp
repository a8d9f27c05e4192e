// SPDX-License-Identifier: MIT
// What a process's own locks need where it forks: a child has only the thread that forked, so that a lock
// which another thread held would stay held in it for ever.
#pragma once

#include <pthread.h>

#include <mutex>

namespace tcptable::win32 {

/// Has the lock that `Lock()` gives taken for the time of every fork; it must be none under which another of
/// these is taken. For the time when the library is loaded: in a first call, a fork might come before.
template <std::mutex& (*Lock)()>
bool hold_over_forks() noexcept {
  return ::pthread_atfork([] { Lock().lock(); }, [] { Lock().unlock(); }, [] { Lock().unlock(); }) == 0;
}

}  // namespace tcptable::win32
