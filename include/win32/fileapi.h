/* SPDX-License-Identifier: MIT */
/* Files. Names are UTF-8 to the kernel; backslashes part a path as slashes do, and a drive is a directory
 * that is not there. Handles go back by CloseHandle, those of FindFirstFile by FindClose. No call is
 * overlapped, and nobody is kept from a file that somebody has opened. Source: the Microsoft page of each
 * function's name.
 *
 * Errors of names: ERROR_FILE_NOT_FOUND, ERROR_PATH_NOT_FOUND where a directory on the way is not there,
 * ERROR_ACCESS_DENIED, ERROR_FILE_EXISTS, ERROR_FILENAME_EXCED_RANGE; ERROR_INVALID_PARAMETER for NULL. */
#ifndef TCPTABLE_WIN32_FILEAPI_H
#define TCPTABLE_WIN32_FILEAPI_H

#include "synchapi.h"
#include "tcptable_wide.h"
#include "windef.h"

#define GENERIC_READ 0x80000000
#define GENERIC_WRITE 0x40000000
#define GENERIC_EXECUTE 0x20000000
#define GENERIC_ALL 0x10000000
#define FILE_READ_DATA 0x0001
#define FILE_WRITE_DATA 0x0002
#define FILE_APPEND_DATA 0x0004
#define FILE_READ_ATTRIBUTES 0x0080
#define FILE_WRITE_ATTRIBUTES 0x0100

#define FILE_SHARE_READ 0x00000001
#define FILE_SHARE_WRITE 0x00000002
#define FILE_SHARE_DELETE 0x00000004

#define CREATE_NEW 1
#define CREATE_ALWAYS 2
#define OPEN_EXISTING 3
#define OPEN_ALWAYS 4
#define TRUNCATE_EXISTING 5

/* READONLY: nobody has the right to write; HIDDEN: the name begins with a dot; NORMAL: none of the others. */
#define FILE_ATTRIBUTE_READONLY 0x00000001
#define FILE_ATTRIBUTE_HIDDEN 0x00000002
#define FILE_ATTRIBUTE_SYSTEM 0x00000004
#define FILE_ATTRIBUTE_DIRECTORY 0x00000010
#define FILE_ATTRIBUTE_ARCHIVE 0x00000020
#define FILE_ATTRIBUTE_NORMAL 0x00000080
#define FILE_ATTRIBUTE_TEMPORARY 0x00000100
#define INVALID_FILE_ATTRIBUTES TCPTABLE_WIN32_CAST(DWORD, -1)

#define FILE_FLAG_WRITE_THROUGH 0x80000000
#define FILE_FLAG_OVERLAPPED 0x40000000
#define FILE_FLAG_NO_BUFFERING 0x20000000
#define FILE_FLAG_RANDOM_ACCESS 0x10000000
#define FILE_FLAG_SEQUENTIAL_SCAN 0x08000000
#define FILE_FLAG_DELETE_ON_CLOSE 0x04000000
#define FILE_FLAG_BACKUP_SEMANTICS 0x02000000

#define FILE_BEGIN 0
#define FILE_CURRENT 1
#define FILE_END 2
#define INVALID_FILE_SIZE TCPTABLE_WIN32_CAST(DWORD, 0xFFFFFFFF)
#define INVALID_SET_FILE_POINTER TCPTABLE_WIN32_CAST(DWORD, -1)

/* For arguments that are to be NULL. */
typedef struct _OVERLAPPED {
  ULONG_PTR Internal;
  ULONG_PTR InternalHigh;
  __extension__ union {
    __extension__ struct {
      DWORD Offset;
      DWORD OffsetHigh;
    };
    PVOID Pointer;
  };
  HANDLE hEvent;
} OVERLAPPED, *LPOVERLAPPED;

typedef enum _GET_FILEEX_INFO_LEVELS { GetFileExInfoStandard } GET_FILEEX_INFO_LEVELS;

/* Sizes are bytes, times UTC; ftCreationTime is 0 where the file system doesn't keep it. */
typedef struct _WIN32_FILE_ATTRIBUTE_DATA {
  DWORD dwFileAttributes;
  FILETIME ftCreationTime;
  FILETIME ftLastAccessTime;
  FILETIME ftLastWriteTime;
  DWORD nFileSizeHigh;
  DWORD nFileSizeLow;
} WIN32_FILE_ATTRIBUTE_DATA, *LPWIN32_FILE_ATTRIBUTE_DATA;

/* The same with the name; there is no alternate one. */
typedef struct _WIN32_FIND_DATAA {
  DWORD dwFileAttributes;
  FILETIME ftCreationTime;
  FILETIME ftLastAccessTime;
  FILETIME ftLastWriteTime;
  DWORD nFileSizeHigh;
  DWORD nFileSizeLow;
  DWORD dwReserved0;
  DWORD dwReserved1;
  CHAR cFileName[MAX_PATH];
  CHAR cAlternateFileName[14];
} WIN32_FIND_DATAA, *PWIN32_FIND_DATAA, *LPWIN32_FIND_DATAA;

typedef struct _WIN32_FIND_DATAW {
  DWORD dwFileAttributes;
  FILETIME ftCreationTime;
  FILETIME ftLastAccessTime;
  FILETIME ftLastWriteTime;
  DWORD nFileSizeHigh;
  DWORD nFileSizeLow;
  DWORD dwReserved0;
  DWORD dwReserved1;
  WCHAR cFileName[MAX_PATH];
  WCHAR cAlternateFileName[14];
} WIN32_FIND_DATAW, *PWIN32_FIND_DATAW, *LPWIN32_FIND_DATAW;

#ifdef __cplusplus
extern "C" {
#endif

/* INVALID_HANDLE_VALUE is failure. CREATE_ALWAYS and OPEN_ALWAYS that find the file succeed with
 * ERROR_ALREADY_EXISTS as last error, else NO_ERROR. A new file may be read and written as the umask says. A
 * directory wants FILE_FLAG_BACKUP_SEMANTICS, else ERROR_ACCESS_DENIED. ERROR_NOT_SUPPORTED for
 * FILE_FLAG_OVERLAPPED and FILE_FLAG_DELETE_ON_CLOSE; ERROR_INVALID_PARAMETER for another disposition, and
 * for TRUNCATE_EXISTING without GENERIC_WRITE. The share mode, the other flags, the security attributes and
 * the template change nothing. */
HANDLE WINAPI CreateFileA(LPCSTR lpFileName, DWORD dwDesiredAccess, DWORD dwShareMode,
                          LPSECURITY_ATTRIBUTES lpSecurityAttributes, DWORD dwCreationDisposition,
                          DWORD dwFlagsAndAttributes, HANDLE hTemplateFile);
HANDLE WINAPI CreateFileW(LPCWSTR lpFileName, DWORD dwDesiredAccess, DWORD dwShareMode,
                          LPSECURITY_ATTRIBUTES lpSecurityAttributes, DWORD dwCreationDisposition,
                          DWORD dwFlagsAndAttributes, HANDLE hTemplateFile) TCPTABLE_WIN32_WIDE(CreateFileW);

/* From a file or the standard input: TRUE with 0 bytes at its end. WriteFile is in wincon.h. FALSE with
 * ERROR_INVALID_HANDLE, ERROR_ACCESS_DENIED for one that was not opened for it, ERROR_INVALID_PARAMETER for
 * what is overlapped or NULL, or ERROR_GEN_FAILURE. */
BOOL WINAPI ReadFile(HANDLE hFile, LPVOID lpBuffer, DWORD nNumberOfBytesToRead, LPDWORD lpNumberOfBytesRead,
                     LPOVERLAPPED lpOverlapped);

/* Everything is on the disk when it returns. */
BOOL WINAPI FlushFileBuffers(HANDLE hFile);

/* Bytes. INVALID_FILE_SIZE is failure if the last error is not NO_ERROR. */
DWORD WINAPI GetFileSize(HANDLE hFile, LPDWORD lpFileSizeHigh);
BOOL WINAPI GetFileSizeEx(HANDLE hFile, PLARGE_INTEGER lpFileSize);

/* Where the next read or write begins, in bytes; where that is, is the answer. Without the high half the
 * distance is signed. INVALID_SET_FILE_POINTER is failure if the last error is not NO_ERROR;
 * ERROR_NEGATIVE_SEEK for a place before the beginning. SetEndOfFile cuts or lengthens the file to there. */
DWORD WINAPI SetFilePointer(HANDLE hFile, LONG lDistanceToMove, PLONG lpDistanceToMoveHigh,
                            DWORD dwMoveMethod);
BOOL WINAPI SetFilePointerEx(HANDLE hFile, LARGE_INTEGER liDistanceToMove, PLARGE_INTEGER lpNewFilePointer,
                             DWORD dwMoveMethod);
BOOL WINAPI SetEndOfFile(HANDLE hFile);

/* A file whose handles are open lives on without its name. ERROR_ACCESS_DENIED for a directory. */
BOOL WINAPI DeleteFileA(LPCSTR lpFileName);
BOOL WINAPI DeleteFileW(LPCWSTR lpFileName) TCPTABLE_WIN32_WIDE(DeleteFileW);

/* ERROR_ALREADY_EXISTS where there is one. */
BOOL WINAPI CreateDirectoryA(LPCSTR lpPathName, LPSECURITY_ATTRIBUTES lpSecurityAttributes);
BOOL WINAPI CreateDirectoryW(LPCWSTR lpPathName, LPSECURITY_ATTRIBUTES lpSecurityAttributes)
    TCPTABLE_WIN32_WIDE(CreateDirectoryW);

/* INVALID_FILE_ATTRIBUTES is failure. Of a link they are what it leads to. */
DWORD WINAPI GetFileAttributesA(LPCSTR lpFileName);
DWORD WINAPI GetFileAttributesW(LPCWSTR lpFileName) TCPTABLE_WIN32_WIDE(GetFileAttributesW);
BOOL WINAPI GetFileAttributesExA(LPCSTR lpFileName, GET_FILEEX_INFO_LEVELS fInfoLevelId,
                                 LPVOID lpFileInformation);
BOOL WINAPI GetFileAttributesExW(LPCWSTR lpFileName, GET_FILEEX_INFO_LEVELS fInfoLevelId,
                                 LPVOID lpFileInformation) TCPTABLE_WIN32_WIDE(GetFileAttributesExW);

/* The names of one directory that its last part allows, with * and ?, which know no case of ASCII letters;
 * "*.*" allows all. "." and ".." are among them. INVALID_HANDLE_VALUE with ERROR_FILE_NOT_FOUND where there
 * is none; FindNextFile ends with ERROR_NO_MORE_FILES. */
HANDLE WINAPI FindFirstFileA(LPCSTR lpFileName, LPWIN32_FIND_DATAA lpFindFileData);
HANDLE WINAPI FindFirstFileW(LPCWSTR lpFileName, LPWIN32_FIND_DATAW lpFindFileData)
    TCPTABLE_WIN32_WIDE(FindFirstFileW);
BOOL WINAPI FindNextFileA(HANDLE hFindFile, LPWIN32_FIND_DATAA lpFindFileData);
BOOL WINAPI FindNextFileW(HANDLE hFindFile, LPWIN32_FIND_DATAW lpFindFileData)
    TCPTABLE_WIN32_WIDE(FindNextFileW);
BOOL WINAPI FindClose(HANDLE hFindFile);

#ifdef __cplusplus
}
#endif

#ifdef UNICODE
typedef WIN32_FIND_DATAW WIN32_FIND_DATA, *PWIN32_FIND_DATA, *LPWIN32_FIND_DATA;
#define CreateFile CreateFileW
#define DeleteFile DeleteFileW
#define CreateDirectory CreateDirectoryW
#define GetFileAttributes GetFileAttributesW
#define GetFileAttributesEx GetFileAttributesExW
#define FindFirstFile FindFirstFileW
#define FindNextFile FindNextFileW
#else
typedef WIN32_FIND_DATAA WIN32_FIND_DATA, *PWIN32_FIND_DATA, *LPWIN32_FIND_DATA;
#define CreateFile CreateFileA
#define DeleteFile DeleteFileA
#define CreateDirectory CreateDirectoryA
#define GetFileAttributes GetFileAttributesA
#define GetFileAttributesEx GetFileAttributesExA
#define FindFirstFile FindFirstFileA
#define FindNextFile FindNextFileA
#endif

#endif
