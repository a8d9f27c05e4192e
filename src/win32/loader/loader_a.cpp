// SPDX-License-Identifier: MIT
// LoadLibrary and its like in UTF-8, and what has no text.
#include "win32/export.hpp"
#include "win32/loader/loader_calls.hpp"

#include <libloaderapi.h>

using namespace tcptable::win32;

TCPTABLE_WIN32_EXPORT HMODULE WINAPI LoadLibraryA(LPCSTR lpLibFileName) {
  return load_library(lpLibFileName, nullptr);
}

TCPTABLE_WIN32_EXPORT HMODULE WINAPI LoadLibraryExA(LPCSTR lpLibFileName, HANDLE hFile, DWORD /*dwFlags*/) {
  return load_library(lpLibFileName, hFile);
}

TCPTABLE_WIN32_EXPORT HMODULE WINAPI GetModuleHandleA(LPCSTR lpModuleName) {
  return module_handle(lpModuleName);
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI FreeLibrary(HMODULE hLibModule) {
  // It stays: the program is linked to it, or has loaded it itself.
  return hLibModule != nullptr && hLibModule == own_library() ? TRUE : fail_with(ERROR_INVALID_HANDLE, FALSE);
}
