/* SPDX-License-Identifier: MIT */
/* What the process was given: its streams, its environment, its command line. Source: the Microsoft page of
 * each function's name. */
#ifndef TCPTABLE_WIN32_PROCESSENV_H
#define TCPTABLE_WIN32_PROCESSENV_H

#include "tcptable_wide.h"
#include "windef.h"

#define STD_INPUT_HANDLE TCPTABLE_WIN32_CAST(DWORD, -10)
#define STD_OUTPUT_HANDLE TCPTABLE_WIN32_CAST(DWORD, -11)
#define STD_ERROR_HANDLE TCPTABLE_WIN32_CAST(DWORD, -12)

#ifdef __cplusplus
extern "C" {
#endif

/* NULL for a stream that is closed; INVALID_HANDLE_VALUE with ERROR_INVALID_HANDLE for any other number. Each
 * stream has one handle, which need not be closed. */
HANDLE WINAPI GetStdHandle(DWORD nStdHandle);

/* The length without the zero, or with too small a buffer the needed size with it. 0 with
 * ERROR_ENVVAR_NOT_FOUND, or ERROR_INVALID_PARAMETER for NULL. */
DWORD WINAPI GetEnvironmentVariableA(LPCSTR lpName, LPSTR lpBuffer, DWORD nSize);
DWORD WINAPI GetEnvironmentVariableW(LPCWSTR lpName, LPWSTR lpBuffer, DWORD nSize)
    TCPTABLE_WIN32_WIDE(GetEnvironmentVariableW);

/* The arguments in one line, those with blanks or quotes quoted as programs of Windows expect it. Stays as it
 * is for the process's life. NULL with ERROR_NOT_ENOUGH_MEMORY. */
LPSTR WINAPI GetCommandLineA(void);
LPWSTR WINAPI GetCommandLineW(void) TCPTABLE_WIN32_WIDE(GetCommandLineW);

#ifdef __cplusplus
}
#endif

#ifdef UNICODE
#define GetEnvironmentVariable GetEnvironmentVariableW
#define GetCommandLine GetCommandLineW
#else
#define GetEnvironmentVariable GetEnvironmentVariableA
#define GetCommandLine GetCommandLineA
#endif

#endif
