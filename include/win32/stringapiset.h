/* SPDX-License-Identifier: MIT */
/* Strings of the Windows API: from one width to the other, and the functions that begin with lstr. Narrow
 * text is UTF-8. Source: the Microsoft page of each function's name. */
#ifndef TCPTABLE_WIN32_STRINGAPISET_H
#define TCPTABLE_WIN32_STRINGAPISET_H

#include "tcptable_wide.h"
#include "windef.h"

/* The code pages that there are, all of them UTF-8 here. */
#define CP_ACP 0
#define CP_OEMCP 1
#define CP_THREAD_ACP 3
#define CP_UTF8 65001

#define MB_PRECOMPOSED 0x00000001
#define MB_ERR_INVALID_CHARS 0x00000008
#define WC_ERR_INVALID_CHARS 0x00000080

#ifdef __cplusplus
extern "C" {
#endif

/* The number of characters written, or with a size of 0 the number needed; a length of -1 means up to the
 * zero, which is converted too. What is no text becomes U+FFFD, or is an error with ..._ERR_INVALID_CHARS.
 * 0 with ERROR_INSUFFICIENT_BUFFER, ERROR_INVALID_PARAMETER (another code page, NULL, a length of 0, both
 * texts one), ERROR_NO_UNICODE_TRANSLATION. The last two parameters of WideCharToMultiByte are to be NULL, as
 * for UTF-8 on Windows; *lpUsedDefaultChar becomes FALSE. */
int WINAPI MultiByteToWideChar(UINT CodePage, DWORD dwFlags, LPCSTR lpMultiByteStr, int cbMultiByte,
                               LPWSTR lpWideCharStr, int cchWideChar)
    TCPTABLE_WIN32_WIDE(MultiByteToWideChar);
int WINAPI WideCharToMultiByte(UINT CodePage, DWORD dwFlags, LPCWSTR lpWideCharStr, int cchWideChar,
                               LPSTR lpMultiByteStr, int cbMultiByte, LPCSTR lpDefaultChar,
                               BOOL* lpUsedDefaultChar) TCPTABLE_WIN32_WIDE(WideCharToMultiByte);

/* CP_UTF8, both. */
UINT WINAPI GetACP(void);
UINT WINAPI GetOEMCP(void);

/* NULL has the length 0 and is less than any string. Copying and appending know no bound, and give NULL for
 * NULL; lstrcpyn cuts to iMaxLength characters with the zero. The comparisons are of code points, without the
 * rules of a language; those that end in i take the ASCII letters of either case for the same. */
int WINAPI lstrlenA(LPCSTR lpString);
int WINAPI lstrlenW(LPCWSTR lpString) TCPTABLE_WIN32_WIDE(lstrlenW);
LPSTR WINAPI lstrcpyA(LPSTR lpString1, LPCSTR lpString2);
LPWSTR WINAPI lstrcpyW(LPWSTR lpString1, LPCWSTR lpString2) TCPTABLE_WIN32_WIDE(lstrcpyW);
LPSTR WINAPI lstrcpynA(LPSTR lpString1, LPCSTR lpString2, int iMaxLength);
LPWSTR WINAPI lstrcpynW(LPWSTR lpString1, LPCWSTR lpString2, int iMaxLength) TCPTABLE_WIN32_WIDE(lstrcpynW);
LPSTR WINAPI lstrcatA(LPSTR lpString1, LPCSTR lpString2);
LPWSTR WINAPI lstrcatW(LPWSTR lpString1, LPCWSTR lpString2) TCPTABLE_WIN32_WIDE(lstrcatW);
int WINAPI lstrcmpA(LPCSTR lpString1, LPCSTR lpString2);
int WINAPI lstrcmpW(LPCWSTR lpString1, LPCWSTR lpString2) TCPTABLE_WIN32_WIDE(lstrcmpW);
int WINAPI lstrcmpiA(LPCSTR lpString1, LPCSTR lpString2);
int WINAPI lstrcmpiW(LPCWSTR lpString1, LPCWSTR lpString2) TCPTABLE_WIN32_WIDE(lstrcmpiW);

#ifdef __cplusplus
}
#endif

#ifdef UNICODE
#define lstrlen lstrlenW
#define lstrcpy lstrcpyW
#define lstrcpyn lstrcpynW
#define lstrcat lstrcatW
#define lstrcmp lstrcmpW
#define lstrcmpi lstrcmpiW
#else
#define lstrlen lstrlenA
#define lstrcpy lstrcpyA
#define lstrcpyn lstrcpynA
#define lstrcat lstrcatA
#define lstrcmp lstrcmpA
#define lstrcmpi lstrcmpiA
#endif

#endif
