/* SPDX-License-Identifier: MIT */
/* Strings and numbers under names that only Microsoft's C library has. Not a header of Windows (there they
 * come with <string.h>, <wchar.h> and <stdlib.h>): windows.h and tchar.h include it. Source: the Microsoft
 * page of each function's name. */
#ifndef TCPTABLE_WIN32_TCPTABLE_CRT_H
#define TCPTABLE_WIN32_TCPTABLE_CRT_H

#include "securecrt.h"
#include "tcptable_wide.h"

#define _countof(array) (sizeof(array) / sizeof((array)[0]))

#ifdef __cplusplus
extern "C" {
#endif

/* Takes the ASCII letters of either case for the same. INT_MAX with EINVAL in errno for NULL. */
int _stricmp(const char* first, const char* second);
int _strnicmp(const char* first, const char* second, size_t count);
int _wcsicmp(const wchar_t* first, const wchar_t* second) TCPTABLE_WIN32_WIDE(_wcsicmp);
int _wcsnicmp(const wchar_t* first, const wchar_t* second, size_t count) TCPTABLE_WIN32_WIDE(_wcsnicmp);

/* The same under their older names. */
int stricmp(const char* first, const char* second) __asm__("_stricmp");
int strnicmp(const char* first, const char* second, size_t count) __asm__("_strnicmp");
int wcsicmp(const wchar_t* first, const wchar_t* second) TCPTABLE_WIN32_WIDE(_wcsicmp);

/* For free(); NULL for NULL. */
char* _strdup(const char* source);
wchar_t* _wcsdup(const wchar_t* source) TCPTABLE_WIN32_WIDE(_wcsdup);

/* The decimal number at the beginning, behind blanks; 0 if there is none, the nearest if it is too large. */
int _wtoi(const wchar_t* text) TCPTABLE_WIN32_WIDE(_wtoi);
__extension__ long long _wtoi64(const wchar_t* text) TCPTABLE_WIN32_WIDE(_wtoi64);
__extension__ long long _atoi64(const char* text);

/* In a radix of 2 to 36; only in radix 10 is there a sign. 0, or EINVAL or ERANGE, which is in errno too, and
 * an empty string. A `long` is 32 bits. */
errno_t _itoa_s(int value, char* dst, size_t size, int radix);
errno_t _ltoa_s(int value, char* dst, size_t size, int radix) __asm__("_itoa_s");
errno_t _ultoa_s(unsigned value, char* dst, size_t size, int radix);
__extension__ errno_t _i64toa_s(long long value, char* dst, size_t size, int radix);
__extension__ errno_t _ui64toa_s(unsigned long long value, char* dst, size_t size, int radix);

#ifdef __cplusplus
}
#endif

#endif
