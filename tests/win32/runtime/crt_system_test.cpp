// SPDX-License-Identifier: MIT
// Files, times and the environment in the forms of Microsoft's C library, and wide C++ streams.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>
#include <windows.h>

#include <io.h>
#include <tchar.h>

#include <cstdlib>
#include <functional>
#include <iostream>
#include <string>

#include "support/temporary_directory.hpp"

namespace {

TEST(CrtFile, OpensByNarrowAndWideNames) {
  const tcptable::test::TemporaryDirectory directory;
  const std::string path = (directory.path() / "\xc3\xbc").string();
  const std::u32string wide_path = (directory.path() / "\xc3\xbc").u32string();
  FILE* file = nullptr;
  ASSERT_EQ(_wfopen_s(&file, std::wstring(wide_path.begin(), wide_path.end()).c_str(), L"w, ccs=UTF-8"), 0);
  fwprintf(file, L"%s\n", L"\u00fc");
  fclose(file);
  ASSERT_EQ(fopen_s(&file, path.c_str(), "rt"), 0);
  char line[8] = {};
  EXPECT_NE(fgets(line, sizeof line, file), nullptr);
  EXPECT_STREQ(line, "\xc3\xbc\n");
  fclose(file);
  EXPECT_EQ(fopen_s(&file, "/no/such/file", "r"), ENOENT);
  EXPECT_EQ(file, nullptr);
  EXPECT_EQ(fopen_s(nullptr, path.c_str(), "r"), EINVAL);
}

TEST(CrtTime, HasItsResultFirst) {
  const time_t when = 86400;
  tm broken{};
  ASSERT_EQ(gmtime_s(&broken, &when), 0);
  EXPECT_EQ(broken.tm_mday, 2);
  EXPECT_EQ(localtime_s(&broken, &when), 0);
  EXPECT_EQ(mktime(&broken), when);
  EXPECT_EQ(localtime_s(nullptr, &when), EINVAL);
  char text[26];
  EXPECT_EQ(ctime_s(text, &when), 0);
  EXPECT_EQ(ctime_s(text, 25, &when), EINVAL);
}

TEST(CrtEnvironment, GivesACopyAndItsSize) {
  ASSERT_EQ(::setenv("TCPTABLE_TEST_VALUE", "abc", 1), 0);
  char* value = nullptr;
  size_t size = 0;
  ASSERT_EQ(_dupenv_s(&value, &size, "TCPTABLE_TEST_VALUE"), 0);
  EXPECT_STREQ(value, "abc");
  EXPECT_EQ(size, 4U);
  free(value);
  EXPECT_EQ(_dupenv_s(&value, &size, "TCPTABLE_NO_SUCH_VALUE"), 0);
  EXPECT_EQ(value, nullptr);
  char text[4];
  EXPECT_EQ(getenv_s(&size, text, sizeof text, "TCPTABLE_TEST_VALUE"), 0);
  EXPECT_STREQ(text, "abc");
  EXPECT_EQ(getenv_s(&size, text, 3, "TCPTABLE_TEST_VALUE"), ERANGE);
  EXPECT_EQ(size, 4U);
}

TEST(CrtCommand, IsReadThroughAPipe) {
  FILE* const pipe = _popen("echo port", "r");
  ASSERT_NE(pipe, nullptr);
  auto* const line = static_cast<char*>(_alloca(16));
  EXPECT_STREQ(fgets(line, 16, pipe), "port\n");
  EXPECT_EQ(_pclose(pipe), 0);
}

TEST(CrtText, NumbersCaseAndTokens) {
  char text[66];
  EXPECT_STREQ(_itoa(-255, text, 10), "-255");
  EXPECT_STREQ(itoa(255, text, 16), "ff");
  EXPECT_STREQ(_ui64toa(~0ULL, text, 2), std::string(64, '1').c_str());
  char letters[] = "aBz{";
  EXPECT_STREQ(_strupr(letters), "ABZ{");
  EXPECT_STREQ(_strlwr(letters), "abz{");
  wchar_t wide[] = L"Ab,c";
  EXPECT_STREQ(_wcsupr(wide), L"AB,C");
  wchar_t* context = nullptr;
  EXPECT_STREQ(wcstok_s(wide, L",", &context), L"AB");
  EXPECT_STREQ(wcstok_s(nullptr, L",", &context), L"C");
  EXPECT_EQ(_byteswap_ushort(0x1234), 0x3412);
}

TEST(StreamMode, IsTextBeforeAndMustBeOneThatThereIs) {
  EXPECT_EQ(_setmode(_fileno(stdout), _O_U16TEXT), _O_TEXT);
  EXPECT_EQ(_setmode(1, 77), -1);
  EXPECT_EQ(errno, EINVAL);
  EXPECT_EQ(_setmode(12345, _O_TEXT), -1);
  EXPECT_EQ(errno, EBADF);
}

// What a child writes to its standard output.
std::string output_of(const std::function<void()>& program) {
  int ends[2];
  EXPECT_EQ(::pipe(ends), 0);
  std::fflush(nullptr);
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(ends[1], STDOUT_FILENO);
    program();
    std::fflush(nullptr);
    ::_exit(0);
  }
  ::close(ends[1]);
  std::string text;
  for (char byte = 0; ::read(ends[0], &byte, 1) == 1;) text += byte;
  ::close(ends[0]);
  ::waitpid(child, nullptr, 0);
  return text;
}

TEST(WideStreams, MixWithNarrowOnesAndWithPrinting) {
  EXPECT_EQ(output_of([] {
              std::cout << "1 ";
              std::wcout << L"2 " << L'\u00fc' << 34 << L' ';
              printf("%d ", 5);
              wprintf(L"%s ", L"6");
              std::wcout << std::wstring(L"7") << std::endl;
            }),
            "1 2 \xc3\xbc"
            "34 5 6 7\n");
}

}  // namespace
