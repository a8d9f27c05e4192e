// SPDX-License-Identifier: MIT
// Looking functions up by name, as old programs do.
#include "process_fixture.hpp"

#include <iphlpapi.h>
#include <winsock2.h>

#include <string>

#include "short_wchar_process.h"

namespace {

using namespace tcptable::test;

template <typename Function>
Function* function(HMODULE library, const char* name) {
  return reinterpret_cast<Function*>(GetProcAddress(library, name));
}

TEST(LoadLibraryTest, FindsItsLibraryUnderEverySpelling) {
  const HMODULE library = LoadLibraryA("iphlpapi.dll");
  ASSERT_NE(library, nullptr);
  for (const char* const name :
       {"iphlpapi", "IPHLPAPI.DLL", "IpHlpApi.dll", "C:\\Windows\\System32\\iphlpapi.dll", "./iphlpapi.dll",
        "ws2_32.dll", "WS2_32", "kernel32.dll", "psapi", "wsock32.dll"}) {
    EXPECT_EQ(LoadLibraryA(name), library) << name;
    EXPECT_EQ(GetModuleHandleA(name), library) << name;
  }
  EXPECT_EQ(LoadLibraryW(L"iphlpapi.dll"), library);
  EXPECT_EQ(GetModuleHandleW(L"IPHLPAPI"), library);
  EXPECT_EQ(LoadLibraryExA("iphlpapi.dll", nullptr, LOAD_LIBRARY_SEARCH_SYSTEM32), library);
  EXPECT_TRUE(FreeLibrary(library));
}

TEST(LoadLibraryTest, OtherNamesAreNotFound) {
  for (const char* const name : {"ntdll.dll", "iphlpapi.", "iphlpapi.so", "libiphlpapi.so.1", "",
                                 "iphlpapi.dll.dll", "a.very.long.name.dll"}) {
    EXPECT_EQ(LoadLibraryA(name), nullptr) << name;
    EXPECT_EQ(GetLastError(), DWORD{ERROR_MOD_NOT_FOUND}) << name;
  }
  EXPECT_EQ(error_of(LoadLibraryA(nullptr)), DWORD{ERROR_INVALID_PARAMETER});
  EXPECT_EQ(error_of(LoadLibraryExW(L"iphlpapi.dll", GetCurrentProcess(), 0)),
            DWORD{ERROR_INVALID_PARAMETER});
  EXPECT_EQ(error_of(FreeLibrary(nullptr)), DWORD{ERROR_INVALID_HANDLE});
  EXPECT_EQ(error_of(FreeLibrary(GetModuleHandleA(nullptr))), DWORD{ERROR_INVALID_HANDLE});
}

TEST(GetProcAddressTest, FindsWhatTheLibraryExports) {
  const HMODULE library = LoadLibraryA("iphlpapi.dll");
  auto* const get_table = function<decltype(GetExtendedTcpTable)>(library, "GetExtendedTcpTable");
  ASSERT_NE(get_table, nullptr);
  DWORD size = 0;
  EXPECT_EQ(get_table(nullptr, &size, TRUE, AF_INET, TCP_TABLE_OWNER_PID_ALL, 0),
            DWORD{ERROR_INSUFFICIENT_BUFFER});
  EXPECT_EQ(reinterpret_cast<FARPROC>(&GetTcpTable2), GetProcAddress(library, "GetTcpTable2"));
}

TEST(GetProcAddressTest, FindsSocketFunctionsUnderTheirWindowsNames) {
  const HMODULE library = GetModuleHandleA("ws2_32.dll");
  auto* const to_text = function<const char*(int, const void*, char*, size_t)>(library, "inet_ntop");
  ASSERT_NE(to_text, nullptr);
  const unsigned char loopback[16] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
  char text[64];
  EXPECT_STREQ(to_text(AF_INET6, loopback, text, sizeof(text)), "::1");
  auto* const swap = function<u_short(u_short)>(library, "ntohs");
  ASSERT_NE(swap, nullptr);
  EXPECT_EQ(swap(0x1234), 0x3412);
}

TEST(GetProcAddressTest, WideFunctionsAreOfTheCallersWidth) {
  const HMODULE library = GetModuleHandleA("kernel32.dll");
  auto* const file_name = function<decltype(GetModuleFileNameW)>(library, "GetModuleFileNameW");
  ASSERT_NE(file_name, nullptr);
  wchar_t wide[MAX_PATH];
  char narrow[MAX_PATH];
  ASSERT_EQ(file_name(nullptr, wide, MAX_PATH), GetModuleFileNameA(nullptr, narrow, MAX_PATH));
  EXPECT_EQ(std::wstring(wide), std::wstring(narrow, narrow + std::string(narrow).size()));
  char16_t path16[MAX_PATH];
  ASSERT_GT(short_wchar_own_path_by_address(path16, MAX_PATH), 0U);
  EXPECT_EQ(std::u16string(path16), std::u16string(narrow, narrow + std::string(narrow).size()));
}

TEST(GetProcAddressTest, OthersAreNotFound) {
  const HMODULE library = LoadLibraryA("iphlpapi.dll");
  for (const char* const name :
       {"GetTcpTable3", "gettcptable2", "malloc", "mnl_socket_open", "", "_wchar32"}) {
    EXPECT_EQ(GetProcAddress(library, name), nullptr) << name;
    EXPECT_EQ(GetLastError(), DWORD{ERROR_PROC_NOT_FOUND}) << name;
  }
  EXPECT_EQ(error_of(GetProcAddress(library, nullptr)), DWORD{ERROR_PROC_NOT_FOUND});
  EXPECT_EQ(error_of(GetProcAddress(library, reinterpret_cast<LPCSTR>(ULONG_PTR{17}))),
            DWORD{ERROR_PROC_NOT_FOUND});
  EXPECT_EQ(error_of(GetProcAddress(nullptr, "GetTcpTable2")), DWORD{ERROR_MOD_NOT_FOUND});
  EXPECT_EQ(error_of(GetProcAddress(GetModuleHandleA(nullptr), "main")), DWORD{ERROR_PROC_NOT_FOUND});
}

}  // namespace
