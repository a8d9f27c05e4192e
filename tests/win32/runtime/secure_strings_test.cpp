// SPDX-License-Identifier: MIT
// The checked string functions: what fits, what doesn't, and what a broken rule leaves.
#include <gtest/gtest.h>
#include <securecrt.h>

#include <cerrno>
#include <string>

extern "C" errno_t wcscpy_s_utf16(char16_t* dst, rsize_t size, const char16_t* src) __asm__("wcscpy_s");
extern "C" errno_t wcscat_s_utf16(char16_t* dst, rsize_t size, const char16_t* src) __asm__("wcscat_s");

namespace {

struct Buffer {
  char text[8] = "xxxxxxx";
};

TEST(StringCopy, FitsWithItsEnd) {
  Buffer dst;
  EXPECT_EQ(strcpy_s(dst.text, 4, "abc"), 0);
  EXPECT_STREQ(dst.text, "abc");
  EXPECT_EQ(dst.text[4], 'x');
}

TEST(StringCopy, TooLongLeavesAnEmptyString) {
  Buffer dst;
  errno = 0;
  EXPECT_EQ(strcpy_s(dst.text, 3, "abc"), ERANGE);
  EXPECT_EQ(errno, ERANGE);
  EXPECT_STREQ(dst.text, "");
}

TEST(StringCopy, NullAndNoSizeAreInvalid) {
  Buffer dst;
  EXPECT_EQ(strcpy_s(nullptr, 4, "abc"), EINVAL);
  EXPECT_EQ(strcpy_s(dst.text, 0, "abc"), EINVAL);
  EXPECT_EQ(dst.text[0], 'x');
  EXPECT_EQ(strcpy_s(dst.text, 4, nullptr), EINVAL);
  EXPECT_STREQ(dst.text, "");
}

TEST(StringCopy, ArraysTellTheirSize) {
  char dst[4];
  EXPECT_EQ(strcpy_s(dst, "abc"), 0);
  EXPECT_EQ(strcpy_s(dst, "abcd"), ERANGE);
  wchar_t wide[4];
  EXPECT_EQ(wcscpy_s(wide, L"abc"), 0);
  EXPECT_STREQ(wide, L"abc");
  EXPECT_EQ(wcscpy_s(wide, L"abcd"), ERANGE);
}

TEST(StringAppend, GoesBehindTheOldText) {
  char dst[6] = "ab";
  EXPECT_EQ(strcat_s(dst, sizeof(dst), "cd"), 0);
  EXPECT_STREQ(dst, "abcd");
  EXPECT_EQ(strcat_s(dst, "e"), 0);
  EXPECT_EQ(strcat_s(dst, "f"), ERANGE);
  EXPECT_STREQ(dst, "");
}

TEST(StringAppend, WantsAnEndInTheOldText) {
  Buffer dst;
  EXPECT_EQ(strcat_s(dst.text, 4, "a"), EINVAL);
  EXPECT_STREQ(dst.text, "");
}

TEST(StringAppend, WorksForWideText) {
  wchar_t dst[6] = L"ab";
  EXPECT_EQ(wcscat_s(dst, 6, L"cd"), 0);
  EXPECT_EQ(wcscat_s(dst, L"e"), 0);
  EXPECT_STREQ(dst, L"abcde");
}

TEST(CountedCopy, StopsAtTheCount) {
  Buffer dst;
  EXPECT_EQ(strncpy_s(dst.text, 4, "abcdef", 3), 0);
  EXPECT_STREQ(dst.text, "abc");
  EXPECT_EQ(strncpy_s(dst.text, 4, "ab", 7), 0);
  EXPECT_STREQ(dst.text, "ab");
  EXPECT_EQ(strncpy_s(dst.text, 4, nullptr, 0), 0);
  EXPECT_STREQ(dst.text, "");
}

TEST(CountedCopy, TooLongLeavesAnEmptyString) {
  Buffer dst;
  EXPECT_EQ(strncpy_s(dst.text, 4, "abcdef", 4), ERANGE);
  EXPECT_STREQ(dst.text, "");
}

TEST(CountedCopy, TruncateKeepsWhatFits) {
  char dst[4];
  EXPECT_EQ(strncpy_s(dst, "abcdef", _TRUNCATE), STRUNCATE);
  EXPECT_STREQ(dst, "abc");
  EXPECT_EQ(strncpy_s(dst, "abc", _TRUNCATE), 0);
  EXPECT_STREQ(dst, "abc");
}

TEST(CountedCopy, DoesNotReadBehindTheCount) {
  const char source[3] = {'a', 'b', 'c'};
  char dst[8];
  EXPECT_EQ(strncpy_s(dst, source, sizeof(source)), 0);
  EXPECT_STREQ(dst, "abc");
}

TEST(MemoryCopy, RefusesMoreThanTheSizeAndZeroesTheTarget) {
  Buffer dst;
  EXPECT_EQ(memcpy_s(dst.text, 4, "abcdef", 4), 0);
  EXPECT_EQ(std::string(dst.text, 5), "abcdx");
  EXPECT_EQ(memcpy_s(dst.text, 4, "abcdef", 5), ERANGE);
  EXPECT_EQ(std::string(dst.text, 5), std::string("\0\0\0\0x", 5));
  EXPECT_EQ(memcpy_s(dst.text, 4, nullptr, 1), EINVAL);
  EXPECT_EQ(memcpy_s(nullptr, 4, "a", 1), EINVAL);
  EXPECT_EQ(memcpy_s(nullptr, 0, nullptr, 0), 0);
}

TEST(MemoryCopy, MoveTakesOverlappingBytes) {
  char text[] = "abcdef";
  EXPECT_EQ(memmove_s(text + 2, 4, text, 4), 0);
  EXPECT_STREQ(text, "ababcd");
}

TEST(Conversion, CountsWhatItGaveWithTheZero) {
  char narrow[8];
  wchar_t wide[8];
  size_t count = 0;
  EXPECT_EQ(wcstombs_s(&count, narrow, L"a\u00fc", _TRUNCATE), 0);
  EXPECT_STREQ(narrow, "a\xc3\xbc");
  EXPECT_EQ(count, 4U);
  EXPECT_EQ(mbstowcs_s(&count, wide, "a\xc3\xbc", 7), 0);
  EXPECT_STREQ(wide, L"a\u00fc");
  EXPECT_EQ(count, 3U);
  EXPECT_EQ(wcstombs_s(&count, nullptr, 0, L"\u00fc\u00fc", 0), 0);
  EXPECT_EQ(count, 5U) << "what it needs";
}

TEST(Conversion, IsCutOnlyBehindWholeCharacters) {
  char narrow[4];
  size_t count = 0;
  EXPECT_EQ(wcstombs_s(&count, narrow, L"ab\u00fc", _TRUNCATE), STRUNCATE);
  EXPECT_STREQ(narrow, "ab");
  EXPECT_EQ(count, 3U);
  EXPECT_EQ(wcstombs_s(nullptr, narrow, sizeof narrow, L"abcdef", 2), 0);
  EXPECT_STREQ(narrow, "ab");
}

TEST(Conversion, ThatDoesNotFitOrIsNoTextLeavesAnEmptyString) {
  char narrow[4] = "old";
  wchar_t wide[4] = L"old";
  size_t count = 9;
  EXPECT_EQ(wcstombs_s(&count, narrow, L"abcd", 4), ERANGE);
  EXPECT_STREQ(narrow, "");
  EXPECT_EQ(count, 0U);
  EXPECT_EQ(mbstowcs_s(&count, wide, "\xff", _TRUNCATE), EILSEQ);
  EXPECT_STREQ(wide, L"");
  EXPECT_EQ(mbstowcs_s(&count, wide, nullptr, 1), EINVAL);
  EXPECT_EQ(mbstowcs_s(&count, nullptr, 4, "a", 1), EINVAL);
}

TEST(PlainSymbols, SpeakUtf16) {
  char16_t dst[5];
  EXPECT_EQ(wcscpy_s_utf16(dst, 5, u"ab"), 0);
  EXPECT_EQ(wcscat_s_utf16(dst, 5, u"cd"), 0);
  EXPECT_EQ(std::u16string(dst), u"abcd");
  EXPECT_EQ(wcscat_s_utf16(dst, 5, u"e"), ERANGE);
  EXPECT_EQ(dst[0], u'\0');
}

}  // namespace
