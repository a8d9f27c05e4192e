// SPDX-License-Identifier: MIT
// Condition variables: the caller's pointer holds the number of the wakings, for which a sleeper waits to
// change.
#include "win32/export.hpp"
#include "win32/last_error.hpp"

#include <synchapi.h>

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <climits>
#include <cstdint>
#include <ctime>

using namespace tcptable::win32;

namespace {

using Clock = std::chrono::steady_clock;

std::uint32_t* wakings_of(CONDITION_VARIABLE& variable) {
  return reinterpret_cast<std::uint32_t*>(&variable.Ptr);
}

// futex(), which takes the end as a time of CLOCK_MONOTONIC.
timespec as_timespec(Clock::time_point time) {
  const auto since_start = time.time_since_epoch();
  const auto seconds = std::chrono::floor<std::chrono::seconds>(since_start);
  return {.tv_sec = static_cast<time_t>(seconds.count()),
          .tv_nsec = static_cast<long>(std::chrono::nanoseconds(since_start - seconds).count())};
}

// False after so many milliseconds.
bool sleep_until_woken(const std::uint32_t* wakings, std::uint32_t seen, DWORD milliseconds) {
  const timespec end = as_timespec(Clock::now() + std::chrono::milliseconds(milliseconds));
  while (__atomic_load_n(wakings, __ATOMIC_SEQ_CST) == seen) {
    const long result = ::syscall(SYS_futex, wakings, FUTEX_WAIT_BITSET_PRIVATE, seen,
                                  milliseconds == INFINITE ? nullptr : &end, nullptr, FUTEX_BITSET_MATCH_ANY);
    if (result != 0 && errno == ETIMEDOUT) return false;
  }
  return true;
}

template <typename Release, typename Acquire>
BOOL sleep(CONDITION_VARIABLE& variable, DWORD milliseconds, Release release, Acquire acquire) {
  std::uint32_t* const wakings = wakings_of(variable);
  const std::uint32_t seen = __atomic_load_n(wakings, __ATOMIC_SEQ_CST);
  release();
  const bool woken = sleep_until_woken(wakings, seen, milliseconds);
  acquire();
  return woken ? TRUE : fail_with(ERROR_TIMEOUT, FALSE);
}

void wake(CONDITION_VARIABLE& variable, int number) {
  std::uint32_t* const wakings = wakings_of(variable);
  __atomic_add_fetch(wakings, 1, __ATOMIC_SEQ_CST);
  ::syscall(SYS_futex, wakings, FUTEX_WAKE_PRIVATE, number);
}

}  // namespace

TCPTABLE_WIN32_EXPORT VOID WINAPI InitializeConditionVariable(PCONDITION_VARIABLE ConditionVariable) {
  *ConditionVariable = CONDITION_VARIABLE_INIT;
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI SleepConditionVariableCS(PCONDITION_VARIABLE ConditionVariable,
                                                           PCRITICAL_SECTION CriticalSection,
                                                           DWORD dwMilliseconds) {
  return sleep(
      *ConditionVariable, dwMilliseconds, [=] { LeaveCriticalSection(CriticalSection); },
      [=] { EnterCriticalSection(CriticalSection); });
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI SleepConditionVariableSRW(PCONDITION_VARIABLE ConditionVariable,
                                                            PSRWLOCK SRWLock, DWORD dwMilliseconds,
                                                            ULONG Flags) {
  if ((Flags & CONDITION_VARIABLE_LOCKMODE_SHARED) != 0) {
    return sleep(
        *ConditionVariable, dwMilliseconds, [=] { ReleaseSRWLockShared(SRWLock); },
        [=] { AcquireSRWLockShared(SRWLock); });
  }
  return sleep(
      *ConditionVariable, dwMilliseconds, [=] { ReleaseSRWLockExclusive(SRWLock); },
      [=] { AcquireSRWLockExclusive(SRWLock); });
}

TCPTABLE_WIN32_EXPORT VOID WINAPI WakeConditionVariable(PCONDITION_VARIABLE ConditionVariable) {
  wake(*ConditionVariable, 1);
}

TCPTABLE_WIN32_EXPORT VOID WINAPI WakeAllConditionVariable(PCONDITION_VARIABLE ConditionVariable) {
  wake(*ConditionVariable, INT_MAX);
}
