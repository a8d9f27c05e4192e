// SPDX-License-Identifier: MIT
// FILETIME and SYSTEMTIME, in UTC and in a zone of the test's own.
#include <gtest/gtest.h>
#include <windows.h>

#include <cstdlib>
#include <string>

namespace {

FILETIME file_time(ULONGLONG ticks) {
  return {static_cast<DWORD>(ticks), static_cast<DWORD>(ticks >> 32)};
}

ULONGLONG ticks_of(const FILETIME& time) {
  return ULONGLONG{time.dwHighDateTime} << 32 | time.dwLowDateTime;
}

std::string text_of(const SYSTEMTIME& time) {
  char text[64];
  sprintf_s(text, "%u-%02u-%02u %02u:%02u:%02u.%03u %u", time.wYear, time.wMonth, time.wDay, time.wHour,
            time.wMinute, time.wSecond, time.wMilliseconds, time.wDayOfWeek);
  return text;
}

std::string text_of(ULONGLONG ticks) {
  const FILETIME time = file_time(ticks);
  SYSTEMTIME date{};
  return FileTimeToSystemTime(&time, &date) ? text_of(date) : "error " + std::to_string(GetLastError());
}

// An hour and a half ahead in winter, two and a half in summer, which begins in March and ends in October.
class Zone {
 public:
  Zone() { setenv("TZ", "TST-1:30TDT-2:30,M3.5.0,M10.5.0", 1); }
  Zone(const Zone&) = delete;
  Zone& operator=(const Zone&) = delete;
  ~Zone() { unsetenv("TZ"); }
};

constexpr ULONGLONG kDay = 864'000'000'000;

TEST(FileTime, BecomesADate) {
  EXPECT_EQ(text_of(ULONGLONG{0}), "1601-01-01 00:00:00.000 1");
  EXPECT_EQ(text_of(116'444'736'000'000'000), "1970-01-01 00:00:00.000 4");
  EXPECT_EQ(text_of(131'592'383'999'999'999), "2017-12-31 23:59:59.999 0");
  EXPECT_EQ(text_of(133'536'384'000'000'000), "2024-02-29 00:00:00.000 4");
  EXPECT_EQ(text_of(0x7FFF35F4F06C58F0), "30827-12-31 23:59:59.999 5");
  EXPECT_EQ(text_of(0x8000000000000000), "error 87");
}

TEST(FileTime, ComesBackFromADate) {
  for (const ULONGLONG ticks : {0ULL, 116'444'736'000'000'000ULL, 425 * kDay, 131'592'384'000'010'000ULL}) {
    const FILETIME time = file_time(ticks);
    SYSTEMTIME date{};
    FILETIME back{};
    ASSERT_TRUE(FileTimeToSystemTime(&time, &date));
    ASSERT_TRUE(SystemTimeToFileTime(&date, &back));
    EXPECT_EQ(ticks_of(back), ticks);
    EXPECT_EQ(CompareFileTime(&time, &back), 0);
  }
}

TEST(FileTime, DatesThatDoNotExistAreInvalid) {
  FILETIME time{};
  for (const SYSTEMTIME& date :
       {SYSTEMTIME{2023, 2, 0, 29, 0, 0, 0, 0}, SYSTEMTIME{2023, 13, 0, 1, 0, 0, 0, 0},
        SYSTEMTIME{1600, 1, 0, 1, 0, 0, 0, 0}, SYSTEMTIME{30828, 1, 0, 1, 0, 0, 0, 0},
        SYSTEMTIME{2023, 1, 0, 0, 0, 0, 0, 0}, SYSTEMTIME{2023, 1, 0, 1, 24, 0, 0, 0},
        SYSTEMTIME{2023, 1, 0, 1, 0, 60, 0, 0}, SYSTEMTIME{2023, 1, 0, 1, 0, 0, 60, 0},
        SYSTEMTIME{2023, 1, 0, 1, 0, 0, 0, 1000}}) {
    EXPECT_FALSE(SystemTimeToFileTime(&date, &time)) << text_of(date);
    EXPECT_EQ(GetLastError(), DWORD{ERROR_INVALID_PARAMETER});
  }
  EXPECT_FALSE(SystemTimeToFileTime(nullptr, &time));
  EXPECT_FALSE(FileTimeToSystemTime(&time, nullptr));
}

TEST(FileTime, ComparesAsANumber) {
  const FILETIME low = file_time(0xFFFFFFFF);
  const FILETIME high = file_time(0x100000000);
  EXPECT_EQ(CompareFileTime(&low, &high), -1);
  EXPECT_EQ(CompareFileTime(&high, &low), 1);
}

TEST(LocalTime, HasTheOffsetOfItsDate) {
  const Zone zone;
  for (const auto& [utc, local] :
       {std::pair{SYSTEMTIME{2024, 1, 0, 31, 23, 0, 0, 0}, "2024-02-01 00:30:00.000 4"},
        std::pair{SYSTEMTIME{2024, 7, 0, 1, 12, 0, 0, 5}, "2024-07-01 14:30:00.005 1"}}) {
    SYSTEMTIME converted{};
    ASSERT_TRUE(SystemTimeToTzSpecificLocalTime(nullptr, &utc, &converted));
    EXPECT_EQ(text_of(converted), local);
  }
  const TIME_ZONE_INFORMATION other{};
  SYSTEMTIME time{};
  EXPECT_FALSE(SystemTimeToTzSpecificLocalTime(&other, &time, &time));
  EXPECT_EQ(GetLastError(), DWORD{ERROR_NOT_SUPPORTED});
}

TEST(LocalTime, FileTimesTakeTheOffsetOfNow) {
  const Zone zone;
  const FILETIME utc = file_time(1000 * kDay);
  FILETIME local{};
  FILETIME back{};
  ASSERT_TRUE(FileTimeToLocalFileTime(&utc, &local));
  const ULONGLONG offset = ticks_of(local) - ticks_of(utc);
  EXPECT_TRUE(offset == 90 * 600'000'000ULL || offset == 150 * 600'000'000ULL) << offset;
  ASSERT_TRUE(LocalFileTimeToFileTime(&local, &back));
  EXPECT_EQ(CompareFileTime(&back, &utc), 0);
}

TEST(LocalTime, IsTheSystemsTimeInTheZone) {
  const Zone zone;
  SYSTEMTIME before{};
  SYSTEMTIME local{};
  SYSTEMTIME converted{};
  do {
    GetSystemTime(&before);
    GetLocalTime(&local);
    ASSERT_TRUE(SystemTimeToTzSpecificLocalTime(nullptr, &before, &converted));
  } while (converted.wMinute != local.wMinute);
  EXPECT_EQ(converted.wHour, local.wHour);
  EXPECT_EQ(converted.wDay, local.wDay);
}

}  // namespace
