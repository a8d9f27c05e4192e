/* SPDX-License-Identifier: MIT */
/* Compiled with -fshort-wchar, where the headers' wide functions are the library's UTF-16 ones. */
#include "short_wchar_calls.h"

#include <windows.h>

DWORD short_wchar_message(DWORD code, uint16_t* buffer, DWORD size) {
  return FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM, NULL, code, 0, (WCHAR*)buffer, size, NULL);
}

int short_wchar_copy(uint16_t* dst, size_t size) {
  return wcscpy_s((WCHAR*)dst, size, L"abc");
}
