/* SPDX-License-Identifier: MIT */
/* The printf family of Microsoft's C library. There `l` means 32 bits and a DWORD is printed with %ld; %I64d,
 * %ws, %hs, %S exist; %s is wide in the wide functions; and wide and narrow output mix on one stream. A file
 * that includes windows.h, winsock2.h, iphlpapi.h or tchar.h prints like that; wide text goes out as UTF-8.
 * Not a header of Windows (there these come with <stdio.h> and <wchar.h>).
 *
 * The C library's own functions are neither replaced nor reached less: std::printf, (printf)(...), a pointer
 * to printf, and files without these headers mean what they meant. Define TCPTABLE_LIBC_PRINTF before the
 * first include to keep them all; the functions below that only Microsoft has are there all the same.
 *
 * Sources: the Microsoft page of each function's name, and "Format specification syntax: printf and wprintf
 * functions". */
#ifndef TCPTABLE_WIN32_TCPTABLE_PRINTF_H
#define TCPTABLE_WIN32_TCPTABLE_PRINTF_H

/* First, so that the names below can't reach into them. */
#ifdef __cplusplus
#include <cstdarg>
#include <cstdio>
#include <cwchar>
#else
#include <stdarg.h>
#include <stdio.h>
#include <wchar.h>
#endif

#include "securecrt.h"
#include "tcptable_wide.h"

/* All return the number of characters written, without the zero, or a negative number with the code in errno:
 * EINVAL for a format that is NULL or has a conversion that Microsoft's library doesn't know (%n is one, %1$d
 * another), a stream or a buffer that is NULL; what comes before the fault is written. The narrow functions
 * have two symbols, too: %ls means the compiler's wchar_t. */

#ifdef __cplusplus
extern "C" {
#endif

/* --- to a stream --- */
int win32_printf(const char* format, ...) TCPTABLE_WIN32_WIDE(win32_printf);
int win32_fprintf(FILE* stream, const char* format, ...) TCPTABLE_WIN32_WIDE(win32_fprintf);
int win32_vprintf(const char* format, va_list arguments) TCPTABLE_WIN32_WIDE(win32_vprintf);
int win32_vfprintf(FILE* stream, const char* format, va_list arguments) TCPTABLE_WIN32_WIDE(win32_vfprintf);
int win32_wprintf(const wchar_t* format, ...) TCPTABLE_WIN32_WIDE(win32_wprintf);
int win32_fwprintf(FILE* stream, const wchar_t* format, ...) TCPTABLE_WIN32_WIDE(win32_fwprintf);
int win32_vwprintf(const wchar_t* format, va_list arguments) TCPTABLE_WIN32_WIDE(win32_vwprintf);
int win32_vfwprintf(FILE* stream, const wchar_t* format, va_list arguments)
    TCPTABLE_WIN32_WIDE(win32_vfwprintf);

/* The _s functions of streams check what all of them check here. */
int printf_s(const char* format, ...) TCPTABLE_WIN32_WIDE(win32_printf);
int fprintf_s(FILE* stream, const char* format, ...) TCPTABLE_WIN32_WIDE(win32_fprintf);
int vprintf_s(const char* format, va_list arguments) TCPTABLE_WIN32_WIDE(win32_vprintf);
int vfprintf_s(FILE* stream, const char* format, va_list arguments) TCPTABLE_WIN32_WIDE(win32_vfprintf);
int wprintf_s(const wchar_t* format, ...) TCPTABLE_WIN32_WIDE(win32_wprintf);
int fwprintf_s(FILE* stream, const wchar_t* format, ...) TCPTABLE_WIN32_WIDE(win32_fwprintf);
int vwprintf_s(const wchar_t* format, va_list arguments) TCPTABLE_WIN32_WIDE(win32_vwprintf);
int vfwprintf_s(FILE* stream, const wchar_t* format, va_list arguments) TCPTABLE_WIN32_WIDE(win32_vfwprintf);

/* Wide characters and strings; _putws adds a line feed. WEOF, EOF or a negative number is failure. */
wint_t win32_fputwc(wchar_t character, FILE* stream) TCPTABLE_WIN32_WIDE(win32_fputwc);
wint_t win32_putwchar(wchar_t character) TCPTABLE_WIN32_WIDE(win32_putwchar);
int win32_fputws(const wchar_t* text, FILE* stream) TCPTABLE_WIN32_WIDE(win32_fputws);
int _putws(const wchar_t* text) TCPTABLE_WIN32_WIDE(_putws);

/* --- to a buffer, whose size is in characters. sprintf and _swprintf know no bound. snprintf cuts, ends with
 * a zero, and returns the length that the whole text has. swprintf does the same, but returns -1 when it cut.
 * With a size of 0 the buffer may be NULL. --- */
int win32_sprintf(char* dst, const char* format, ...) TCPTABLE_WIN32_WIDE(win32_sprintf);
int win32_vsprintf(char* dst, const char* format, va_list arguments) TCPTABLE_WIN32_WIDE(win32_vsprintf);
int win32_snprintf(char* dst, size_t size, const char* format, ...) TCPTABLE_WIN32_WIDE(win32_snprintf);
int win32_vsnprintf(char* dst, size_t size, const char* format, va_list arguments)
    TCPTABLE_WIN32_WIDE(win32_vsnprintf);
int _swprintf(wchar_t* dst, const wchar_t* format, ...) TCPTABLE_WIN32_WIDE(_swprintf);
int _vswprintf(wchar_t* dst, const wchar_t* format, va_list arguments) TCPTABLE_WIN32_WIDE(_vswprintf);
int win32_swprintf(wchar_t* dst, size_t size, const wchar_t* format, ...) TCPTABLE_WIN32_WIDE(win32_swprintf);
int win32_vswprintf(wchar_t* dst, size_t size, const wchar_t* format, va_list arguments)
    TCPTABLE_WIN32_WIDE(win32_vswprintf);

/* At most `count` characters: -1 if there are more, and no zero if there are so many or more. With NULL and 0
 * the length. */
int _snprintf(char* dst, size_t count, const char* format, ...) TCPTABLE_WIN32_WIDE(_snprintf);
int _vsnprintf(char* dst, size_t count, const char* format, va_list arguments)
    TCPTABLE_WIN32_WIDE(_vsnprintf);
int _snwprintf(wchar_t* dst, size_t count, const wchar_t* format, ...) TCPTABLE_WIN32_WIDE(_snwprintf);
int _vsnwprintf(wchar_t* dst, size_t count, const wchar_t* format, va_list arguments)
    TCPTABLE_WIN32_WIDE(_vsnwprintf);

/* The length alone. */
int _scprintf(const char* format, ...) TCPTABLE_WIN32_WIDE(_scprintf);
int _vscprintf(const char* format, va_list arguments) TCPTABLE_WIN32_WIDE(_vscprintf);
int _scwprintf(const wchar_t* format, ...) TCPTABLE_WIN32_WIDE(_scwprintf);
int _vscwprintf(const wchar_t* format, va_list arguments) TCPTABLE_WIN32_WIDE(_vscwprintf);

/* A text that does not fit: -1 with ERANGE, and an empty string at dst. */
int sprintf_s(char* dst, rsize_t size, const char* format, ...) TCPTABLE_WIN32_WIDE(sprintf_s);
int vsprintf_s(char* dst, rsize_t size, const char* format, va_list arguments)
    TCPTABLE_WIN32_WIDE(vsprintf_s);
int swprintf_s(wchar_t* dst, rsize_t size, const wchar_t* format, ...) TCPTABLE_WIN32_WIDE(swprintf_s);
int vswprintf_s(wchar_t* dst, rsize_t size, const wchar_t* format, va_list arguments)
    TCPTABLE_WIN32_WIDE(vswprintf_s);

/* As above, writing at most `count` characters: a text cut by `count` or by _TRUNCATE gives -1 and stays. */
int _snprintf_s(char* dst, rsize_t size, rsize_t count, const char* format, ...)
    TCPTABLE_WIN32_WIDE(_snprintf_s);
int _vsnprintf_s(char* dst, rsize_t size, rsize_t count, const char* format, va_list arguments)
    TCPTABLE_WIN32_WIDE(_vsnprintf_s);
int vsnprintf_s(char* dst, rsize_t size, rsize_t count, const char* format, va_list arguments)
    TCPTABLE_WIN32_WIDE(_vsnprintf_s);
int _snwprintf_s(wchar_t* dst, rsize_t size, rsize_t count, const wchar_t* format, ...)
    TCPTABLE_WIN32_WIDE(_snwprintf_s);
int _vsnwprintf_s(wchar_t* dst, rsize_t size, rsize_t count, const wchar_t* format, va_list arguments)
    TCPTABLE_WIN32_WIDE(_vsnwprintf_s);

/* User32's: without its bound of 1,024 characters, and with all conversions. */
int wsprintfA(char* dst, const char* format, ...) TCPTABLE_WIN32_WIDE(win32_sprintf);
int wsprintfW(wchar_t* dst, const wchar_t* format, ...) TCPTABLE_WIN32_WIDE(_swprintf);
int wvsprintfA(char* dst, const char* format, va_list arguments) TCPTABLE_WIN32_WIDE(win32_vsprintf);
int wvsprintfW(wchar_t* dst, const wchar_t* format, va_list arguments) TCPTABLE_WIN32_WIDE(_vswprintf);
#ifdef UNICODE
#define wsprintf wsprintfW
#define wvsprintf wvsprintfW
#else
#define wsprintf wsprintfA
#define wvsprintf wvsprintfA
#endif

#ifdef __cplusplus
} /* extern "C" */

extern "C++" {

/* The older form of swprintf, without a size. */
int win32_swprintf(wchar_t* dst, const wchar_t* format, ...) TCPTABLE_WIN32_WIDE(_swprintf);

/* The secure ones without the size, which the array tells. */
template <size_t size, typename... Arguments>
inline int sprintf_s(char (&dst)[size], const char* format, Arguments... arguments) {
  return sprintf_s(dst, size, format, arguments...);
}
template <size_t size>
inline int vsprintf_s(char (&dst)[size], const char* format, va_list arguments) {
  return vsprintf_s(dst, size, format, arguments);
}
template <size_t size, typename... Arguments>
inline int _snprintf_s(char (&dst)[size], rsize_t count, const char* format, Arguments... arguments) {
  return _snprintf_s(dst, size, count, format, arguments...);
}
template <size_t size>
inline int _vsnprintf_s(char (&dst)[size], rsize_t count, const char* format, va_list arguments) {
  return _vsnprintf_s(dst, size, count, format, arguments);
}
template <size_t size, typename... Arguments>
inline int swprintf_s(wchar_t (&dst)[size], const wchar_t* format, Arguments... arguments) {
  return swprintf_s(dst, size, format, arguments...);
}
template <size_t size>
inline int vswprintf_s(wchar_t (&dst)[size], const wchar_t* format, va_list arguments) {
  return vswprintf_s(dst, size, format, arguments);
}
template <size_t size, typename... Arguments>
inline int _snwprintf_s(wchar_t (&dst)[size], rsize_t count, const wchar_t* format, Arguments... arguments) {
  return _snwprintf_s(dst, size, count, format, arguments...);
}

} /* extern "C++" */
#endif

#ifndef TCPTABLE_LIBC_PRINTF
#ifdef __cplusplus
#include "tcptable_wcout.h"
extern "C++" {

/* Better matches than the C library's own wherever there is something to print, in the global namespace only:
 * std::printf was bound above, and members and other namespaces' functions of these names are not touched. */
template <typename... Arguments>
inline int printf(const char* format, Arguments... arguments) {
  return win32_printf(format, arguments...);
}
template <typename... Arguments>
inline int fprintf(FILE* stream, const char* format, Arguments... arguments) {
  return win32_fprintf(stream, format, arguments...);
}
template <typename... Arguments>
inline int sprintf(char* dst, const char* format, Arguments... arguments) {
  return win32_sprintf(dst, format, arguments...);
}
template <typename... Arguments>
inline int snprintf(char* dst, size_t size, const char* format, Arguments... arguments) {
  return win32_snprintf(dst, size, format, arguments...);
}

/* The others can't be matched better, so the macros below rename them, and with them what is written as
 * std::vprintf(...). Those are templates so that they lose against ours under `using namespace std`. */
namespace std {
template <typename = void>
inline int win32_vprintf(const char* format, va_list arguments) {
  return vprintf(format, arguments);
}
template <typename = void>
inline int win32_vfprintf(FILE* stream, const char* format, va_list arguments) {
  return vfprintf(stream, format, arguments);
}
template <typename = void>
inline int win32_vsprintf(char* dst, const char* format, va_list arguments) {
  return vsprintf(dst, format, arguments);
}
template <typename = void>
inline int win32_vsnprintf(char* dst, size_t size, const char* format, va_list arguments) {
  return vsnprintf(dst, size, format, arguments);
}
template <typename = void>
inline int win32_vwprintf(const wchar_t* format, va_list arguments) {
  return vwprintf(format, arguments);
}
template <typename = void>
inline int win32_vfwprintf(FILE* stream, const wchar_t* format, va_list arguments) {
  return vfwprintf(stream, format, arguments);
}
template <typename = void>
inline int win32_vswprintf(wchar_t* dst, size_t size, const wchar_t* format, va_list arguments) {
  return vswprintf(dst, size, format, arguments);
}
template <typename = void>
inline int win32_wprintf(const wchar_t* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const int printed = vwprintf(format, arguments);
  va_end(arguments);
  return printed;
}
template <typename = void>
inline int win32_fwprintf(FILE* stream, const wchar_t* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const int printed = vfwprintf(stream, format, arguments);
  va_end(arguments);
  return printed;
}
template <typename = void>
inline int win32_swprintf(wchar_t* dst, size_t size, const wchar_t* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  const int printed = vswprintf(dst, size, format, arguments);
  va_end(arguments);
  return printed;
}
template <typename = void>
inline wint_t win32_fputwc(wchar_t character, FILE* stream) {
  return fputwc(character, stream);
}
template <typename = void>
inline wint_t win32_putwchar(wchar_t character) {
  return putwchar(character);
}
template <typename = void>
inline int win32_fputws(const wchar_t* text, FILE* stream) {
  return fputws(text, stream);
}
} /* namespace std */

} /* extern "C++" */
#else
/* Macros with parameters, as the C standard lets the library have: `format(printf, 1, 2)` is none of them. */
#define printf(...) win32_printf(__VA_ARGS__)
#define fprintf(...) win32_fprintf(__VA_ARGS__)
#define sprintf(...) win32_sprintf(__VA_ARGS__)
#define snprintf(...) win32_snprintf(__VA_ARGS__)
#endif
#undef putwc
#undef putwchar
#define vprintf(...) win32_vprintf(__VA_ARGS__)
#define vfprintf(...) win32_vfprintf(__VA_ARGS__)
#define vsprintf(...) win32_vsprintf(__VA_ARGS__)
#define vsnprintf(...) win32_vsnprintf(__VA_ARGS__)
#define wprintf(...) win32_wprintf(__VA_ARGS__)
#define fwprintf(...) win32_fwprintf(__VA_ARGS__)
#define swprintf(...) win32_swprintf(__VA_ARGS__)
#define vwprintf(...) win32_vwprintf(__VA_ARGS__)
#define vfwprintf(...) win32_vfwprintf(__VA_ARGS__)
#define vswprintf(...) win32_vswprintf(__VA_ARGS__)
#define fputwc(...) win32_fputwc(__VA_ARGS__)
#define putwc(...) win32_fputwc(__VA_ARGS__)
#define putwchar(...) win32_putwchar(__VA_ARGS__)
#define fputws(...) win32_fputws(__VA_ARGS__)
#endif

#endif
