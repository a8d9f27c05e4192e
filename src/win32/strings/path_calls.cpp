// SPDX-License-Identifier: MIT
// _splitpath and shlwapi.h for narrow strings.
#include "win32/export.hpp"
#include "win32/strings/path_parts.hpp"
#include "win32/strings/shell_strings.hpp"

#include <shlwapi.h>
#include <tcptable_crt.h>

using namespace tcptable::win32;

TCPTABLE_WIN32_EXPORT errno_t _splitpath_s(const char* path, char* drive, size_t drive_size, char* directory,
                                           size_t directory_size, char* name, size_t name_size,
                                           char* extension, size_t extension_size) {
  return split_path<char>(path, {drive, drive_size}, {directory, directory_size}, {name, name_size},
                          {extension, extension_size});
}

TCPTABLE_WIN32_EXPORT LPSTR WINAPI PathFindFileNameA(LPCSTR pszPath) {
  return const_cast<LPSTR>(find_file_name(pszPath));
}

TCPTABLE_WIN32_EXPORT LPSTR WINAPI PathFindExtensionA(LPCSTR pszPath) {
  return const_cast<LPSTR>(find_extension(pszPath));
}

TCPTABLE_WIN32_EXPORT VOID WINAPI PathStripPathA(LPSTR pszPath) {
  strip_path(pszPath);
}

TCPTABLE_WIN32_EXPORT VOID WINAPI PathRemoveExtensionA(LPSTR pszPath) {
  if (pszPath != nullptr) *find_extension(pszPath) = 0;
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI PathRemoveFileSpecA(LPSTR pszPath) {
  return remove_file_spec(pszPath) ? TRUE : FALSE;
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI PathFileExistsA(LPCSTR pszPath) {
  return path_exists(pszPath);
}

TCPTABLE_WIN32_EXPORT LPSTR WINAPI StrStrIA(LPCSTR pszFirst, LPCSTR pszSrch) {
  return const_cast<LPSTR>(find_folded(pszFirst, pszSrch));
}
