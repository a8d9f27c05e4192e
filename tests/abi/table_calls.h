/* SPDX-License-Identifier: MIT */
/* The eight table functions behind one signature, called from C and from C++; see table_calls.c. */
#ifndef TESTS_ABI_TABLE_CALLS_H
#define TESTS_ABI_TABLE_CALLS_H

#include <iphlpapi.h>
#include <winsock2.h>
#include <ws2tcpip.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { kTableCallCount = 8 };

typedef struct TableCall {
  const char* name;
  DWORD (*call)(void* table, DWORD* size);
  int family;
} TableCall;

extern const TableCall table_calls_from_c[kTableCallCount];
extern const TableCall table_calls_from_cxx[kTableCallCount];

#ifdef __cplusplus
}
#endif

#endif
