// SPDX-License-Identifier: MIT
// The naming functions in wide characters. Compiled twice, see win32/wide_unit.hpp.
#include "win32/export.hpp"
#include "win32/process/name_calls.hpp"
#include "win32/wide_unit.hpp"

#include <libloaderapi.h>
#include <processthreadsapi.h>
#include <psapi.h>

using namespace tcptable::win32;

TCPTABLE_WIN32_EXPORT BOOL WINAPI QueryFullProcessImageNameW(HANDLE hProcess, DWORD dwFlags, LPWSTR lpExeName,
                                                             PDWORD lpdwSize) {
  return query_image_name(hProcess, dwFlags, units(lpExeName), lpdwSize);
}

TCPTABLE_WIN32_EXPORT DWORD WINAPI GetProcessImageFileNameW(HANDLE hProcess, LPWSTR lpImageFileName,
                                                            DWORD nSize) {
  return process_image_file_name(hProcess, units(lpImageFileName), nSize);
}

TCPTABLE_WIN32_EXPORT DWORD WINAPI GetModuleBaseNameW(HANDLE hProcess, HMODULE hModule, LPWSTR lpBaseName,
                                                      DWORD nSize) {
  return module_base_name(hProcess, hModule, units(lpBaseName), nSize);
}

TCPTABLE_WIN32_EXPORT DWORD WINAPI GetModuleFileNameExW(HANDLE hProcess, HMODULE hModule, LPWSTR lpFilename,
                                                        DWORD nSize) {
  return module_file_name(hProcess, hModule, units(lpFilename), nSize);
}

TCPTABLE_WIN32_EXPORT DWORD WINAPI GetModuleFileNameW(HMODULE hModule, LPWSTR lpFilename, DWORD nSize) {
  return module_file_name(GetCurrentProcess(), hModule, units(lpFilename), nSize);
}
