// SPDX-License-Identifier: MIT
// Printing to streams: wide and narrow output mix, and what does not mean ours is not touched.
// clang-format off
#include <cstdio>
#include <fmt/printf.h>
#include <windows.h>
#include <cstdio>
// clang-format on

#include <gtest/gtest.h>

#include <cstdarg>
#include <cstdlib>
#include <string>

namespace other {

inline std::string printf(const char* format, long value) {
  return format + std::to_string(value);
}

struct Printer {
  std::string printf(const char* format, long value) const { return other::printf(format, value); }
  std::string wprintf(const wchar_t* /*format*/, int value) const { return std::to_string(value); }
};

// The name in an attribute is no call.
[[gnu::format(printf, 1, 2)]] inline int checked(const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const int length = _vscprintf(format, arguments);
  va_end(arguments);
  return length;
}

}  // namespace other

namespace {

std::string logged(const char* format, ...) {
  char text[64];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(text, sizeof(text), format, arguments);
  va_end(arguments);
  return text;
}

std::string logged_by_std(const char* format, ...) {
  char text[64];
  va_list arguments;
  va_start(arguments, format);
  std::vsnprintf(text, sizeof(text), format, arguments);
  va_end(arguments);
  return text;
}

std::string printed_with_std_in_scope() {
  using namespace std;
  char text[64];
  wchar_t wide[64];
  snprintf(text, sizeof(text), "%ld ", DWORD{0xFFFFFFFF});
  swprintf(wide, 64, L"%s", L"wide");
  return text + to_string(wcslen(wide));
}

TEST(Streams, MixWideAndNarrowOutput) {
  testing::internal::CaptureStdout();
  printf("a%ld", DWORD{1});
  wprintf(L"b%s", L"gr\u00FC\u00DF");
  puts("c");
  fputws(L"d\n", stdout);
  _putws(L"e");
  putwchar(L'\u20AC');
  fprintf(stdout, "f");
  wprintf(L"\n");
  printf("end");
  EXPECT_EQ(testing::internal::GetCapturedStdout(),
            "a1bgr\xC3\xBC\xC3\x9F"
            "c\nd\ne\n\xE2\x82\xAC"
            "f\nend");
}

TEST(Streams, StayByteStreams) {
  FILE* const stream = std::tmpfile();
  ASSERT_NE(stream, nullptr);
  fwprintf(stream, L"%s", L"x");
  EXPECT_LT(fwide(stream, 0), 1);
  std::fclose(stream);
}

TEST(Streams, AFailedWriteIsAFailure) {
  FILE* const stream = std::fopen("/dev/full", "w");
  ASSERT_NE(stream, nullptr);
  std::setvbuf(stream, nullptr, _IONBF, 0);
  EXPECT_EQ(fprintf(stream, "%d", 1), -1);
  EXPECT_EQ(fputwc(L'x', stream), WEOF);
  std::fclose(stream);
}

TEST(OtherFunctionsOfTheseNames, MeanWhatTheyMeant) {
  constexpr long kLarge = 5'000'000'000;
  char text[64];
  std::snprintf(text, sizeof(text), "%ld", kLarge);
  EXPECT_STREQ(text, "5000000000");
  EXPECT_EQ(logged_by_std("%ld %5.1f", kLarge, 0.5), "5000000000   0.5");
  EXPECT_EQ(fmt::sprintf("%d", kLarge), "5000000000");
  EXPECT_EQ(other::printf("=", kLarge), "=5000000000");
  EXPECT_EQ(other::Printer().printf("=", kLarge), "=5000000000");
  EXPECT_EQ(other::checked("%d", 12), 2);
  int (*const pointer)(char*, size_t, const char*, ...) = snprintf;
  pointer(text, sizeof(text), "%ld", kLarge);
  EXPECT_STREQ(text, "5000000000");
}

TEST(OurFunctions, AreWhatAProgramCalls) {
  EXPECT_EQ(logged("%ld %ws", DWORD{0xFFFFFFFF}, L"w"), "-1 w");
  EXPECT_EQ(printed_with_std_in_scope(), "-1 4");
  char text[64];
  ::snprintf(text, sizeof(text), "%ld", DWORD{0xFFFFFFFF});
  EXPECT_STREQ(text, "-1");
}

}  // namespace
