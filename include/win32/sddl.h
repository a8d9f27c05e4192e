/* SPDX-License-Identifier: MIT */
/* Security identifiers as text. Source: the Microsoft page of each function's name. */
#ifndef TCPTABLE_WIN32_SDDL_H
#define TCPTABLE_WIN32_SDDL_H

#include "securitybaseapi.h"
#include "tcptable_wide.h"

#ifdef __cplusplus
extern "C" {
#endif

/* "S-1-22-1-1000", for LocalFree. FALSE with ERROR_INVALID_SID, ERROR_NOT_ENOUGH_MEMORY, or
 * ERROR_INVALID_PARAMETER for NULL. */
BOOL WINAPI ConvertSidToStringSidA(PSID Sid, LPSTR* StringSid);
BOOL WINAPI ConvertSidToStringSidW(PSID Sid, LPWSTR* StringSid) TCPTABLE_WIN32_WIDE(ConvertSidToStringSidW);

#ifdef __cplusplus
}
#endif

#ifdef UNICODE
#define ConvertSidToStringSid ConvertSidToStringSidW
#else
#define ConvertSidToStringSid ConvertSidToStringSidA
#endif

#endif
