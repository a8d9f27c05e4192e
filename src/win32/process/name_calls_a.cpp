// SPDX-License-Identifier: MIT
// The naming functions in UTF-8.
#include "win32/export.hpp"
#include "win32/process/name_calls.hpp"

#include <libloaderapi.h>
#include <processthreadsapi.h>
#include <psapi.h>

using namespace tcptable::win32;

TCPTABLE_WIN32_EXPORT BOOL WINAPI QueryFullProcessImageNameA(HANDLE hProcess, DWORD dwFlags, LPSTR lpExeName,
                                                             PDWORD lpdwSize) {
  return query_image_name(hProcess, dwFlags, lpExeName, lpdwSize);
}

TCPTABLE_WIN32_EXPORT DWORD WINAPI GetProcessImageFileNameA(HANDLE hProcess, LPSTR lpImageFileName,
                                                            DWORD nSize) {
  return process_image_file_name(hProcess, lpImageFileName, nSize);
}

TCPTABLE_WIN32_EXPORT DWORD WINAPI GetModuleBaseNameA(HANDLE hProcess, HMODULE hModule, LPSTR lpBaseName,
                                                      DWORD nSize) {
  return module_base_name(hProcess, hModule, lpBaseName, nSize);
}

TCPTABLE_WIN32_EXPORT DWORD WINAPI GetModuleFileNameExA(HANDLE hProcess, HMODULE hModule, LPSTR lpFilename,
                                                        DWORD nSize) {
  return module_file_name(hProcess, hModule, lpFilename, nSize);
}

TCPTABLE_WIN32_EXPORT DWORD WINAPI GetModuleFileNameA(HMODULE hModule, LPSTR lpFilename, DWORD nSize) {
  return module_file_name(GetCurrentProcess(), hModule, lpFilename, nSize);
}
