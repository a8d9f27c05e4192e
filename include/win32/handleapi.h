/* SPDX-License-Identifier: MIT */
/* Handles of processes and snapshots. They are numbers of a table of the library, so a stale or made-up one
 * is refused and never taken for another's. Source: the Microsoft page of each function's name. */
#ifndef TCPTABLE_WIN32_HANDLEAPI_H
#define TCPTABLE_WIN32_HANDLEAPI_H

#include "windef.h"

#ifdef __cplusplus
#define INVALID_HANDLE_VALUE (reinterpret_cast<HANDLE>(static_cast<LONG_PTR>(-1)))
#else
#define INVALID_HANDLE_VALUE ((HANDLE)(LONG_PTR)-1)
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* FALSE with ERROR_INVALID_HANDLE for what is no open handle; TRUE for GetCurrentProcess(), which stays. */
BOOL WINAPI CloseHandle(HANDLE hObject);

#ifdef __cplusplus
}
#endif

#endif
