// SPDX-License-Identifier: MIT
// Who we are and what time it is, in Windows' units.
#include "win32/export.hpp"

#include <windows.h>

#include <sched.h>
#include <unistd.h>
#include <cerrno>
#include <ctime>

namespace {

constexpr ULONGLONG kTicksPerSecond = 10'000'000;
constexpr ULONGLONG kNanosecondsPerTick = 100;
constexpr ULONGLONG kSecondsFrom1601To1970 = 11'644'473'600;

timespec read_clock(clockid_t clock) {
  timespec time{};
  ::clock_gettime(clock, &time);
  return time;
}

void sleep_for(timespec rest) {
  while (::clock_nanosleep(CLOCK_MONOTONIC, 0, &rest, &rest) == EINTR) {
  }
}

}  // namespace

TCPTABLE_WIN32_EXPORT DWORD WINAPI GetCurrentProcessId(void) {
  return static_cast<DWORD>(::getpid());
}

TCPTABLE_WIN32_EXPORT DWORD WINAPI GetCurrentThreadId(void) {
  return static_cast<DWORD>(::gettid());
}

TCPTABLE_WIN32_EXPORT VOID WINAPI GetSystemTimeAsFileTime(LPFILETIME lpSystemTimeAsFileTime) {
  const timespec now = read_clock(CLOCK_REALTIME);
  const ULONGLONG ticks = (static_cast<ULONGLONG>(now.tv_sec) + kSecondsFrom1601To1970) * kTicksPerSecond +
                          static_cast<ULONGLONG>(now.tv_nsec) / kNanosecondsPerTick;
  lpSystemTimeAsFileTime->dwLowDateTime = static_cast<DWORD>(ticks);
  lpSystemTimeAsFileTime->dwHighDateTime = static_cast<DWORD>(ticks >> 32);
}

TCPTABLE_WIN32_EXPORT ULONGLONG WINAPI GetTickCount64(void) {
  const timespec now = read_clock(CLOCK_BOOTTIME);
  return static_cast<ULONGLONG>(now.tv_sec) * 1000 + static_cast<ULONGLONG>(now.tv_nsec) / 1'000'000;
}

TCPTABLE_WIN32_EXPORT DWORD WINAPI GetTickCount(void) {
  return static_cast<DWORD>(GetTickCount64());
}

TCPTABLE_WIN32_EXPORT VOID WINAPI Sleep(DWORD dwMilliseconds) {
  if (dwMilliseconds == 0) {
    ::sched_yield();
    return;
  }
  do {
    sleep_for({.tv_sec = static_cast<time_t>(dwMilliseconds / 1000),
               .tv_nsec = static_cast<long>(dwMilliseconds % 1000) * 1'000'000});
  } while (dwMilliseconds == INFINITE);
}
