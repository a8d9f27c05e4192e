/* SPDX-License-Identifier: MIT */
/* Compiled with -fshort-wchar, where the headers' wide functions are the library's UTF-16 ones. */
#include "win32/files/short_wchar_files.h"

#include <windows.h>

int short_wchar_find(const uint16_t* pattern, uint16_t* name, size_t size) {
  WIN32_FIND_DATAW found;
  const HANDLE search = FindFirstFileW((const WCHAR*)pattern, &found);
  if (search == INVALID_HANDLE_VALUE) return 0;
  return FindClose(search) && wcscpy_s((WCHAR*)name, size, found.cFileName) == 0;
}
