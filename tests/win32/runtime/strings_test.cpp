// SPDX-License-Identifier: MIT
// Strings of Microsoft's C library and of the Windows API, narrow, wide, and from one to the other.
#include <gtest/gtest.h>
#include <tchar.h>
#include <windows.h>

#include <cerrno>
#include <climits>
#include <cstdlib>
#include <memory>
#include <string>

namespace {

TEST(Comparing, IgnoresTheCaseOfAsciiLetters) {
  EXPECT_EQ(_stricmp("Svchost.EXE", "svchost.exe"), 0);
  EXPECT_LT(_stricmp("a", "B"), 0);
  EXPECT_GT(_stricmp("\xC3", "z"), 0);
  EXPECT_EQ(_strnicmp("Iphlpapi.dll", "IPHLPAPI", 8), 0);
  EXPECT_EQ(_wcsicmp(L"Svchost.EXE", L"svchost.exe"), 0);
  EXPECT_NE(_wcsicmp(L"\u00DC", L"\u00FC"), 0);
  EXPECT_EQ(_wcsnicmp(L"abX", L"ABY", 2), 0);
  EXPECT_EQ(stricmp("A", "a") + strnicmp("Ab", "aC", 1) + wcsicmp(L"A", L"a"), 0);
  errno = 0;
  EXPECT_EQ(_stricmp(nullptr, "a"), INT_MAX);
  EXPECT_EQ(errno, EINVAL);
}

TEST(Comparing, LstrcmpCountsTheCaseAndPutsNullFirst) {
  EXPECT_LT(lstrcmpA("A", "a"), 0);
  EXPECT_EQ(lstrcmpiA("A", "a"), 0);
  EXPECT_GT(lstrcmpW(L"b", L"a"), 0);
  EXPECT_EQ(lstrcmpiW(L"B", L"b"), 0);
  EXPECT_LT(lstrcmpA(nullptr, ""), 0);
  EXPECT_EQ(lstrcmpW(nullptr, nullptr), 0);
}

TEST(Lstr, CopiesAppendsAndCounts) {
  char narrow[8];
  wchar_t wide[8];
  EXPECT_EQ(lstrlenA(lstrcatA(lstrcpyA(narrow, "ab"), "cd")), 4);
  EXPECT_STREQ(narrow, "abcd");
  EXPECT_EQ(lstrlenW(lstrcatW(lstrcpyW(wide, L"ab"), L"cd")), 4);
  EXPECT_STREQ(wide, L"abcd");
  EXPECT_STREQ(lstrcpynA(narrow, "vwxyz", 3), "vw");
  EXPECT_STREQ(lstrcpynW(wide, L"vwxyz", 3), L"vw");
  EXPECT_EQ(lstrcpyA(narrow, nullptr), nullptr);
  EXPECT_EQ(lstrlenA(nullptr), 0);
}

TEST(Duplicates, BelongToTheCaller) {
  const std::unique_ptr<char, decltype(&std::free)> narrow(_strdup("ab"), &std::free);
  const std::unique_ptr<wchar_t, decltype(&std::free)> wide(_wcsdup(L"ab"), &std::free);
  EXPECT_STREQ(narrow.get(), "ab");
  EXPECT_STREQ(wide.get(), L"ab");
  EXPECT_EQ(_strdup(nullptr), nullptr);
}

TEST(Numbers, AreReadAndPrinted) {
  EXPECT_EQ(_wtoi(L" -42x"), -42);
  EXPECT_EQ(_wtoi(L"x"), 0);
  EXPECT_EQ(_wtoi(L"99999999999"), INT_MAX);
  EXPECT_EQ(_wtoi(L"-99999999999"), INT_MIN);
  EXPECT_EQ(_wtoi(L"-2147483648"), INT_MIN);
  EXPECT_EQ(_wtoi64(L"+99999999999"), 99999999999);
  EXPECT_EQ(_atoi64("\t7"), 7);
  char text[12];
  EXPECT_EQ(_itoa_s(-42, text, _countof(text), 10), 0);
  EXPECT_STREQ(text, "-42");
  EXPECT_EQ(_itoa_s(-1, text, _countof(text), 16), 0);
  EXPECT_STREQ(text, "ffffffff");
  EXPECT_EQ(_ultoa_s(4294967295, text, _countof(text), 10), 0);
  EXPECT_STREQ(text, "4294967295");
  EXPECT_EQ(_i64toa_s(-5000000000, text, _countof(text), 10), 0);
  EXPECT_STREQ(text, "-5000000000");
  EXPECT_EQ(_ui64toa_s(35, text, _countof(text), 36), 0);
  EXPECT_STREQ(text, "z");
  EXPECT_EQ(_itoa_s(1234, text, 4, 10), ERANGE);
  EXPECT_STREQ(text, "");
  EXPECT_EQ(_itoa_s(1, text, 4, 37), EINVAL);
}

TEST(Appending, StopsAtTheCount) {
  char narrow[6] = "ab";
  wchar_t wide[6] = L"ab";
  EXPECT_EQ(strncat_s(narrow, "cdefg", 2), 0);
  EXPECT_STREQ(narrow, "abcd");
  EXPECT_EQ(wcsncat_s(wide, L"cdefg", _TRUNCATE), STRUNCATE);
  EXPECT_STREQ(wide, L"abcde");
  EXPECT_EQ(wcsncpy_s(wide, L"vwxyz", 3), 0);
  EXPECT_STREQ(wide, L"vwx");
  EXPECT_EQ(strncat_s(narrow, "efg", 3), ERANGE);
  EXPECT_STREQ(narrow, "");
}

TEST(Conversion, GoesBothWays) {
  const std::string text = "gr\xC3\xBC\xC3\x9F \xF0\x9F\x98\x80";
  wchar_t wide[16];
  char narrow[32];
  ASSERT_EQ(MultiByteToWideChar(CP_UTF8, 0, text.c_str(), -1, wide, 16), 7);
  EXPECT_STREQ(wide, L"gr\u00FC\u00DF \U0001F600");
  EXPECT_EQ(WideCharToMultiByte(CP_ACP, 0, wide, -1, nullptr, 0, nullptr, nullptr), 12);
  ASSERT_EQ(WideCharToMultiByte(CP_ACP, 0, wide, -1, narrow, 32, nullptr, nullptr), 12);
  EXPECT_EQ(narrow, text);
  EXPECT_EQ(MultiByteToWideChar(CP_UTF8, 0, text.c_str(), 2, wide, 16), 2);
}

TEST(Conversion, RefusesWhatItCanNotDo) {
  wchar_t wide[4];
  const auto error = [](int written) { return written == 0 ? GetLastError() : 0; };
  EXPECT_EQ(error(MultiByteToWideChar(CP_UTF8, 0, "abcd", -1, wide, 4)), DWORD{ERROR_INSUFFICIENT_BUFFER});
  EXPECT_EQ(error(MultiByteToWideChar(1252, 0, "a", -1, wide, 4)), DWORD{ERROR_INVALID_PARAMETER});
  EXPECT_EQ(error(MultiByteToWideChar(CP_UTF8, 0, nullptr, -1, wide, 4)), DWORD{ERROR_INVALID_PARAMETER});
  EXPECT_EQ(error(MultiByteToWideChar(CP_UTF8, 0, "a", 0, wide, 4)), DWORD{ERROR_INVALID_PARAMETER});
  EXPECT_EQ(error(MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, "\xFF", -1, wide, 4)),
            DWORD{ERROR_NO_UNICODE_TRANSLATION});
  ASSERT_EQ(MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, "\xEF\xBF\xBD", -1, wide, 4), 2);
  ASSERT_EQ(MultiByteToWideChar(CP_UTF8, 0, "\xFF", -1, wide, 4), 2);
  EXPECT_EQ(wide[0], L'\uFFFD');
}

TEST(GenericText, IsNarrowWithoutUnicode) {
  TCHAR text[16];
  _stprintf_s(text, 16, _T("%lu %s"), DWORD{7}, _T("x"));
  EXPECT_STREQ(text, "7 x");
  EXPECT_EQ(_tcsicmp(text, TEXT("7 X")), 0);
  EXPECT_EQ(_ttoi(text), 7);
  wsprintf(text, TEXT("%ld"), DWORD{0xFFFFFFFF});
  EXPECT_STREQ(text, "-1");
}

}  // namespace
