/* SPDX-License-Identifier: MIT */
/* Parts of paths, and of strings, of Windows' shell library. A path's names end at slashes and at
 * backslashes. No path is looked up, but by PathFileExists; no buffer is longer than MAX_PATH characters.
 * Source: the Microsoft page of each function's name. */
#ifndef TCPTABLE_WIN32_SHLWAPI_H
#define TCPTABLE_WIN32_SHLWAPI_H

#include "tcptable_printf.h"
#include "tcptable_wide.h"
#include "windef.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The last name, or the whole path where none is behind a separator. */
LPSTR WINAPI PathFindFileNameA(LPCSTR pszPath);
LPWSTR WINAPI PathFindFileNameW(LPCWSTR pszPath) TCPTABLE_WIN32_WIDE(PathFindFileNameW);

/* The last name's last dot, or the path's end. */
LPSTR WINAPI PathFindExtensionA(LPCSTR pszPath);
LPWSTR WINAPI PathFindExtensionW(LPCWSTR pszPath) TCPTABLE_WIN32_WIDE(PathFindExtensionW);

/* Leave the last name alone; cut the extension; cut the last name and the separators before it, but no root:
 * FALSE where nothing was to be cut. All do nothing with NULL. */
VOID WINAPI PathStripPathA(LPSTR pszPath);
VOID WINAPI PathStripPathW(LPWSTR pszPath) TCPTABLE_WIN32_WIDE(PathStripPathW);
VOID WINAPI PathRemoveExtensionA(LPSTR pszPath);
VOID WINAPI PathRemoveExtensionW(LPWSTR pszPath) TCPTABLE_WIN32_WIDE(PathRemoveExtensionW);
BOOL WINAPI PathRemoveFileSpecA(LPSTR pszPath);
BOOL WINAPI PathRemoveFileSpecW(LPWSTR pszPath) TCPTABLE_WIN32_WIDE(PathRemoveFileSpecW);

/* Whether there is a file or a directory of this path. FALSE with ERROR_FILE_NOT_FOUND, ERROR_PATH_NOT_FOUND,
 * ERROR_ACCESS_DENIED, or ERROR_INVALID_PARAMETER for NULL. */
BOOL WINAPI PathFileExistsA(LPCSTR pszPath);
BOOL WINAPI PathFileExistsW(LPCWSTR pszPath) TCPTABLE_WIN32_WIDE(PathFileExistsW);

/* Where the second is in the first, taking the ASCII letters of either case for the same; NULL where it is
 * not, and where it is empty. */
LPSTR WINAPI StrStrIA(LPCSTR pszFirst, LPCSTR pszSrch);
LPWSTR WINAPI StrStrIW(LPCWSTR pszFirst, LPCWSTR pszSrch) TCPTABLE_WIN32_WIDE(StrStrIW);

#ifdef __cplusplus
}
#endif

/* The text's length; a negative number where it was cut. */
static __inline__ int wnsprintfA(LPSTR pszDest, int cchDest, LPCSTR pszFmt, ...) {
  int length;
  va_list arguments;
  va_start(arguments, pszFmt);
  length = _vsnprintf_s(pszDest, TCPTABLE_WIN32_CAST(rsize_t, cchDest), _TRUNCATE, pszFmt, arguments);
  va_end(arguments);
  return length;
}
static __inline__ int wnsprintfW(LPWSTR pszDest, int cchDest, LPCWSTR pszFmt, ...) {
  int length;
  va_list arguments;
  va_start(arguments, pszFmt);
  length = _vsnwprintf_s(pszDest, TCPTABLE_WIN32_CAST(rsize_t, cchDest), _TRUNCATE, pszFmt, arguments);
  va_end(arguments);
  return length;
}

#ifdef UNICODE
#define PathFindFileName PathFindFileNameW
#define PathFindExtension PathFindExtensionW
#define PathStripPath PathStripPathW
#define PathRemoveExtension PathRemoveExtensionW
#define PathRemoveFileSpec PathRemoveFileSpecW
#define PathFileExists PathFileExistsW
#define StrStrI StrStrIW
#define wnsprintf wnsprintfW
#else
#define PathFindFileName PathFindFileNameA
#define PathFindExtension PathFindExtensionA
#define PathStripPath PathStripPathA
#define PathRemoveExtension PathRemoveExtensionA
#define PathRemoveFileSpec PathRemoveFileSpecA
#define PathFileExists PathFileExistsA
#define StrStrI StrStrIA
#define wnsprintf wnsprintfA
#endif

#endif
