// SPDX-License-Identifier: MIT
// Strings that are cut instead of written beyond their end.
#include <gtest/gtest.h>
#include <strsafe.h>
#include <windows.h>

#include <string>

namespace {

TEST(StrSafe, CopiesAndAppendsWhatFits) {
  char text[8];
  EXPECT_EQ(StringCchCopyA(text, _countof(text), "abc"), S_OK);
  EXPECT_EQ(StringCchCatA(text, _countof(text), "defg"), S_OK);
  EXPECT_STREQ(text, "abcdefg");
  EXPECT_EQ(StringCchCopyNA(text, _countof(text), "uvwxyz", 2), S_OK);
  EXPECT_STREQ(text, "uv");
  EXPECT_EQ(StringCchCatNA(text, _countof(text), "wxyz", 1), S_OK);
  EXPECT_STREQ(text, "uvw");
}

TEST(StrSafe, CutsWhatDoesNotFitAndSaysSo) {
  char text[4] = "###";
  EXPECT_EQ(StringCchCopyA(text, _countof(text), "abcd"), STRSAFE_E_INSUFFICIENT_BUFFER);
  EXPECT_STREQ(text, "abc");
  EXPECT_EQ(StringCchCatA(text, _countof(text), "x"), STRSAFE_E_INSUFFICIENT_BUFFER);
  EXPECT_STREQ(text, "abc");
  EXPECT_EQ(StringCchPrintfA(text, _countof(text), "%d", 12345), STRSAFE_E_INSUFFICIENT_BUFFER);
  EXPECT_STREQ(text, "123");
  EXPECT_EQ(StringCchPrintfA(text, _countof(text), "%d", 123), S_OK);
  EXPECT_STREQ(text, "123");
}

TEST(StrSafe, PrintsByWindowsRules) {
  wchar_t text[32];
  const DWORD number = 0xFFFF'FFFF;
  EXPECT_EQ(
      StringCchPrintfW(text, _countof(text), L"%s %hs %ld %I64u", L"wide", "narrow", number, ULONGLONG{7}),
      S_OK);
  EXPECT_STREQ(text, L"wide narrow -1 7");
}

TEST(StrSafe, CountsBytesInTheCbFunctions) {
  wchar_t text[4];
  size_t bytes = 0;
  EXPECT_EQ(StringCbCopyW(text, sizeof text, L"abc"), S_OK);
  EXPECT_EQ(StringCbLengthW(text, sizeof text, &bytes), S_OK);
  EXPECT_EQ(bytes, 3 * sizeof(wchar_t));
  EXPECT_EQ(StringCbCatW(text, sizeof text, L"d"), STRSAFE_E_INSUFFICIENT_BUFFER);
  EXPECT_EQ(StringCbPrintfW(text, sizeof text, L"%u", 4321U), STRSAFE_E_INSUFFICIENT_BUFFER);
  EXPECT_STREQ(text, L"432");
  EXPECT_EQ(StringCbCopyNW(text, sizeof text, L"xyz", sizeof(wchar_t)), S_OK);
  EXPECT_EQ(StringCbCatNW(text, sizeof text, L"xyz", 2 * sizeof(wchar_t)), S_OK);
  EXPECT_STREQ(text, L"xxy");
}

TEST(StrSafe, RefusesWhatIsNoString) {
  char text[4] = {'a', 'b', 'c', 'd'};
  size_t length = 7;
  EXPECT_EQ(StringCchLengthA(text, _countof(text), &length), STRSAFE_E_INVALID_PARAMETER);
  EXPECT_EQ(length, 0U);
  EXPECT_EQ(StringCchCatA(text, _countof(text), "x"), STRSAFE_E_INVALID_PARAMETER);
  EXPECT_EQ(StringCchCopyA(text, 0, "x"), STRSAFE_E_INVALID_PARAMETER);
  EXPECT_EQ(StringCchCopyA(nullptr, 4, "x"), STRSAFE_E_INVALID_PARAMETER);
  EXPECT_EQ(StringCchCopyA(text, size_t{STRSAFE_MAX_CCH} + 1, "x"), STRSAFE_E_INVALID_PARAMETER);
  EXPECT_EQ(std::string(text, 4), "abcd") << "untouched by all of these";
  EXPECT_EQ(StringCchCopyA(text, _countof(text), nullptr), STRSAFE_E_INVALID_PARAMETER);
  EXPECT_STREQ(text, "");
  EXPECT_EQ(StringCchPrintfA(text, _countof(text), nullptr), STRSAFE_E_INVALID_PARAMETER);
}

TEST(HResult, SaysWhetherItFailed) {
  EXPECT_TRUE(SUCCEEDED(S_FALSE));
  EXPECT_TRUE(FAILED(E_FAIL));
  EXPECT_EQ(HRESULT_FROM_WIN32(ERROR_INSUFFICIENT_BUFFER), STRSAFE_E_INSUFFICIENT_BUFFER);
  EXPECT_EQ(HRESULT_FROM_WIN32(NO_ERROR), S_OK);
  EXPECT_EQ(HRESULT_CODE(E_ACCESSDENIED), ERROR_ACCESS_DENIED);
}

}  // namespace
