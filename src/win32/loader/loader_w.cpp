// SPDX-License-Identifier: MIT
// LoadLibrary and its like in wide characters, and GetProcAddress, which finds functions of the caller's
// width. Compiled twice, see win32/wide_unit.hpp.
#include "win32/export.hpp"
#include "win32/loader/loader_calls.hpp"
#include "win32/wide_unit.hpp"

#include <libloaderapi.h>

using namespace tcptable::win32;

namespace {

constexpr WideCharacters kWidth =
    sizeof(wchar_t) == sizeof(char16_t) ? WideCharacters::utf16 : WideCharacters::utf32;

// Windows takes a small number in the name's place for an ordinal.
bool is_name(LPCSTR name) {
  return reinterpret_cast<ULONG_PTR>(name) > 0xFFFF;
}

}  // namespace

TCPTABLE_WIN32_EXPORT HMODULE WINAPI LoadLibraryW(LPCWSTR lpLibFileName) {
  return load_library(units(lpLibFileName), nullptr);
}

TCPTABLE_WIN32_EXPORT HMODULE WINAPI LoadLibraryExW(LPCWSTR lpLibFileName, HANDLE hFile, DWORD /*dwFlags*/) {
  return load_library(units(lpLibFileName), hFile);
}

TCPTABLE_WIN32_EXPORT HMODULE WINAPI GetModuleHandleW(LPCWSTR lpModuleName) {
  return module_handle(units(lpModuleName));
}

TCPTABLE_WIN32_EXPORT FARPROC WINAPI GetProcAddress(HMODULE hModule, LPCSTR lpProcName) {
  if (hModule == own_executable() && hModule != nullptr)
    return fail_with<FARPROC>(ERROR_PROC_NOT_FOUND, nullptr);
  if (hModule != own_library()) return fail_with<FARPROC>(ERROR_MOD_NOT_FOUND, nullptr);
  void* function = nullptr;
  const DWORD code = guarded([&]() -> ULONG {
    if (is_name(lpProcName)) function = exported_function(lpProcName, kWidth);
    return function != nullptr ? NO_ERROR : ERROR_PROC_NOT_FOUND;
  });
  return code == NO_ERROR ? reinterpret_cast<FARPROC>(function) : fail_with<FARPROC>(code, nullptr);
}
