/* SPDX-License-Identifier: MIT */
/* Tables in blocks of the caller's heap, by functions that Windows exports without a header: its programs
 * declare them by themselves, or ask GetProcAddress. So iphlpapi.h must not declare them either, and this is
 * not a header of Windows. Sources: the export lists of iphlpapi.dll, and what its callers pass. */
#ifndef TCPTABLE_WIN32_TCPTABLE_STACK_TABLES_H
#define TCPTABLE_WIN32_TCPTABLE_STACK_TABLES_H

#include "iphlpapi.h"

/* Each allocates by HeapAlloc with the caller's heap and flags, stores the block, and gives it away: it goes
 * back by HeapFree of that heap. Order as in GetTcpTable2; the InternalGet functions don't sort.
 * Codes: ERROR_INVALID_PARAMETER where the result pointer or the heap is NULL, the heap is
 * INVALID_HANDLE_VALUE, or the family or class is none; ERROR_NOT_ENOUGH_MEMORY; else as GetExtendedTcpTable.
 * Nothing is stored on failure. */

#ifdef __cplusplus
extern "C" {
#endif

/* The basic tables, MIB_TCPTABLE and MIB_UDPTABLE. */
DWORD WINAPI AllocateAndGetTcpTableFromStack(PMIB_TCPTABLE* ppTcpTable, BOOL bOrder, HANDLE hHeap,
                                             DWORD dwFlags);
DWORD WINAPI AllocateAndGetUdpTableFromStack(PMIB_UDPTABLE* ppUdpTable, BOOL bOrder, HANDLE hHeap,
                                             DWORD dwFlags);

/* What GetExtendedTcpTable and GetExtendedUdpTable give for the family and the class. */
DWORD WINAPI AllocateAndGetTcpExTable2FromStack(PVOID* ppTcpTable, BOOL bOrder, HANDLE hHeap, DWORD dwFlags,
                                                DWORD dwFamily, TCP_TABLE_CLASS Class);
DWORD WINAPI AllocateAndGetUdpExTable2FromStack(PVOID* ppUdpTable, BOOL bOrder, HANDLE hHeap, DWORD dwFlags,
                                                DWORD dwFamily, UDP_TABLE_CLASS Class);

/* The structure is that of the name; ...Ex is MIB_TCPTABLE_OWNER_PID, MIB_UDPTABLE_OWNER_PID. */
ULONG WINAPI InternalGetTcpTable(PVOID* Table, HANDLE Heap, ULONG HeapFlags);
ULONG WINAPI InternalGetTcpTableEx(PVOID* Table, HANDLE Heap, ULONG HeapFlags);
ULONG WINAPI InternalGetTcpTable2(PVOID* Table, HANDLE Heap, ULONG HeapFlags);
ULONG WINAPI InternalGetTcpTableWithOwnerPid(PVOID* Table, HANDLE Heap, ULONG HeapFlags);
ULONG WINAPI InternalGetTcpTableWithOwnerModule(PVOID* Table, HANDLE Heap, ULONG HeapFlags);
ULONG WINAPI InternalGetTcp6Table2(PVOID* Table, HANDLE Heap, ULONG HeapFlags);
ULONG WINAPI InternalGetTcp6TableWithOwnerPid(PVOID* Table, HANDLE Heap, ULONG HeapFlags);
ULONG WINAPI InternalGetTcp6TableWithOwnerModule(PVOID* Table, HANDLE Heap, ULONG HeapFlags);
ULONG WINAPI InternalGetUdpTable(PVOID* Table, HANDLE Heap, ULONG HeapFlags);
ULONG WINAPI InternalGetUdpTableEx(PVOID* Table, HANDLE Heap, ULONG HeapFlags);
ULONG WINAPI InternalGetUdpTableWithOwnerPid(PVOID* Table, HANDLE Heap, ULONG HeapFlags);
ULONG WINAPI InternalGetUdpTableWithOwnerModule(PVOID* Table, HANDLE Heap, ULONG HeapFlags);
ULONG WINAPI InternalGetUdp6TableWithOwnerPid(PVOID* Table, HANDLE Heap, ULONG HeapFlags);
ULONG WINAPI InternalGetUdp6TableWithOwnerModule(PVOID* Table, HANDLE Heap, ULONG HeapFlags);

/* MIB_TCPTABLE2 and MIB_TCP6TABLE2 of the sockets that are bound and neither listen nor connect; their state
 * is MIB_TCP_STATE_RESERVED. ERROR_NOT_SUPPORTED before Linux 6.8, which doesn't list them. */
ULONG WINAPI InternalGetBoundTcpEndpointTable(PVOID* Table, HANDLE Heap, ULONG HeapFlags);
ULONG WINAPI InternalGetBoundTcp6EndpointTable(PVOID* Table, HANDLE Heap, ULONG HeapFlags);

#ifdef __cplusplus
}
#endif

#endif
