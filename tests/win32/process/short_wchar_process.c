/* SPDX-License-Identifier: MIT */
/* Compiled with -fshort-wchar, where the headers' wide functions are the library's UTF-16 ones. */
#define UNICODE
#include "short_wchar_process.h"

#include <tlhelp32.h>
#include <windows.h>

uint32_t short_wchar_image_name(uint32_t pid, char16_t* buffer, uint32_t size) {
  HANDLE process = OpenProcess(PROCESS_QUERY_INFORMATION, FALSE, pid);
  DWORD length = size;
  if (!QueryFullProcessImageName(process, 0, (LPWSTR)buffer, &length)) length = 0;
  CloseHandle(process);
  return length;
}

uint32_t short_wchar_listed_name(uint32_t pid, char16_t* buffer, uint32_t size) {
  HANDLE list = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
  PROCESSENTRY32 entry;
  uint32_t length = 0;
  BOOL more;
  entry.dwSize = sizeof(entry);
  for (more = Process32First(list, &entry); more; more = Process32Next(list, &entry)) {
    if (entry.th32ProcessID != pid) continue;
    for (; length + 1 < size && entry.szExeFile[length] != 0; ++length)
      buffer[length] = (char16_t)entry.szExeFile[length];
    buffer[length] = 0;
  }
  CloseHandle(list);
  return length;
}

uint32_t short_wchar_own_path_by_address(char16_t* buffer, uint32_t size) {
  typedef DWORD(WINAPI * FileName)(HMODULE, LPWSTR, DWORD);
  FileName file_name = (FileName)GetProcAddress(GetModuleHandle(L"kernel32.dll"), "GetModuleFileNameW");
  return file_name == NULL ? 0 : file_name(NULL, (LPWSTR)buffer, size);
}
