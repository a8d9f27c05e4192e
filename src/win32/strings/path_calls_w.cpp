// SPDX-License-Identifier: MIT
// _wsplitpath and shlwapi.h for wide strings. Compiled twice, see win32/wide_unit.hpp.
#include "win32/export.hpp"
#include "win32/strings/path_parts.hpp"
#include "win32/strings/shell_strings.hpp"
#include "win32/wide_unit.hpp"

#include <shlwapi.h>
#include <tcptable_crt.h>

using namespace tcptable::win32;

namespace {

LPWSTR wide(const WideUnit* text) {
  return reinterpret_cast<LPWSTR>(const_cast<WideUnit*>(text));
}

}  // namespace

TCPTABLE_WIN32_EXPORT errno_t _wsplitpath_s(const wchar_t* path, wchar_t* drive, size_t drive_size,
                                            wchar_t* directory, size_t directory_size, wchar_t* name,
                                            size_t name_size, wchar_t* extension, size_t extension_size) {
  return split_path<WideUnit>(units(path), {units(drive), drive_size}, {units(directory), directory_size},
                              {units(name), name_size}, {units(extension), extension_size});
}

TCPTABLE_WIN32_EXPORT LPWSTR WINAPI PathFindFileNameW(LPCWSTR pszPath) {
  return wide(find_file_name(units(pszPath)));
}

TCPTABLE_WIN32_EXPORT LPWSTR WINAPI PathFindExtensionW(LPCWSTR pszPath) {
  return wide(find_extension(units(pszPath)));
}

TCPTABLE_WIN32_EXPORT VOID WINAPI PathStripPathW(LPWSTR pszPath) {
  strip_path(units(pszPath));
}

TCPTABLE_WIN32_EXPORT VOID WINAPI PathRemoveExtensionW(LPWSTR pszPath) {
  if (pszPath != nullptr) *find_extension(units(pszPath)) = 0;
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI PathRemoveFileSpecW(LPWSTR pszPath) {
  return remove_file_spec(units(pszPath)) ? TRUE : FALSE;
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI PathFileExistsW(LPCWSTR pszPath) {
  return path_exists(units(pszPath));
}

TCPTABLE_WIN32_EXPORT LPWSTR WINAPI StrStrIW(LPCWSTR pszFirst, LPCWSTR pszSrch) {
  return wide(find_folded(units(pszFirst), units(pszSrch)));
}
