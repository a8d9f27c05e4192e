/* SPDX-License-Identifier: MIT */
/* How a status of Windows' kernel is told apart; NTSTATUS itself is in windef.h. No function of ntdll.dll is
 * here. Source: the page "Using NTSTATUS Values". */
#ifndef TCPTABLE_WIN32_WINTERNL_H
#define TCPTABLE_WIN32_WINTERNL_H

#include "windef.h"

/* The two top bits: 0 success, 1 information, 2 warning, 3 error. */
#define NT_SUCCESS(status) (TCPTABLE_WIN32_CAST(NTSTATUS, status) >= 0)
#define NT_INFORMATION(status) (TCPTABLE_WIN32_CAST(ULONG, status) >> 30 == 1)
#define NT_WARNING(status) (TCPTABLE_WIN32_CAST(ULONG, status) >> 30 == 2)
#define NT_ERROR(status) (TCPTABLE_WIN32_CAST(ULONG, status) >> 30 == 3)

#endif
