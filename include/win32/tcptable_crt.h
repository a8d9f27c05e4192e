/* SPDX-License-Identifier: MIT */
/* Strings and numbers under names that only Microsoft's C library has. Not a header of Windows (there they
 * come with <string.h>, <wchar.h> and <stdlib.h>): windows.h and tchar.h include it. Source: the Microsoft
 * page of each function's name. */
#ifndef TCPTABLE_WIN32_TCPTABLE_CRT_H
#define TCPTABLE_WIN32_TCPTABLE_CRT_H

#include "securecrt.h"
#include "tcptable_wide.h"

#define _countof(array) (sizeof(array) / sizeof((array)[0]))

/* Memory of the function that calls it, gone when that returns. */
#define _alloca(size) __builtin_alloca(size)

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

/* With a buffer that has room enough: 34 characters, 66 for 64 bits. */
static __inline__ char* _itoa(int value, char* dst, int radix) {
  _itoa_s(value, dst, 34, radix);
  return dst;
}
static __inline__ char* _ultoa(unsigned value, char* dst, int radix) {
  _ultoa_s(value, dst, 34, radix);
  return dst;
}
__extension__ static __inline__ char* _i64toa(long long value, char* dst, int radix) {
  _i64toa_s(value, dst, 66, radix);
  return dst;
}
__extension__ static __inline__ char* _ui64toa(unsigned long long value, char* dst, int radix) {
  _ui64toa_s(value, dst, 66, radix);
  return dst;
}
#define _ltoa _itoa
#define itoa _itoa
#define ultoa _ultoa

/* The ASCII letters in the other case, where they are. */
#define TCPTABLE_WIN32_CHANGE_CASE(name, Char, first, last, distance)                                 \
  static __inline__ Char* name(Char* text) {                                                          \
    Char* each = text;                                                                                \
    for (; *each; ++each) {                                                                           \
      if (*each >= first && *each <= last) *each = TCPTABLE_WIN32_CAST_CRT(Char, *each + (distance)); \
    }                                                                                                 \
    return text;                                                                                      \
  }
#ifdef __cplusplus
#define TCPTABLE_WIN32_CAST_CRT(Char, value) (Char(value))
#else
#define TCPTABLE_WIN32_CAST_CRT(Char, value) ((Char)(value))
#endif
TCPTABLE_WIN32_CHANGE_CASE(_strupr, char, 'a', 'z', 'A' - 'a')
TCPTABLE_WIN32_CHANGE_CASE(_strlwr, char, 'A', 'Z', 'a' - 'A')
TCPTABLE_WIN32_CHANGE_CASE(_wcsupr, wchar_t, L'a', L'z', L'A' - L'a')
TCPTABLE_WIN32_CHANGE_CASE(_wcslwr, wchar_t, L'A', L'Z', L'a' - L'A')
#undef TCPTABLE_WIN32_CHANGE_CASE
#undef TCPTABLE_WIN32_CAST_CRT

/* The drive ("c:"), the directory with its separators at the end, the name, and the extension with its dot. A
 * buffer that is NULL, with a size of 0, wants none. Sizes are in characters; EINVAL or ERANGE, which is in
 * errno too, and empty strings. */
errno_t _splitpath_s(const char* path, char* drive, size_t drive_size, char* directory, size_t directory_size,
                     char* name, size_t name_size, char* extension, size_t extension_size);
errno_t _wsplitpath_s(const wchar_t* path, wchar_t* drive, size_t drive_size, wchar_t* directory,
                      size_t directory_size, wchar_t* name, size_t name_size, wchar_t* extension,
                      size_t extension_size) TCPTABLE_WIN32_WIDE(_wsplitpath_s);

/* The same with buffers of _MAX_DRIVE, _MAX_DIR, _MAX_FNAME and _MAX_EXT characters. */
static __inline__ void _splitpath(const char* path, char* drive, char* directory, char* name,
                                  char* extension) {
  _splitpath_s(path, drive, drive ? 3 : 0, directory, directory ? 256 : 0, name, name ? 256 : 0, extension,
               extension ? 256 : 0);
}
static __inline__ void _wsplitpath(const wchar_t* path, wchar_t* drive, wchar_t* directory, wchar_t* name,
                                   wchar_t* extension) {
  _wsplitpath_s(path, drive, drive ? 3 : 0, directory, directory ? 256 : 0, name, name ? 256 : 0, extension,
                extension ? 256 : 0);
}

/* The C library's under Microsoft's names; the last argument keeps the place. */
char* strtok_s(char* text, const char* delimiters, char** context) __asm__("strtok_r");
#if __SIZEOF_WCHAR_T__ == 4
wchar_t* wcstok_s(wchar_t* text, const wchar_t* delimiters, wchar_t** context) __asm__("wcstok");
#endif

#define _byteswap_ushort(number) __builtin_bswap16(number)
#define _byteswap_ulong(number) __builtin_bswap32(number)
#define _byteswap_uint64(number) __builtin_bswap64(number)

#ifdef __cplusplus
}
#endif

#endif
