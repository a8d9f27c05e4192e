/* SPDX-License-Identifier: MIT */
/* The scanf family of Microsoft's C library that knows the sizes of its buffers. Not a header of Windows
 * (there these come with <stdio.h>): windows.h, winsock2.h and tchar.h include it. Sources: the Microsoft
 * page of each function's name, and "Format specification fields: scanf and wscanf functions". */
#ifndef TCPTABLE_WIN32_TCPTABLE_SCAN_H
#define TCPTABLE_WIN32_TCPTABLE_SCAN_H

#include <stdarg.h>
#include <stdio.h>

/* Behind the pointer of %s, %c and %[ comes the size of its buffer, an `unsigned` of characters. `l` means 32
 * bits, so that a DWORD is read with %lu; I64, I32 and I exist. Text is bytes: %ls, %lc and %S are unknown.
 * The result is how many were stored. EOF where the text ends before the first; with EINVAL in errno for what
 * is NULL and for a conversion that is unknown, whatever was stored before it. What doesn't fit its buffer
 * ends the scan, with an empty string there and ENOMEM in errno. */

#ifdef __cplusplus
extern "C" {
#endif

int scanf_s(const char* format, ...);
int fscanf_s(FILE* stream, const char* format, ...);
int sscanf_s(const char* text, const char* format, ...);
int vscanf_s(const char* format, va_list arguments);
int vfscanf_s(FILE* stream, const char* format, va_list arguments);
int vsscanf_s(const char* text, const char* format, va_list arguments);

#ifdef __cplusplus
}
#endif

#endif
