// SPDX-License-Identifier: MIT
// A program built with UNICODE: the generic names are the wide functions.
#define UNICODE
#define _UNICODE
// clang-format off
#include <WinSock2.h>
#include <WS2tcpip.h>
#include <Windows.h>
#include <Psapi.h>
#include <TlHelp32.h>
#include <tchar.h>
// clang-format on

#include <gtest/gtest.h>

#include <string>

namespace {

TEST(GenericText, IsWideWithUnicode) {
  TCHAR text[MAX_PATH];
  EXPECT_EQ(_stprintf_s(text, MAX_PATH, _T("%lu %s"), DWORD{7}, _T("x")), 3);
  EXPECT_STREQ(text, L"7 x");
  EXPECT_EQ(_tcsicmp(text, TEXT("7 X")), 0);
  EXPECT_EQ(_ttoi(text), 7);
  EXPECT_EQ(lstrlen(lstrcpy(text, TEXT("abc"))), 3);
  wsprintf(text, TEXT("%ld"), DWORD{0xFFFFFFFF});
  EXPECT_STREQ(text, L"-1");
}

TEST(GenericText, NamesTheWideFunctionsOfTheApi) {
  TCHAR path[MAX_PATH];
  TCHAR same[MAX_PATH];
  DWORD size = MAX_PATH;
  EXPECT_GT(GetModuleFileName(nullptr, path, MAX_PATH), 0U);
  ASSERT_TRUE(QueryFullProcessImageName(GetCurrentProcess(), 0, same, &size));
  EXPECT_STREQ(same, path);
  EXPECT_NE(LoadLibrary(TEXT("iphlpapi.dll")), nullptr);
  PROCESSENTRY32 entry{};
  entry.dwSize = sizeof(PROCESSENTRY32);
  const HANDLE list = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
  ASSERT_TRUE(Process32First(list, &entry));
  EXPECT_STREQ(entry.szExeFile, TEXT("[System Process]"));
  EXPECT_TRUE(CloseHandle(list));
  GetModuleBaseName(GetCurrentProcess(), nullptr, same, MAX_PATH);
  EXPECT_TRUE(std::wstring(path).ends_with(same));
}

}  // namespace
