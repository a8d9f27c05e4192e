// SPDX-License-Identifier: MIT
// Ids, times and the last error. No duration is asserted but "not less than".
#include <gtest/gtest.h>
#include <windows.h>

#include <sys/time.h>
#include <unistd.h>
#include <chrono>
#include <csignal>
#include <thread>

namespace {

ULONGLONG ticks_of(const FILETIME& time) {
  return ULONGLONG{time.dwHighDateTime} << 32 | time.dwLowDateTime;
}

TEST(LastError, BelongsToItsThread) {
  SetLastError(5);
  DWORD other = 99;
  std::thread([&other] {
    other = GetLastError();
    SetLastError(7);
  }).join();
  EXPECT_EQ(other, 0U);
  EXPECT_EQ(GetLastError(), 5U);
}

TEST(Ids, AreThoseOfTheKernel) {
  EXPECT_EQ(GetCurrentProcessId(), static_cast<DWORD>(getpid()));
  EXPECT_EQ(GetCurrentThreadId(), static_cast<DWORD>(gettid()));
}

TEST(SystemTime, CountsFrom1601) {
  const auto before = std::chrono::system_clock::now().time_since_epoch();
  FILETIME time{};
  GetSystemTimeAsFileTime(&time);
  const auto after = std::chrono::system_clock::now().time_since_epoch();
  const ULONGLONG shifted = ticks_of(time) - 116'444'736'000'000'000ULL;
  const auto in_ticks = [](auto duration) {
    return static_cast<ULONGLONG>(std::chrono::duration_cast<std::chrono::nanoseconds>(duration).count() /
                                  100);
  };
  EXPECT_GE(shifted, in_ticks(before));
  EXPECT_LE(shifted, in_ticks(after));
}

TEST(TickCount, NeverGoesBack) {
  const ULONGLONG first = GetTickCount64();
  const DWORD low = GetTickCount();
  EXPECT_GT(first, 0U);
  EXPECT_GE(low, static_cast<DWORD>(first));
  EXPECT_GE(GetTickCount64(), first);
}

TEST(Sleep, WaitsThroughSignals) {
  struct sigaction handler {};
  handler.sa_handler = [](int) {};
  sigaction(SIGALRM, &handler, nullptr);
  const itimerval every_five_milliseconds{{0, 5000}, {0, 5000}};
  setitimer(ITIMER_REAL, &every_five_milliseconds, nullptr);
  const auto begin = std::chrono::steady_clock::now();
  Sleep(60);
  const auto waited = std::chrono::steady_clock::now() - begin;
  const itimerval never{};
  setitimer(ITIMER_REAL, &never, nullptr);
  EXPECT_GE(waited, std::chrono::milliseconds(60));
}

}  // namespace
