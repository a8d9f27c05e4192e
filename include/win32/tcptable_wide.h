/* SPDX-License-Identifier: MIT */
/* Binds the functions that take WCHAR to the library's symbol for the compiler's wchar_t. Not a header of
 * Windows: windows.h and its like include it. */
#ifndef TCPTABLE_WIN32_TCPTABLE_WIDE_H
#define TCPTABLE_WIN32_TCPTABLE_WIDE_H

/* The symbol under the function's own name speaks UTF-16, for languages that look it up by name. A wchar_t of
 * 4 bytes has a twin of its own; with -fshort-wchar wchar_t is UTF-16 and the plain symbol is right. */
#if __SIZEOF_WCHAR_T__ == 4
#define TCPTABLE_WIN32_WIDE(symbol) __asm__(#symbol "_wchar32")
#else
#define TCPTABLE_WIN32_WIDE(symbol) __asm__(#symbol)
/* libiphlpapi_wmain.a tells a program's wmain of UTF-16 by this name from one of the other width. */
#define wmain wmain_char16
#endif

#endif
