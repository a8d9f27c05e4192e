/* SPDX-License-Identifier: MIT */
/* Descriptors. Source: the Microsoft page of each function's name. */
#ifndef TCPTABLE_WIN32_IO_H
#define TCPTABLE_WIN32_IO_H

#include <fcntl.h>

#include "tcptable_crt_system.h"

/* What a stream does with text. Here all of these write UTF-8, and change no line ends. */
#define _O_TEXT 0x4000
#define _O_BINARY 0x8000
#define _O_WTEXT 0x10000
#define _O_U16TEXT 0x20000
#define _O_U8TEXT 0x40000

#ifdef __cplusplus
extern "C" {
#endif

/* _O_TEXT, which it was before as far as can be seen. -1 with EBADF for what is no open descriptor, with
 * EINVAL for another mode. */
int _setmode(int descriptor, int mode);

#ifdef __cplusplus
}
#endif

#endif
