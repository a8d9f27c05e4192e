// SPDX-License-Identifier: MIT
// Files as programs of Windows write their logs: made, found, read, cut and deleted.
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>
#include <windows.h>

#include <fstream>
#include <string>

#include "support/temporary_directory.hpp"

namespace {

using tcptable::test::TemporaryDirectory;

HANDLE open_file(const std::string& path, DWORD access, DWORD disposition, DWORD flags = 0) {
  return CreateFileA(path.c_str(), access, 0, nullptr, disposition, flags, nullptr);
}

DWORD code_of_opening(const std::string& path, DWORD access, DWORD disposition, DWORD flags = 0) {
  SetLastError(0xbad);
  const HANDLE file = open_file(path, access, disposition, flags);
  if (file != INVALID_HANDLE_VALUE) CloseHandle(file);
  return GetLastError();
}

void make_file(const std::string& path, const std::string& text) {
  std::ofstream(path) << text;
}

std::string text_of(const std::string& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string read_some(HANDLE file, DWORD size) {
  std::string text(size, '\0');
  DWORD count = 99;
  EXPECT_TRUE(ReadFile(file, text.data(), size, &count, nullptr));
  text.resize(count);
  return text;
}

void write_text(HANDLE file, const std::string& text) {
  DWORD written = 0;
  EXPECT_TRUE(WriteFile(file, text.data(), static_cast<DWORD>(text.size()), &written, nullptr));
  EXPECT_EQ(written, text.size());
}

class File : public ::testing::Test {
 protected:
  std::string path(const std::string& name = "log.txt") const {
    return directory_.path().string() + "/" + name;
  }

 private:
  const TemporaryDirectory directory_;
};

TEST_F(File, IsWrittenAndReadFromWhereItsPointerIs) {
  const HANDLE file = open_file(path(), GENERIC_READ | GENERIC_WRITE, CREATE_NEW);
  ASSERT_NE(file, INVALID_HANDLE_VALUE);
  write_text(file, "0123456789");
  EXPECT_EQ(SetFilePointer(file, -4, nullptr, FILE_CURRENT), 6U);
  EXPECT_EQ(read_some(file, 2), "67");
  EXPECT_EQ(read_some(file, 9), "89");
  EXPECT_EQ(read_some(file, 9), "") << "the end";
  EXPECT_EQ(GetFileSize(file, nullptr), 10U);
  LARGE_INTEGER place{};
  place.QuadPart = 3;
  EXPECT_TRUE(SetFilePointerEx(file, place, &place, FILE_BEGIN));
  EXPECT_TRUE(SetEndOfFile(file));
  EXPECT_TRUE(GetFileSizeEx(file, &place));
  EXPECT_EQ(place.QuadPart, 3);
  EXPECT_TRUE(FlushFileBuffers(file));
  EXPECT_TRUE(CloseHandle(file));
  EXPECT_FALSE(CloseHandle(file));
  EXPECT_EQ(text_of(path()), "012");
}

TEST_F(File, ThatIsLargerThanFourGigabytesHasTwoHalves) {
  const HANDLE file = open_file(path(), GENERIC_WRITE, CREATE_NEW);
  LONG high = 1;
  EXPECT_EQ(SetFilePointer(file, 5, &high, FILE_BEGIN), 5U);
  EXPECT_EQ(GetLastError(), DWORD{NO_ERROR});
  EXPECT_EQ(high, 1);
  EXPECT_TRUE(SetEndOfFile(file));
  DWORD size_high = 0;
  EXPECT_EQ(GetFileSize(file, &size_high), 5U);
  EXPECT_EQ(size_high, 1U);
  EXPECT_EQ(SetFilePointer(file, -1, nullptr, FILE_BEGIN), INVALID_SET_FILE_POINTER);
  EXPECT_EQ(GetLastError(), DWORD{ERROR_NEGATIVE_SEEK});
  CloseHandle(file);
}

TEST_F(File, IsMadeFoundOrCutAsTheDispositionSays) {
  EXPECT_EQ(code_of_opening(path(), GENERIC_READ, OPEN_EXISTING), DWORD{ERROR_FILE_NOT_FOUND});
  EXPECT_EQ(code_of_opening(path("no/such"), GENERIC_READ, CREATE_ALWAYS), DWORD{ERROR_PATH_NOT_FOUND});
  EXPECT_EQ(code_of_opening(path(), GENERIC_WRITE, CREATE_ALWAYS), DWORD{NO_ERROR});
  make_file(path(), "old");
  EXPECT_EQ(code_of_opening(path(), GENERIC_WRITE, CREATE_NEW), DWORD{ERROR_FILE_EXISTS});
  EXPECT_EQ(code_of_opening(path(), GENERIC_WRITE, OPEN_ALWAYS), DWORD{ERROR_ALREADY_EXISTS});
  EXPECT_EQ(text_of(path()), "old");
  EXPECT_EQ(code_of_opening(path(), GENERIC_WRITE, TRUNCATE_EXISTING), DWORD{NO_ERROR});
  EXPECT_EQ(text_of(path()), "");
  make_file(path(), "old");
  EXPECT_EQ(code_of_opening(path(), GENERIC_WRITE, CREATE_ALWAYS), DWORD{ERROR_ALREADY_EXISTS});
  EXPECT_EQ(text_of(path()), "");
  EXPECT_EQ(code_of_opening(path("new"), GENERIC_READ, OPEN_ALWAYS), DWORD{NO_ERROR});
}

TEST_F(File, RefusesWhatThereIsNot) {
  EXPECT_EQ(code_of_opening(path(), GENERIC_READ, 0), DWORD{ERROR_INVALID_PARAMETER});
  EXPECT_EQ(code_of_opening(path(), GENERIC_READ, 6), DWORD{ERROR_INVALID_PARAMETER});
  EXPECT_EQ(code_of_opening(path(), GENERIC_READ, TRUNCATE_EXISTING), DWORD{ERROR_INVALID_PARAMETER});
  EXPECT_EQ(code_of_opening(path(), GENERIC_WRITE, CREATE_NEW, FILE_FLAG_OVERLAPPED),
            DWORD{ERROR_NOT_SUPPORTED});
  EXPECT_EQ(GetFileAttributesA(path().c_str()), INVALID_FILE_ATTRIBUTES) << "none was made";
  EXPECT_EQ(code_of_opening(path(""), GENERIC_READ, OPEN_EXISTING), DWORD{ERROR_ACCESS_DENIED})
      << "a directory";
  EXPECT_EQ(code_of_opening(path(""), 0, OPEN_EXISTING, FILE_FLAG_BACKUP_SEMANTICS), DWORD{NO_ERROR});
}

TEST_F(File, CanDoWithItsHandleWhatItWasOpenedForAlone) {
  make_file(path(), "abc");
  DWORD count = 0;
  char byte = 0;
  const HANDLE read_only = open_file(path(), GENERIC_READ, OPEN_EXISTING);
  EXPECT_FALSE(WriteFile(read_only, "x", 1, &count, nullptr));
  EXPECT_EQ(GetLastError(), DWORD{ERROR_ACCESS_DENIED});
  const HANDLE write_only = open_file(path(), GENERIC_WRITE, OPEN_EXISTING);
  EXPECT_FALSE(ReadFile(write_only, &byte, 1, &count, nullptr));
  EXPECT_EQ(GetLastError(), DWORD{ERROR_ACCESS_DENIED});
  const HANDLE asked_only = open_file(path(), 0, OPEN_EXISTING);
  EXPECT_EQ(GetFileSize(asked_only, nullptr), 3U);
  EXPECT_FALSE(ReadFile(asked_only, &byte, 1, &count, nullptr));
  for (const HANDLE each : {read_only, write_only, asked_only}) CloseHandle(each);
}

TEST_F(File, ThatIsAppendedToGrowsAtItsEnd) {
  make_file(path(), "one ");
  const HANDLE file = open_file(path(), FILE_APPEND_DATA, OPEN_ALWAYS);
  SetFilePointer(file, 0, nullptr, FILE_BEGIN);
  write_text(file, "two");
  CloseHandle(file);
  EXPECT_EQ(text_of(path()), "one two");
}

TEST_F(File, MayBeNamedWithBackslashesAndInWideLetters) {
  const HANDLE file = open_file(
      path("") + "..\\" + path("").substr(path("").rfind('/', path("").size() - 2) + 1) + "\xc3\xbc",
      GENERIC_WRITE, CREATE_NEW);
  ASSERT_NE(file, INVALID_HANDLE_VALUE);
  CloseHandle(file);
  const std::string narrow = path("");
  const std::wstring wide = std::wstring(narrow.begin(), narrow.end()) + L"\u00fc";
  EXPECT_EQ(GetFileAttributesW(wide.c_str()), DWORD{FILE_ATTRIBUTE_NORMAL});
  EXPECT_TRUE(DeleteFileW(wide.c_str()));
  EXPECT_FALSE(DeleteFileW(wide.c_str()));
  EXPECT_EQ(GetLastError(), DWORD{ERROR_FILE_NOT_FOUND});
}

TEST_F(File, HasAttributesTimesAndASize) {
  make_file(path(".hidden"), "12345");
  ::chmod(path(".hidden").c_str(), 0444);
  EXPECT_EQ(GetFileAttributesA(path(".hidden").c_str()),
            DWORD{FILE_ATTRIBUTE_HIDDEN | FILE_ATTRIBUTE_READONLY});
  EXPECT_TRUE(GetFileAttributesA(path("").c_str()) & FILE_ATTRIBUTE_DIRECTORY);
  WIN32_FILE_ATTRIBUTE_DATA data{};
  ASSERT_TRUE(GetFileAttributesExA(path(".hidden").c_str(), GetFileExInfoStandard, &data));
  EXPECT_EQ(data.nFileSizeLow, 5U);
  FILETIME now{};
  GetSystemTimeAsFileTime(&now);
  const auto ticks = [](const FILETIME& time) {
    return ULONGLONG{time.dwHighDateTime} << 32 | time.dwLowDateTime;
  };
  constexpr ULONGLONG kMinute = 600'000'000;
  EXPECT_LT(ticks(data.ftLastWriteTime), ticks(now) + kMinute);
  EXPECT_GT(ticks(data.ftLastWriteTime) + kMinute, ticks(now));
}

TEST_F(File, LivesInADirectoryThatCanBeMade) {
  EXPECT_TRUE(CreateDirectoryA(path("logs").c_str(), nullptr));
  EXPECT_FALSE(CreateDirectoryA(path("logs").c_str(), nullptr));
  EXPECT_EQ(GetLastError(), DWORD{ERROR_ALREADY_EXISTS});
  EXPECT_FALSE(CreateDirectoryA(path("no/such").c_str(), nullptr));
  EXPECT_EQ(GetLastError(), DWORD{ERROR_PATH_NOT_FOUND});
  EXPECT_FALSE(DeleteFileA(path("logs").c_str()));
  EXPECT_EQ(GetLastError(), DWORD{ERROR_ACCESS_DENIED});
}

}  // namespace
