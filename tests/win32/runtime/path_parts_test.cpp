// SPDX-License-Identifier: MIT
// Paths taken apart: by _splitpath and by the shell library's functions.
#include <gtest/gtest.h>
#include <windows.h>

#include <shlwapi.h>
#include <tchar.h>

#include <cerrno>
#include <string>
#include <vector>

#include "support/temporary_directory.hpp"

namespace {

std::vector<std::string> parts_of(const char* path) {
  char drive[_MAX_DRIVE];
  char directory[_MAX_DIR];
  char name[_MAX_FNAME];
  char extension[_MAX_EXT];
  _splitpath(path, drive, directory, name, extension);
  return {drive, directory, name, extension};
}

using Parts = std::vector<std::string>;

TEST(SplitPath, GivesTheFourPartsOfEitherSystemsPaths) {
  EXPECT_EQ(parts_of("C:\\Program Files\\a.b\\nc.tar.exe"),
            (Parts{"C:", "\\Program Files\\a.b\\", "nc.tar", ".exe"}));
  EXPECT_EQ(parts_of("/usr/bin/python3.11"), (Parts{"", "/usr/bin/", "python3", ".11"}));
  EXPECT_EQ(parts_of("name"), (Parts{"", "", "name", ""}));
  EXPECT_EQ(parts_of("/etc/"), (Parts{"", "/etc/", "", ""}));
}

TEST(SplitPath, ThatDoesNotFitLeavesEmptyStrings) {
  char name[4] = "old";
  char extension[8] = "old";
  EXPECT_EQ(_splitpath_s("/a/name.x", nullptr, 0, nullptr, 0, name, sizeof name, extension, sizeof extension),
            ERANGE);
  EXPECT_STREQ(name, "");
  EXPECT_STREQ(extension, "");
  EXPECT_EQ(_splitpath_s("/a/nam.x", nullptr, 0, nullptr, 0, name, sizeof name, nullptr, 0), 0);
  EXPECT_STREQ(name, "nam");
  EXPECT_EQ(_splitpath_s("x", name, 0, nullptr, 0, nullptr, 0, nullptr, 0), EINVAL);
}

TEST(SplitPath, TakesWideOnes) {
  wchar_t name[_MAX_FNAME];
  _wsplitpath(L"D:/x/\u00fc.log", nullptr, nullptr, name, nullptr);
  EXPECT_STREQ(name, L"\u00fc");
}

TEST(ShellPath, FindsTheLastName) {
  EXPECT_STREQ(PathFindFileNameA("C:\\Windows\\cmd.exe"), "cmd.exe");
  EXPECT_STREQ(PathFindFileNameA("/usr/sbin/sshd"), "sshd");
  EXPECT_STREQ(PathFindFileNameA("sshd"), "sshd");
  EXPECT_STREQ(PathFindFileNameA("a\\b\\"), "b\\");
  EXPECT_STREQ(PathFindFileNameA("c:x"), "x");
  EXPECT_STREQ(PathFindFileNameW(L"/usr/sbin/sshd"), L"sshd");
}

TEST(ShellPath, FindsTheExtension) {
  EXPECT_STREQ(PathFindExtensionA("/a.b/c.tar.gz"), ".gz");
  EXPECT_STREQ(PathFindExtensionA("/a.b/c"), "");
  EXPECT_STREQ(PathFindExtensionA("c.no extension"), "");
  EXPECT_STREQ(PathFindExtensionW(L"c.x"), L".x");
}

TEST(ShellPath, IsCutWhereItIs) {
  char path[] = "/usr/sbin/sshd.bin";
  PathRemoveExtensionA(path);
  EXPECT_STREQ(path, "/usr/sbin/sshd");
  EXPECT_TRUE(PathRemoveFileSpecA(path));
  EXPECT_STREQ(path, "/usr/sbin");
  PathStripPathA(path);
  EXPECT_STREQ(path, "sbin");
  char root[] = "/file";
  EXPECT_TRUE(PathRemoveFileSpecA(root));
  EXPECT_STREQ(root, "/");
  EXPECT_FALSE(PathRemoveFileSpecA(root));
  wchar_t wide[] = L"C:\\a\\b.c";
  EXPECT_TRUE(PathRemoveFileSpecW(wide));
  EXPECT_STREQ(wide, L"C:\\a");
}

TEST(ShellPath, ExistsOrSaysWhichPartDoesNot) {
  const tcptable::test::TemporaryDirectory directory;
  const std::string path = directory.path().string();
  EXPECT_TRUE(PathFileExistsA(path.c_str()));
  EXPECT_FALSE(PathFileExistsA((path + "/no").c_str()));
  EXPECT_EQ(GetLastError(), DWORD{ERROR_FILE_NOT_FOUND});
  EXPECT_FALSE(PathFileExistsA((path + "/no/such").c_str()));
  EXPECT_EQ(GetLastError(), DWORD{ERROR_PATH_NOT_FOUND});
  EXPECT_TRUE(PathFileExistsW(L"/proc"));
}

TEST(ShellString, IsFoundInEitherCase) {
  EXPECT_STREQ(StrStrIA("Firefox.exe", "FOX"), "fox.exe");
  EXPECT_EQ(StrStrIA("Firefox.exe", "chrome"), nullptr);
  EXPECT_EQ(StrStrIA("Firefox.exe", ""), nullptr);
  EXPECT_STREQ(StrStrIW(L"Firefox.exe", L".EXE"), L".exe");
}

TEST(ShellString, IsPrintedAsFarAsThereIsRoom) {
  char narrow[4];
  wchar_t wide[8];
  EXPECT_EQ(wnsprintfA(narrow, 4, "%d", 123), 3);
  EXPECT_LT(wnsprintfA(narrow, 4, "%d", 1234), 0);
  EXPECT_STREQ(narrow, "123");
  EXPECT_EQ(wnsprintfW(wide, 8, L"%u.%u", 10, 1), 4);
  EXPECT_STREQ(wide, L"10.1");
}

}  // namespace
