/* SPDX-License-Identifier: MIT */
/* What a program says to its debugger. Source: the Microsoft page of each function's name. */
#ifndef TCPTABLE_WIN32_DEBUGAPI_H
#define TCPTABLE_WIN32_DEBUGAPI_H

#include "tcptable_wide.h"
#include "windef.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Whether the process is traced: by gdb, lldb, or strace. */
BOOL WINAPI IsDebuggerPresent(void);

/* To the standard error where the process is traced, and else to nobody, as on Windows. Changes no last
 * error. */
VOID WINAPI OutputDebugStringA(LPCSTR lpOutputString);
VOID WINAPI OutputDebugStringW(LPCWSTR lpOutputString) TCPTABLE_WIN32_WIDE(OutputDebugStringW);

#ifdef __cplusplus
}
#endif

#ifdef UNICODE
#define OutputDebugString OutputDebugStringW
#else
#define OutputDebugString OutputDebugStringA
#endif

#endif
