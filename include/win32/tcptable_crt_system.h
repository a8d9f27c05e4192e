/* SPDX-License-Identifier: MIT */
/* Files, times, the environment and error texts under names, or in forms, that only Microsoft's C library
 * has. Not a header of Windows (there they come with <stdio.h>, <stdlib.h>, <time.h> and <io.h>): windows.h,
 * tchar.h and io.h include it. Source: the Microsoft page of each function's name. */
#ifndef TCPTABLE_WIN32_TCPTABLE_CRT_SYSTEM_H
#define TCPTABLE_WIN32_TCPTABLE_CRT_SYSTEM_H

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "securecrt.h"
#include "tcptable_wide.h"

/* Bounds that programs give to their buffers. */
#define _MAX_PATH 260
#define _MAX_DRIVE 3
#define _MAX_DIR 256
#define _MAX_FNAME 256
#define _MAX_EXT 256

#ifdef __cplusplus
extern "C" {
#endif

/* The C library's own. */
int _fileno(FILE* stream) __asm__("fileno");
int _isatty(int descriptor) __asm__("isatty");
int _access(const char* path, int mode) __asm__("access");
int _unlink(const char* path) __asm__("unlink");
int _getpid(void) __asm__("getpid");
FILE* _popen(const char* command, const char* mode) __asm__("popen");
int _pclose(FILE* stream) __asm__("pclose");
struct tm* tcptable_win32_localtime(const time_t* time, struct tm* result) __asm__("localtime_r");
struct tm* tcptable_win32_gmtime(const time_t* time, struct tm* result) __asm__("gmtime_r");
char* tcptable_win32_ctime(const time_t* time, char* text) __asm__("ctime_r");
char* tcptable_win32_copy(const char* text) __asm__("strdup");
int tcptable_win32_strerror(int number, char* text, size_t size) __asm__("__xpg_strerror_r");

/* NULL with errno; names and modes are UTF-8 to the kernel, and ", ccs=..." is left out. */
FILE* _wfopen(const wchar_t* name, const wchar_t* mode) TCPTABLE_WIN32_WIDE(_wfopen);

/* 0, or a code that is in errno too. */
static __inline__ errno_t fopen_s(FILE** stream, const char* name, const char* mode) {
  if (!stream || !name || !mode) return errno = EINVAL;
  *stream = fopen(name, mode);
  return *stream ? 0 : errno;
}
static __inline__ errno_t _wfopen_s(FILE** stream, const wchar_t* name, const wchar_t* mode) {
  if (!stream || !name || !mode) return errno = EINVAL;
  *stream = _wfopen(name, mode);
  return *stream ? 0 : errno;
}
static __inline__ errno_t freopen_s(FILE** stream, const char* name, const char* mode, FILE* old) {
  if (!stream || !mode || !old) return errno = EINVAL;
  *stream = freopen(name, mode, old);
  return *stream ? 0 : errno;
}

/* The result comes first. */
static __inline__ errno_t localtime_s(struct tm* result, const time_t* time) {
  if (!result || !time) return errno = EINVAL;
  return tcptable_win32_localtime(time, result) ? 0 : errno;
}
static __inline__ errno_t gmtime_s(struct tm* result, const time_t* time) {
  if (!result || !time) return errno = EINVAL;
  return tcptable_win32_gmtime(time, result) ? 0 : errno;
}
static __inline__ errno_t ctime_s(char* text, size_t size, const time_t* time) {
  if (!text || !time || size < 26) return errno = EINVAL;
  return tcptable_win32_ctime(time, text) ? 0 : errno;
}

/* *value is NULL for what is not there, else for free(). */
static __inline__ errno_t _dupenv_s(char** value, size_t* size, const char* name) {
  const char* found;
  if (!value || !name) return errno = EINVAL;
  found = getenv(name);
  if (size) *size = found ? strlen(found) + 1 : 0;
  *value = NULL;
  if (!found) return 0;
  *value = tcptable_win32_copy(found);
  return *value ? 0 : errno;
}

/* *needed: with the zero, 0 for what is not there. */
static __inline__ errno_t getenv_s(size_t* needed, char* text, size_t size, const char* name) {
  const char* found;
  if (!needed || !name || (!text && size != 0)) return errno = EINVAL;
  found = getenv(name);
  *needed = found ? strlen(found) + 1 : 0;
  if (size == 0) return 0;
  if (*needed > size) return errno = ERANGE;
  strcpy(text, found ? found : "");
  return 0;
}

static __inline__ errno_t strerror_s(char* text, size_t size, int number) {
  if (!text || size == 0) return errno = EINVAL;
  tcptable_win32_strerror(number, text, size);
  return 0;
}

#ifdef __cplusplus
}

extern "C++" {

template <size_t size>
inline errno_t strerror_s(char (&text)[size], int number) {
  return strerror_s(text, size, number);
}
template <size_t size>
inline errno_t ctime_s(char (&text)[size], const time_t* time) {
  return ctime_s(text, size, time);
}

} /* extern "C++" */
#endif

#endif
