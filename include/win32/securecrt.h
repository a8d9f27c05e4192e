/* SPDX-License-Identifier: MIT */
/* The bounds-checked string functions of Microsoft's C library that programs around the table functions use.
 * Not a header of Windows (there they come with <string.h>, <wchar.h> and <stdio.h>): windows.h and
 * winsock2.h include it. Sources: the Microsoft page of each function's name. */
#ifndef TCPTABLE_WIN32_SECURECRT_H
#define TCPTABLE_WIN32_SECURECRT_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <wchar.h>

#include "tcptable_wide.h"

typedef int errno_t;
typedef size_t rsize_t;

/* As a count: as much as fits. STRUNCATE: the answer of a copy that was cut by it. */
#define _TRUNCATE SIZE_MAX
#define STRUNCATE 80

/* Sizes are in characters and include the terminating zero. 0 is success. A broken rule gives the code below,
 * which is in errno too, and an empty string at `dst`; Microsoft's library would call its invalid parameter
 * handler, which ends the process unless told otherwise.
 * - EINVAL: dst or src is NULL, size is 0, or the string to append to has no end within size.
 * - ERANGE: the result does not fit. */

#ifdef __cplusplus
extern "C" {
#endif

errno_t strcpy_s(char* dst, rsize_t size, const char* src);
errno_t strcat_s(char* dst, rsize_t size, const char* src);
errno_t wcscpy_s(wchar_t* dst, rsize_t size, const wchar_t* src) TCPTABLE_WIN32_WIDE(wcscpy_s);
errno_t wcscat_s(wchar_t* dst, rsize_t size, const wchar_t* src) TCPTABLE_WIN32_WIDE(wcscat_s);

/* Copies at most `count` characters and ends them with a zero. With _TRUNCATE a string that is too long is
 * cut, and STRUNCATE returned. */
errno_t strncpy_s(char* dst, rsize_t size, const char* src, rsize_t count);

/* Bytes. ERANGE if count is greater than size; all of dst is then zero. Nothing is looked at if count is 0.
 */
errno_t memcpy_s(void* dst, rsize_t size, const void* src, rsize_t count);
errno_t memmove_s(void* dst, rsize_t size, const void* src, rsize_t count);

/* The number of characters written, without the zero, or -1. The format is the C library's of this system: a
 * `long` is 64 bits, so print a DWORD with %u. */
int sprintf_s(char* dst, rsize_t size, const char* format, ...) __attribute__((__format__(__printf__, 3, 4)));
int vsprintf_s(char* dst, rsize_t size, const char* format, va_list arguments)
    __attribute__((__format__(__printf__, 3, 0)));

/* As above, writing at most `count` characters: a result cut by `count` or by _TRUNCATE gives -1 and stays.
 */
int _snprintf_s(char* dst, rsize_t size, rsize_t count, const char* format, ...)
    __attribute__((__format__(__printf__, 4, 5)));
int _vsnprintf_s(char* dst, rsize_t size, rsize_t count, const char* format, va_list arguments)
    __attribute__((__format__(__printf__, 4, 0)));

#ifdef __cplusplus
}

/* The same without the size, which the array tells. */
extern "C++" {

template <size_t size>
inline errno_t strcpy_s(char (&dst)[size], const char* src) {
  return strcpy_s(dst, size, src);
}

template <size_t size>
inline errno_t strcat_s(char (&dst)[size], const char* src) {
  return strcat_s(dst, size, src);
}

template <size_t size>
inline errno_t wcscpy_s(wchar_t (&dst)[size], const wchar_t* src) {
  return wcscpy_s(dst, size, src);
}

template <size_t size>
inline errno_t wcscat_s(wchar_t (&dst)[size], const wchar_t* src) {
  return wcscat_s(dst, size, src);
}

template <size_t size>
inline errno_t strncpy_s(char (&dst)[size], const char* src, rsize_t count) {
  return strncpy_s(dst, size, src, count);
}

template <size_t size>
__attribute__((__format__(__printf__, 2, 3))) inline int sprintf_s(char (&dst)[size], const char* format,
                                                                   ...) {
  va_list arguments;
  va_start(arguments, format);
  const int written = vsprintf_s(dst, size, format, arguments);
  va_end(arguments);
  return written;
}

template <size_t size>
__attribute__((__format__(__printf__, 3, 4))) inline int _snprintf_s(char (&dst)[size], rsize_t count,
                                                                     const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const int written = _vsnprintf_s(dst, size, count, format, arguments);
  va_end(arguments);
  return written;
}

} /* extern "C++" */
#endif

#endif
