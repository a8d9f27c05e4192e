/* SPDX-License-Identifier: MIT */
/* The clock for measuring. Source: the Microsoft page of each function's name. */
#ifndef TCPTABLE_WIN32_PROFILEAPI_H
#define TCPTABLE_WIN32_PROFILEAPI_H

#include "windef.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Ticks of 100 ns since the system was started, without the time it slept, and 10,000,000, how many are a
 * second. FALSE with ERROR_NOACCESS for NULL. */
BOOL WINAPI QueryPerformanceCounter(LARGE_INTEGER* lpPerformanceCount);
BOOL WINAPI QueryPerformanceFrequency(LARGE_INTEGER* lpFrequency);

#ifdef __cplusplus
}
#endif

#endif
