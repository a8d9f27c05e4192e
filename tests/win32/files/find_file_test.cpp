// SPDX-License-Identifier: MIT
// Files found by a pattern of their names.
#include <gtest/gtest.h>
#include <windows.h>

#include <fstream>
#include <set>
#include <string>

#include "support/temporary_directory.hpp"
#include "win32/files/short_wchar_files.h"

namespace {

using Names = std::set<std::string>;

class FindFile : public ::testing::Test {
 protected:
  void SetUp() override {
    for (const char* const name : {"a.log", "B.LOG", "c.txt", "plain"}) std::ofstream(path(name)) << "1234";
  }

  std::string path(const std::string& name) const { return directory_.path().string() + "/" + name; }

  Names found(const std::string& pattern) const {
    WIN32_FIND_DATAA data;
    const HANDLE search = FindFirstFileA(path(pattern).c_str(), &data);
    if (search == INVALID_HANDLE_VALUE) return {};
    Names names;
    do names.insert(data.cFileName);
    while (FindNextFileA(search, &data));
    EXPECT_EQ(GetLastError(), DWORD{ERROR_NO_MORE_FILES});
    EXPECT_TRUE(FindClose(search));
    EXPECT_FALSE(FindClose(search));
    return names;
  }

 private:
  const tcptable::test::TemporaryDirectory directory_;
};

TEST_F(FindFile, GivesAllThatThePatternAllows) {
  EXPECT_EQ(found("*.log"), (Names{"a.log", "B.LOG"}));
  EXPECT_EQ(found("?.*"), (Names{"a.log", "B.LOG", "c.txt", ".."}));
  EXPECT_EQ(found("p*n"), (Names{"plain"}));
  EXPECT_EQ(found("*a*i*"), (Names{"plain"}));
  EXPECT_EQ(found("c.txt"), (Names{"c.txt"}));
  EXPECT_EQ(found("*.*"), found("*"));
  EXPECT_EQ(found("*"), (Names{".", "..", "a.log", "B.LOG", "c.txt", "plain"}));
}

TEST_F(FindFile, TellsWhatEachIs) {
  WIN32_FIND_DATAW data;
  const std::string narrow = path("c.*");
  const HANDLE search = FindFirstFileW(std::wstring(narrow.begin(), narrow.end()).c_str(), &data);
  ASSERT_NE(search, INVALID_HANDLE_VALUE);
  EXPECT_STREQ(data.cFileName, L"c.txt");
  EXPECT_EQ(data.nFileSizeLow, 4U);
  EXPECT_EQ(data.dwFileAttributes, DWORD{FILE_ATTRIBUTE_NORMAL});
  EXPECT_FALSE(FindNextFileW(search, &data));
  FindClose(search);
}

TEST_F(FindFile, SpeaksUtf16ToOtherLanguages) {
  const std::string narrow = path("p*");
  const std::u16string pattern(narrow.begin(), narrow.end());
  uint16_t name[MAX_PATH];
  ASSERT_TRUE(short_wchar_find(reinterpret_cast<const uint16_t*>(pattern.c_str()), name, MAX_PATH));
  EXPECT_EQ(std::u16string(reinterpret_cast<const char16_t*>(name)), u"plain");
}

TEST_F(FindFile, SaysWhetherTheNameOrTheDirectoryIsNotThere) {
  EXPECT_EQ(found("*.none"), Names{});
  EXPECT_EQ(GetLastError(), DWORD{ERROR_FILE_NOT_FOUND});
  EXPECT_EQ(found("no/such/*"), Names{});
  EXPECT_EQ(GetLastError(), DWORD{ERROR_PATH_NOT_FOUND});
}

}  // namespace
