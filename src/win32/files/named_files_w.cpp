// SPDX-License-Identifier: MIT
// The functions of fileapi.h that take a name, for wide characters. Compiled twice, see win32/wide_unit.hpp.
#include "win32/export.hpp"
#include "win32/files/named_files.hpp"
#include "win32/wide_unit.hpp"

using namespace tcptable::win32;

TCPTABLE_WIN32_EXPORT HANDLE WINAPI CreateFileW(LPCWSTR lpFileName, DWORD dwDesiredAccess,
                                                DWORD /*dwShareMode*/,
                                                LPSECURITY_ATTRIBUTES /*lpSecurityAttributes*/,
                                                DWORD dwCreationDisposition, DWORD dwFlagsAndAttributes,
                                                HANDLE /*hTemplateFile*/) {
  return create_file(units(lpFileName), {dwDesiredAccess, dwCreationDisposition, dwFlagsAndAttributes});
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI DeleteFileW(LPCWSTR lpFileName) {
  return with_path(units(lpFileName), delete_file);
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI CreateDirectoryW(LPCWSTR lpPathName,
                                                   LPSECURITY_ATTRIBUTES /*lpSecurityAttributes*/) {
  return with_path(units(lpPathName), create_directory);
}

TCPTABLE_WIN32_EXPORT DWORD WINAPI GetFileAttributesW(LPCWSTR lpFileName) {
  return attributes_of(units(lpFileName));
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI GetFileAttributesExW(LPCWSTR lpFileName,
                                                       GET_FILEEX_INFO_LEVELS fInfoLevelId,
                                                       LPVOID lpFileInformation) {
  return give_attributes(units(lpFileName), fInfoLevelId, lpFileInformation);
}

TCPTABLE_WIN32_EXPORT HANDLE WINAPI FindFirstFileW(LPCWSTR lpFileName, LPWIN32_FIND_DATAW lpFindFileData) {
  return find_first_file(units(lpFileName), lpFindFileData);
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI FindNextFileW(HANDLE hFindFile, LPWIN32_FIND_DATAW lpFindFileData) {
  return find_next_file<WideUnit>(hFindFile, lpFindFileData);
}
