// SPDX-License-Identifier: MIT
// Slim reader/writer locks, in the caller's pointer: the number of those who share it, whether one has it
// alone, and whether one waits to, for whom newcomers that would share wait, too.
#include "win32/export.hpp"

#include <synchapi.h>

#include <atomic>
#include <cstdint>

namespace {

constexpr std::uintptr_t kAlone = 1;
constexpr std::uintptr_t kWaitedFor = 2;
constexpr std::uintptr_t kSharer = 4;

using State = std::atomic_ref<std::uintptr_t>;

State state_of(SRWLOCK& lock) {
  return State(reinterpret_cast<std::uintptr_t&>(lock.Ptr));
}

bool is_free(std::uintptr_t state) {
  return (state & ~kWaitedFor) == 0;
}

// Others that wait will say so again.
bool take_alone(const State& state, std::uintptr_t& seen) {
  return is_free(seen) && state.compare_exchange_strong(seen, kAlone, std::memory_order_acquire);
}

bool take_shared(const State& state, std::uintptr_t& seen) {
  while ((seen & (kAlone | kWaitedFor)) == 0)
    if (state.compare_exchange_weak(seen, seen + kSharer, std::memory_order_acquire)) return true;
  return false;
}

}  // namespace

TCPTABLE_WIN32_EXPORT VOID WINAPI InitializeSRWLock(PSRWLOCK SRWLock) {
  *SRWLock = SRWLOCK_INIT;
}

TCPTABLE_WIN32_EXPORT VOID WINAPI AcquireSRWLockExclusive(PSRWLOCK SRWLock) {
  const State state = state_of(*SRWLock);
  for (std::uintptr_t seen = state.load(); !take_alone(state, seen); seen = state.load()) {
    if (is_free(seen)) continue;
    const bool says_so = (seen & kWaitedFor) != 0 || state.compare_exchange_strong(seen, seen | kWaitedFor);
    if (says_so) state.wait(seen | kWaitedFor);
  }
}

TCPTABLE_WIN32_EXPORT VOID WINAPI AcquireSRWLockShared(PSRWLOCK SRWLock) {
  const State state = state_of(*SRWLock);
  for (std::uintptr_t seen = state.load(); !take_shared(state, seen); seen = state.load()) state.wait(seen);
}

TCPTABLE_WIN32_EXPORT BOOLEAN WINAPI TryAcquireSRWLockExclusive(PSRWLOCK SRWLock) {
  const State state = state_of(*SRWLock);
  std::uintptr_t seen = state.load();
  return take_alone(state, seen) ? TRUE : FALSE;
}

TCPTABLE_WIN32_EXPORT BOOLEAN WINAPI TryAcquireSRWLockShared(PSRWLOCK SRWLock) {
  const State state = state_of(*SRWLock);
  std::uintptr_t seen = state.load();
  return take_shared(state, seen) ? TRUE : FALSE;
}

TCPTABLE_WIN32_EXPORT VOID WINAPI ReleaseSRWLockExclusive(PSRWLOCK SRWLock) {
  const State state = state_of(*SRWLock);
  state.store(0, std::memory_order_release);
  state.notify_all();
}

TCPTABLE_WIN32_EXPORT VOID WINAPI ReleaseSRWLockShared(PSRWLOCK SRWLock) {
  const State state = state_of(*SRWLock);
  const std::uintptr_t left = state.fetch_sub(kSharer, std::memory_order_release) - kSharer;
  if (is_free(left)) state.notify_all();
}
