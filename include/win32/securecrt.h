/* SPDX-License-Identifier: MIT */
/* The bounds-checked string functions of Microsoft's C library that programs around the table functions use.
 * Not a header of Windows (there they come with <string.h> and <wchar.h>): windows.h and winsock2.h
 * include it. Sources: the Microsoft page of each function's name. */
#ifndef TCPTABLE_WIN32_SECURECRT_H
#define TCPTABLE_WIN32_SECURECRT_H

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

/* Copies, or appends, at most `count` characters and ends them with a zero. With _TRUNCATE a string that is
 * too long is cut, and STRUNCATE returned. */
errno_t strncpy_s(char* dst, rsize_t size, const char* src, rsize_t count);
errno_t strncat_s(char* dst, rsize_t size, const char* src, rsize_t count);
errno_t wcsncpy_s(wchar_t* dst, rsize_t size, const wchar_t* src, rsize_t count)
    TCPTABLE_WIN32_WIDE(wcsncpy_s);
errno_t wcsncat_s(wchar_t* dst, rsize_t size, const wchar_t* src, rsize_t count)
    TCPTABLE_WIN32_WIDE(wcsncat_s);

/* From wide characters to UTF-8 and back: at most `count` units and a zero, or with _TRUNCATE what fits, of
 * whole characters; STRUNCATE where that cut. *converted, which may be NULL, gets the units with the zero.
 * With a dst of NULL and a size of 0 that is what all of src needs. EILSEQ for what is no text, and 0 in
 * *converted then and after every other error. */
errno_t wcstombs_s(size_t* converted, char* dst, rsize_t size, const wchar_t* src, rsize_t count)
    TCPTABLE_WIN32_WIDE(wcstombs_s);
errno_t mbstowcs_s(size_t* converted, wchar_t* dst, rsize_t size, const char* src, rsize_t count)
    TCPTABLE_WIN32_WIDE(mbstowcs_s);

/* Bytes. ERANGE if count is greater than size; all of dst is then zero. Nothing is looked at if count is 0.
 */
errno_t memcpy_s(void* dst, rsize_t size, const void* src, rsize_t count);
errno_t memmove_s(void* dst, rsize_t size, const void* src, rsize_t count);

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
inline errno_t strncat_s(char (&dst)[size], const char* src, rsize_t count) {
  return strncat_s(dst, size, src, count);
}

template <size_t size>
inline errno_t wcsncpy_s(wchar_t (&dst)[size], const wchar_t* src, rsize_t count) {
  return wcsncpy_s(dst, size, src, count);
}

template <size_t size>
inline errno_t wcsncat_s(wchar_t (&dst)[size], const wchar_t* src, rsize_t count) {
  return wcsncat_s(dst, size, src, count);
}

template <size_t size>
inline errno_t wcstombs_s(size_t* converted, char (&dst)[size], const wchar_t* src, rsize_t count) {
  return wcstombs_s(converted, dst, size, src, count);
}

template <size_t size>
inline errno_t mbstowcs_s(size_t* converted, wchar_t (&dst)[size], const char* src, rsize_t count) {
  return mbstowcs_s(converted, dst, size, src, count);
}

} /* extern "C++" */
#endif

#endif
