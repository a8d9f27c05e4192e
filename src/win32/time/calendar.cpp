// SPDX-License-Identifier: MIT
// FILETIME to SYSTEMTIME and back, in UTC and in local time.
#include "win32/export.hpp"
#include "win32/last_error.hpp"

#include <timezoneapi.h>

#include <chrono>
#include <cstdint>
#include <ctime>
#include <optional>

using tcptable::win32::fail_with;

namespace {

namespace chrono = std::chrono;

using Ticks = chrono::duration<std::int64_t, std::ratio<1, 10'000'000>>;

constexpr chrono::sys_days kEpoch{chrono::year{1601} / 1 / 1};
constexpr int kLastYear = 30827;

Ticks ticks_of(const FILETIME& time) {
  return Ticks(static_cast<std::int64_t>(ULONGLONG{time.dwHighDateTime} << 32 | time.dwLowDateTime));
}

FILETIME file_time(Ticks ticks) {
  const auto count = static_cast<ULONGLONG>(ticks.count());
  return {static_cast<DWORD>(count), static_cast<DWORD>(count >> 32)};
}

// Nothing for a time that no FILETIME has.
std::optional<SYSTEMTIME> system_time(Ticks ticks) {
  if (ticks.count() < 0) return std::nullopt;
  const auto days = chrono::floor<chrono::days>(ticks);
  const chrono::sys_days day = kEpoch + days;
  const chrono::year_month_day date(day);
  const chrono::hh_mm_ss clock(chrono::floor<chrono::milliseconds>(ticks - days));
  const auto word = [](auto number) { return static_cast<WORD>(number); };
  return SYSTEMTIME{.wYear = word(static_cast<int>(date.year())),
                    .wMonth = word(static_cast<unsigned>(date.month())),
                    .wDayOfWeek = word(chrono::weekday(day).c_encoding()),
                    .wDay = word(static_cast<unsigned>(date.day())),
                    .wHour = word(clock.hours().count()),
                    .wMinute = word(clock.minutes().count()),
                    .wSecond = word(clock.seconds().count()),
                    .wMilliseconds = word(clock.subseconds().count())};
}

std::optional<Ticks> ticks_of(const SYSTEMTIME& time) {
  const chrono::year_month_day date(chrono::year{time.wYear}, chrono::month{time.wMonth},
                                    chrono::day{time.wDay});
  const bool exists = time.wYear >= 1601 && time.wYear <= kLastYear && date.ok() && time.wHour < 24 &&
                      time.wMinute < 60 && time.wSecond < 60 && time.wMilliseconds < 1000;
  if (!exists) return std::nullopt;
  return chrono::sys_days(date) - kEpoch + chrono::hours(time.wHour) + chrono::minutes(time.wMinute) +
         chrono::seconds(time.wSecond) + chrono::milliseconds(time.wMilliseconds);
}

// How far local time was ahead of UTC then.
chrono::seconds local_offset(Ticks ticks) {
  const auto since_1970 = ticks + (kEpoch - chrono::sys_days{});
  const auto moment = static_cast<std::time_t>(chrono::floor<chrono::seconds>(since_1970).count());
  std::tm local{};
  ::tzset();
  return chrono::seconds(::localtime_r(&moment, &local) != nullptr ? local.tm_gmtoff : 0);
}

Ticks now() {
  FILETIME time{};
  GetSystemTimeAsFileTime(&time);
  return ticks_of(time);
}

BOOL give(const std::optional<SYSTEMTIME>& time, SYSTEMTIME* to) {
  if (!time) return fail_with(ERROR_INVALID_PARAMETER, FALSE);
  *to = *time;
  return TRUE;
}

BOOL give_shifted(const FILETIME* from, FILETIME* to, chrono::seconds shift) {
  if (from == nullptr || to == nullptr || ticks_of(*from).count() < 0 ||
      (ticks_of(*from) + shift).count() < 0)
    return fail_with(ERROR_INVALID_PARAMETER, FALSE);
  *to = file_time(ticks_of(*from) + shift);
  return TRUE;
}

}  // namespace

TCPTABLE_WIN32_EXPORT VOID WINAPI GetSystemTime(LPSYSTEMTIME lpSystemTime) {
  give(system_time(now()), lpSystemTime);
}

TCPTABLE_WIN32_EXPORT VOID WINAPI GetLocalTime(LPSYSTEMTIME lpSystemTime) {
  give(system_time(now() + local_offset(now())), lpSystemTime);
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI FileTimeToSystemTime(const FILETIME* lpFileTime,
                                                       LPSYSTEMTIME lpSystemTime) {
  if (lpFileTime == nullptr || lpSystemTime == nullptr) return fail_with(ERROR_INVALID_PARAMETER, FALSE);
  return give(system_time(ticks_of(*lpFileTime)), lpSystemTime);
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI SystemTimeToFileTime(const SYSTEMTIME* lpSystemTime,
                                                       LPFILETIME lpFileTime) {
  if (lpSystemTime == nullptr || lpFileTime == nullptr) return fail_with(ERROR_INVALID_PARAMETER, FALSE);
  const auto ticks = ticks_of(*lpSystemTime);
  if (!ticks) return fail_with(ERROR_INVALID_PARAMETER, FALSE);
  *lpFileTime = file_time(*ticks);
  return TRUE;
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI FileTimeToLocalFileTime(const FILETIME* lpFileTime,
                                                          LPFILETIME lpLocalFileTime) {
  return give_shifted(lpFileTime, lpLocalFileTime, local_offset(now()));
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI LocalFileTimeToFileTime(const FILETIME* lpLocalFileTime,
                                                          LPFILETIME lpFileTime) {
  return give_shifted(lpLocalFileTime, lpFileTime, -local_offset(now()));
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI
SystemTimeToTzSpecificLocalTime(const TIME_ZONE_INFORMATION* lpTimeZoneInformation,
                                const SYSTEMTIME* lpUniversalTime, LPSYSTEMTIME lpLocalTime) {
  if (lpTimeZoneInformation != nullptr) return fail_with(ERROR_NOT_SUPPORTED, FALSE);
  if (lpUniversalTime == nullptr || lpLocalTime == nullptr) return fail_with(ERROR_INVALID_PARAMETER, FALSE);
  const auto ticks = ticks_of(*lpUniversalTime);
  if (!ticks) return fail_with(ERROR_INVALID_PARAMETER, FALSE);
  return give(system_time(*ticks + local_offset(*ticks)), lpLocalTime);
}

TCPTABLE_WIN32_EXPORT LONG WINAPI CompareFileTime(const FILETIME* lpFileTime1, const FILETIME* lpFileTime2) {
  const auto number = [](const FILETIME& time) { return static_cast<ULONGLONG>(ticks_of(time).count()); };
  const ULONGLONG first = number(*lpFileTime1);
  const ULONGLONG second = number(*lpFileTime2);
  return first < second ? -1 : static_cast<LONG>(first > second);
}
