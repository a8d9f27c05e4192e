// SPDX-License-Identifier: MIT
// The functions of fileapi.h that take a name, in UTF-8.
#include "win32/export.hpp"
#include "win32/files/named_files.hpp"

using namespace tcptable::win32;

TCPTABLE_WIN32_EXPORT HANDLE WINAPI CreateFileA(LPCSTR lpFileName, DWORD dwDesiredAccess,
                                                DWORD /*dwShareMode*/,
                                                LPSECURITY_ATTRIBUTES /*lpSecurityAttributes*/,
                                                DWORD dwCreationDisposition, DWORD dwFlagsAndAttributes,
                                                HANDLE /*hTemplateFile*/) {
  return create_file(lpFileName, {dwDesiredAccess, dwCreationDisposition, dwFlagsAndAttributes});
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI DeleteFileA(LPCSTR lpFileName) {
  return with_path(lpFileName, delete_file);
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI CreateDirectoryA(LPCSTR lpPathName,
                                                   LPSECURITY_ATTRIBUTES /*lpSecurityAttributes*/) {
  return with_path(lpPathName, create_directory);
}

TCPTABLE_WIN32_EXPORT DWORD WINAPI GetFileAttributesA(LPCSTR lpFileName) {
  return attributes_of(lpFileName);
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI GetFileAttributesExA(LPCSTR lpFileName, GET_FILEEX_INFO_LEVELS fInfoLevelId,
                                                       LPVOID lpFileInformation) {
  return give_attributes(lpFileName, fInfoLevelId, lpFileInformation);
}

TCPTABLE_WIN32_EXPORT HANDLE WINAPI FindFirstFileA(LPCSTR lpFileName, LPWIN32_FIND_DATAA lpFindFileData) {
  return find_first_file(lpFileName, lpFindFileData);
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI FindNextFileA(HANDLE hFindFile, LPWIN32_FIND_DATAA lpFindFileData) {
  return find_next_file<char>(hFindFile, lpFindFileData);
}
