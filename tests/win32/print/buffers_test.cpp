// SPDX-License-Identifier: MIT
// What each printing function does when its text does not fit, or can't be made.
#include <gtest/gtest.h>
#include <windows.h>

#include <cerrno>
#include <string>

namespace {

TEST(Snprintf, CutsAndGivesTheWholeLength) {
  char dst[4] = "xxx";
  EXPECT_EQ(snprintf(dst, sizeof(dst), "%ld", DWORD{12345}), 5);
  EXPECT_STREQ(dst, "123");
  EXPECT_EQ(snprintf(nullptr, 0, "%ws", L"abc"), 3);
}

TEST(UnderscoreSnprintf, LeavesNoZeroWhereTheTextFillsTheBuffer) {
  char dst[] = "xxxxx";
  EXPECT_EQ(_snprintf(dst, 3, "%d", 12), 2);
  EXPECT_STREQ(dst, "12");
  EXPECT_EQ(_snprintf(dst, 3, "%d", 123), 3);
  EXPECT_EQ(std::string(dst, 5), std::string("123xx"));
  EXPECT_EQ(_snprintf(dst, 3, "%d", 4567), -1);
  EXPECT_EQ(std::string(dst, 5), std::string("456xx"));
  EXPECT_EQ(_snprintf(nullptr, 0, "%d", 4567), 4);
}

TEST(Swprintf, FailsWhereItCuts) {
  wchar_t dst[4] = L"xxx";
  EXPECT_EQ(swprintf(dst, 4, L"%s", L"abc"), 3);
  EXPECT_STREQ(dst, L"abc");
  EXPECT_EQ(swprintf(dst, 4, L"%s", L"vwxyz"), -1);
  EXPECT_STREQ(dst, L"vwx");
}

TEST(Swprintf, HasTheOlderFormWithoutASize) {
  wchar_t dst[8];
  EXPECT_EQ(swprintf(dst, L"%s-%S", L"ab", "cd"), 5);
  EXPECT_STREQ(dst, L"ab-cd");
  EXPECT_EQ(_swprintf(dst, L"%ld", DWORD{7}), 1);
  EXPECT_STREQ(dst, L"7");
}

TEST(UnderscoreSnwprintf, LeavesNoZeroWhereTheTextFillsTheBuffer) {
  wchar_t dst[] = L"xxxxx";
  EXPECT_EQ(_snwprintf(dst, 3, L"%d", 123), 3);
  EXPECT_EQ(std::wstring(dst, 5), L"123xx");
  EXPECT_EQ(_snwprintf(dst, 3, L"%d", 4567), -1);
}

TEST(SprintfS, GivesTheLengthOrAnEmptyString) {
  char dst[6];
  EXPECT_EQ(sprintf_s(dst, sizeof(dst), "%lu", DWORD{12345}), 5);
  EXPECT_STREQ(dst, "12345");
  EXPECT_EQ(sprintf_s(dst, "%s", "ab"), 2);
  EXPECT_EQ(sprintf_s(dst, "%d", 123456), -1);
  EXPECT_EQ(errno, ERANGE);
  EXPECT_STREQ(dst, "");
  EXPECT_EQ(sprintf_s(nullptr, 4, "a"), -1);
  EXPECT_EQ(errno, EINVAL);
}

TEST(SwprintfS, GivesTheLengthOrAnEmptyString) {
  wchar_t dst[4];
  EXPECT_EQ(swprintf_s(dst, L"%s", L"abc"), 3);
  EXPECT_EQ(swprintf_s(dst, 4, L"%s", L"abcd"), -1);
  EXPECT_EQ(errno, ERANGE);
  EXPECT_STREQ(dst, L"");
}

TEST(SnprintfS, ACountOrTruncateCutsTheText) {
  char dst[6];
  EXPECT_EQ(_snprintf_s(dst, sizeof(dst), 3, "%s", "abcdef"), -1);
  EXPECT_STREQ(dst, "abc");
  EXPECT_EQ(_snprintf_s(dst, _TRUNCATE, "%s", "abcdef"), -1);
  EXPECT_STREQ(dst, "abcde");
  EXPECT_EQ(_snprintf_s(dst, sizeof(dst), 20, "%s", "abcdef"), -1);
  EXPECT_STREQ(dst, "");
  EXPECT_EQ(_snprintf_s(dst, 3, "%s", "ab"), 2);
  EXPECT_STREQ(dst, "ab");
  wchar_t wide[4];
  EXPECT_EQ(_snwprintf_s(wide, _TRUNCATE, L"%s", L"abcdef"), -1);
  EXPECT_STREQ(wide, L"abc");
}

TEST(Lengths, AreCountedWithoutABuffer) {
  EXPECT_EQ(_scprintf("%ws and %I64d", L"abc", 5000000000LL), 18);
  EXPECT_EQ(_scwprintf(L"%S and %I64d", "abc", 5000000000LL), 18);
}

TEST(FaultyFormats, FailAfterWhatComesBeforeTheFault) {
  char dst[16] = "xxx";
  for (const char* const format : {"ab%y", "ab%1$d", "ab%n", "ab%", "ab%5", "ab%\xC3\xA4"}) {
    errno = 0;
    EXPECT_EQ(snprintf(dst, sizeof(dst), format, 1), -1) << format;
    EXPECT_EQ(errno, EINVAL) << format;
    EXPECT_STREQ(dst, "ab") << format;
  }
}

TEST(FaultyFormats, NeverWriteThroughN) {
  int untouched = 77;
  char dst[16];
  EXPECT_EQ(snprintf(dst, sizeof(dst), "abc%n", &untouched), -1);
  EXPECT_EQ(untouched, 77);
}

TEST(NullArguments, AreInvalid) {
  char dst[4];
  const char* const no_format = nullptr;
  for (const int printed :
       {snprintf(dst, sizeof(dst), no_format, 1), sprintf_s(dst, sizeof(dst), no_format, 1),
        fprintf(static_cast<FILE*>(nullptr), "%d", 1), sprintf(static_cast<char*>(nullptr), "%d", 1),
        fputws(nullptr, stdout)}) {
    EXPECT_EQ(printed, -1);
  }
}

TEST(LongText, IsPrintedWhole) {
  const std::string text(100'000, 'x');
  EXPECT_EQ(_scprintf("%s", text.c_str()), 100'000);
  EXPECT_EQ(_scprintf("%.70000s", text.c_str()), 70'000);
}

}  // namespace
