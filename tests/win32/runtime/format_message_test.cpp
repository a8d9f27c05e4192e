// SPDX-License-Identifier: MIT
// FormatMessage's sources, buffers and codes. How a text is made is tested beside this file.
#include "message_call.hpp"
#include "short_wchar_calls.h"

#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <vector>

namespace {

constexpr DWORD kSystem = FORMAT_MESSAGE_FROM_SYSTEM;
constexpr DWORD kIgnore = FORMAT_MESSAGE_IGNORE_INSERTS;
constexpr DWORD kAllocate = FORMAT_MESSAGE_ALLOCATE_BUFFER;
constexpr DWORD kNeutralDefault = MAKELANGID(LANG_NEUTRAL, SUBLANG_DEFAULT);
constexpr DWORD kEnglish = MAKELANGID(LANG_ENGLISH, SUBLANG_ENGLISH_US);

std::string system_text(DWORD code, DWORD flags = kIgnore, DWORD language = 0) {
  char buffer[512] = {};
  return answer(FormatMessageA(kSystem | flags, nullptr, code, language, buffer, sizeof(buffer), nullptr),
                buffer);
}

char* allocated_text(DWORD flags, const void* source, DWORD size) {
  char* text = nullptr;
  FormatMessageA(flags | kAllocate, source, 5, 0, reinterpret_cast<char*>(&text), size, nullptr);
  return text;
}

// The numbers of winerror.h with a name of its own.
std::vector<DWORD> header_codes() {
  std::ifstream header(WINERROR_H);
  const std::regex code("#define (?:ERROR_|WSA|WAIT_)\\w+ (\\d+)L");
  std::vector<DWORD> codes;
  for (std::string line; std::getline(header, line);) {
    std::smatch match;
    if (std::regex_match(line, match, code)) codes.push_back(static_cast<DWORD>(std::stoul(match[1])));
  }
  return codes;
}

TEST(SystemMessage, EndsWithALineBreak) {
  EXPECT_EQ(system_text(ERROR_INSUFFICIENT_BUFFER),
            "The data area passed to a system call is too small.\r\n");
  EXPECT_EQ(system_text(NO_ERROR), "The operation completed successfully.\r\n");
  EXPECT_EQ(system_text(WSAECONNREFUSED),
            "No connection could be made because the target machine actively refused it.\r\n");
}

TEST(SystemMessage, EveryCodeOfTheHeaderHasOne) {
  const std::vector<DWORD> codes = header_codes();
  ASSERT_GT(codes.size(), 100U);
  for (const DWORD code : codes) {
    const std::string text = system_text(code);
    EXPECT_TRUE(text.ends_with(".\r\n")) << code << ": " << text;
  }
}

TEST(SystemMessage, LosesItsLineBreakToAWidth) {
  EXPECT_EQ(system_text(ERROR_ACCESS_DENIED, kIgnore | FORMAT_MESSAGE_MAX_WIDTH_MASK), "Access is denied. ");
}

TEST(SystemMessage, IsEnglishForEveryWayToAskForIt) {
  for (const DWORD language : {DWORD{0}, kNeutralDefault, DWORD{LANG_SYSTEM_DEFAULT}, kEnglish}) {
    EXPECT_EQ(system_text(ERROR_ACCESS_DENIED, 0, language), "Access is denied.\r\n") << language;
  }
  EXPECT_EQ(system_text(ERROR_ACCESS_DENIED, 0, 0x407), "error 1815");
}

TEST(SystemMessage, UnknownCodesAreNotFound) {
  for (const DWORD code : {3044U, 0xC0000001U, 0xFFFFFFFFU}) EXPECT_EQ(system_text(code), "error 317");
}

TEST(SystemMessage, WithInsertsNeedsArgumentsOrIgnore) {
  EXPECT_EQ(system_text(ERROR_MR_MID_NOT_FOUND, 0), "error 87");
  EXPECT_EQ(system_text(ERROR_MR_MID_NOT_FOUND),
            "The system cannot find message text for message number 0x%1 in the message file for %2.\r\n");
}

TEST(SystemMessage, IsFoundBehindAModuleWithoutMessages) {
  EXPECT_EQ(system_text(ERROR_ACCESS_DENIED, FORMAT_MESSAGE_FROM_HMODULE), "Access is denied.\r\n");
  char buffer[64];
  EXPECT_EQ(FormatMessageA(FORMAT_MESSAGE_FROM_HMODULE, nullptr, 5, 0, buffer, sizeof(buffer), nullptr), 0U);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_RESOURCE_DATA_NOT_FOUND));
}

TEST(SystemMessage, ComesInWideCharactersToo) {
  wchar_t wide[64];
  ASSERT_EQ(FormatMessageW(kSystem, nullptr, 5, 0, wide, 64, nullptr), 19U);
  EXPECT_STREQ(wide, L"Access is denied.\r\n");
  char16_t utf16[64];
  ASSERT_EQ(format_message_utf16(kSystem, nullptr, 5, 0, utf16, 64, nullptr), 19U);
  EXPECT_EQ(std::u16string(utf16), u"Access is denied.\r\n");
}

TEST(ShortWchar, ProgramsReachTheUtf16Functions) {
  uint16_t buffer[64] = {};
  ASSERT_EQ(short_wchar_message(ERROR_ACCESS_DENIED, buffer, 64), 19U);
  EXPECT_EQ(std::u16string(buffer, buffer + 19), u"Access is denied.\r\n");
  ASSERT_EQ(short_wchar_copy(buffer, 64), 0);
  EXPECT_EQ(std::u16string(buffer, buffer + 4), std::u16string(u"abc\0", 4));
}

TEST(MessageSource, StringGoesBeforeSystem) {
  char buffer[8];
  for (const DWORD others :
       {kSystem, DWORD{FORMAT_MESSAGE_FROM_HMODULE}, kSystem | FORMAT_MESSAGE_FROM_HMODULE}) {
    EXPECT_EQ(format_message(others, "test", buffer, sizeof(buffer), nullptr), 4U);
    EXPECT_STREQ(buffer, "test");
  }
}

TEST(MessageSource, NoneOrNullIsInvalid) {
  char buffer[] = "xxxx";
  for (const DWORD flags : {DWORD{0}, kIgnore, DWORD{FORMAT_MESSAGE_MAX_WIDTH_MASK}}) {
    SetLastError(NO_ERROR);
    EXPECT_EQ(FormatMessageA(flags, "test", 0, 0, buffer, sizeof(buffer), nullptr), 0U);
    EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INVALID_PARAMETER));
  }
  EXPECT_EQ(format_message(0, nullptr, buffer, sizeof(buffer), nullptr), 0U);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INVALID_PARAMETER));
  EXPECT_STREQ(buffer, "xxxx");
}

TEST(MessageBuffer, TooSmallForTheNarrowFunctionStaysUntouched) {
  for (const DWORD size : {0U, 1U, 4U}) {
    char buffer[] = "xxxxx";
    EXPECT_EQ(format_message(0, "test", buffer, size, nullptr), 0U);
    EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INSUFFICIENT_BUFFER));
    EXPECT_STREQ(buffer, "xxxxx");
  }
}

TEST(MessageBuffer, TooSmallForTheWideFunctionHoldsWhatFits) {
  wchar_t buffer[] = L"xxxxxx";
  EXPECT_EQ(format_message(0, L"test", buffer, 0, nullptr), 0U);
  EXPECT_STREQ(buffer, L"xxxxxx");
  EXPECT_EQ(format_message(0, L"test", buffer, 4, nullptr), 0U);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INSUFFICIENT_BUFFER));
  EXPECT_EQ(std::wstring(buffer, 6), std::wstring(L"tes\0xx", 6));
}

TEST(MessageBuffer, NullAndASmallSizeIsTooSmall) {
  for (const DWORD size : {0U, 1U}) {
    EXPECT_EQ(FormatMessageA(kSystem, nullptr, 0, 0, nullptr, size, nullptr), 0U);
    EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INSUFFICIENT_BUFFER));
    EXPECT_EQ(FormatMessageW(kSystem, nullptr, 0, 0, nullptr, size, nullptr), 0U);
    EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INSUFFICIENT_BUFFER));
  }
}

// Windows crashes there.
TEST(MessageBuffer, NullAndALargeSizeIsInvalid) {
  EXPECT_EQ(FormatMessageA(kSystem, nullptr, 0, 0, nullptr, 256, nullptr), 0U);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INVALID_PARAMETER));
}

TEST(MessageBuffer, NarrowSizesEndBelow32768) {
  std::vector<char> buffer(40000);
  EXPECT_EQ(format_message(0, "test", buffer.data(), 32767, nullptr), 4U);
  EXPECT_EQ(format_message(0, "test", buffer.data(), 32768, nullptr), 0U);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_INVALID_PARAMETER));
  std::vector<wchar_t> wide(40000);
  EXPECT_EQ(format_message(0, L"test", wide.data(), 40000, nullptr), 4U);
}

TEST(AllocatedMessage, IsFreedByLocalFree) {
  char* const text = allocated_text(kSystem, nullptr, 0);
  ASSERT_STREQ(text, "Access is denied.\r\n");
  EXPECT_EQ(LocalSize(text), 20U);
  EXPECT_EQ(LocalFree(text), nullptr);
}

TEST(AllocatedMessage, HasAtLeastTheAskedSize) {
  char* const text = allocated_text(FORMAT_MESSAGE_FROM_STRING, "test", 1024);
  ASSERT_STREQ(text, "test");
  EXPECT_EQ(LocalSize(text), 1024U);
  EXPECT_EQ(LocalFree(text), nullptr);
}

TEST(AllocatedMessage, FailureLeavesANullPointer) {
  char* text = reinterpret_cast<char*>(std::uintptr_t{0xdeadbeef});
  EXPECT_EQ(FormatMessageA(kAllocate, "test", 0, 0, reinterpret_cast<char*>(&text), 0, nullptr), 0U);
  EXPECT_EQ(text, nullptr);
  text = reinterpret_cast<char*>(std::uintptr_t{0xdeadbeef});
  EXPECT_EQ(format_message(kAllocate, "", reinterpret_cast<char*>(&text), 0, nullptr), 0U);
  EXPECT_EQ(text, nullptr);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_NO_WORK_DONE));
}

TEST(AllocatedMessage, WithoutAPointerIsOutOfMemory) {
  EXPECT_EQ(FormatMessageA(kSystem | kAllocate, nullptr, 0, 0, nullptr, 256, nullptr), 0U);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_NOT_ENOUGH_MEMORY));
  EXPECT_EQ(FormatMessageW(kSystem | kAllocate, nullptr, 0, 0, nullptr, 0, nullptr), 0U);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(ERROR_NOT_ENOUGH_MEMORY));
}

}  // namespace
