/* SPDX-License-Identifier: MIT */
/* The functions of Windows' IP Helper API that libiphlpapi implements; what it does not implement is not
 * declared. Sources: the Microsoft page of each function's name. */
#ifndef TCPTABLE_WIN32_IPHLPAPI_H
#define TCPTABLE_WIN32_IPHLPAPI_H

#include "iprtrmib.h"
#include "tcpestats.h"
#include "tcptable_printf.h"
#include "tcptable_wide.h"
#include "winerror.h"

/* Behind the whole of windows.h programs of Windows have sockets, too, whether they include winsock2.h or
 * not. A file that has the system's socket headers, or WIN32_LEAN_AND_MEAN, gets none. */
#if defined(TCPTABLE_WIN32_WINDOWS_H) && !defined(WIN32_LEAN_AND_MEAN) && !defined(_SYS_SOCKET_H) && \
    !defined(_NETINET_IN_H) && !defined(_ARPA_INET_H) && !defined(_NETDB_H)
#include "winsock2.h"
#endif

#define IPHLPAPI_DLL_LINKAGE __attribute__((__visibility__("default")))

/* The protocol of the eight table functions. The caller owns the buffer and gives its size in bytes at
 * SizePointer.
 * - NO_ERROR: the table is written, the size is the number of bytes used, the bytes behind are untouched.
 * - ERROR_INSUFFICIENT_BUFFER: the buffer is NULL or too small, and untouched; the size is what the table
 *   needs now. It may grow before the next call, so callers loop.
 * - ERROR_INVALID_PARAMETER: SizePointer is NULL, or a family or class is none of those listed.
 * - ERROR_NOT_SUPPORTED: the system has no such table, or the class has none for this family.
 * - any other code: the table could not be read; FormatMessage has its text.
 * Order: nonzero sorts by local address, scope id and port, then by the remote ones, ascending, comparing
 * addresses and ports as numbers; 0 leaves the order in which the kernel gave the rows. */

#ifdef __cplusplus
extern "C" {
#endif

/* Every IPv4 TCP socket that listens or has a connection, in any state. */
IPHLPAPI_DLL_LINKAGE ULONG WINAPI GetTcpTable(PMIB_TCPTABLE TcpTable, PULONG SizePointer, BOOL Order);

/* As GetTcpTable, with the owning process and the offload state. */
IPHLPAPI_DLL_LINKAGE ULONG WINAPI GetTcpTable2(PMIB_TCPTABLE2 TcpTable, PULONG SizePointer, BOOL Order);

/* As GetTcpTable, for IPv6. The IPv4 connections of dual-stack sockets are here, as ::ffff:a.b.c.d. */
IPHLPAPI_DLL_LINKAGE ULONG WINAPI GetTcp6Table(PMIB_TCP6TABLE TcpTable, PULONG SizePointer, BOOL Order);

/* As GetTcp6Table, with the owning process and the offload state. */
IPHLPAPI_DLL_LINKAGE ULONG WINAPI GetTcp6Table2(PMIB_TCP6TABLE2 TcpTable, PULONG SizePointer, BOOL Order);

/* Every bound IPv4 UDP socket. */
IPHLPAPI_DLL_LINKAGE ULONG WINAPI GetUdpTable(PMIB_UDPTABLE UdpTable, PULONG SizePointer, BOOL Order);

/* Every bound IPv6 UDP socket. */
IPHLPAPI_DLL_LINKAGE ULONG WINAPI GetUdp6Table(PMIB_UDP6TABLE Udp6Table, PULONG SizePointer, BOOL Order);

/* The TCP table of one family (AF_INET, AF_INET6) in the form and with the rows that the class names.
 * Reserved is to be 0 and is ignored. */
IPHLPAPI_DLL_LINKAGE DWORD WINAPI GetExtendedTcpTable(PVOID pTcpTable, PDWORD pdwSize, BOOL bOrder,
                                                      ULONG ulAf, TCP_TABLE_CLASS TableClass, ULONG Reserved);

/* The UDP table of one family in the form that the class names. Reserved as above. */
IPHLPAPI_DLL_LINKAGE DWORD WINAPI GetExtendedUdpTable(PVOID pUdpTable, PDWORD pdwSize, BOOL bOrder,
                                                      ULONG ulAf, UDP_TABLE_CLASS TableClass, ULONG Reserved);

/* --- the same tables in blocks of the caller's heap, as before Windows Vista ---
 * MIB_TCPTABLE_OWNER_PID and MIB_UDPTABLE_OWNER_PID of IPv4, by HeapAlloc with hHeap and dwFlags; they go
 * back by HeapFree. ERROR_INVALID_PARAMETER for a NULL result, no heap, or another family than AF_INET;
 * ERROR_NOT_SUPPORTED for AF_INET6, as Windows answers. tcptable_stack_tables.h has their relatives. */
DWORD AllocateAndGetTcpExTableFromStack(PVOID* ppTcpTable, BOOL bOrder, HANDLE hHeap, DWORD dwFlags,
                                        DWORD dwFamily);
DWORD AllocateAndGetUdpExTableFromStack(PVOID* ppUdpTable, BOOL bOrder, HANDLE hHeap, DWORD dwFlags,
                                        DWORD dwFamily);

/* --- statistics ---
 * The kernel's counters of the calling thread's network namespace. GetXStatistics(p) is
 * GetXStatisticsEx(p, AF_INET). Linux counts TCP for both families together; dwCurrEstab, dwNumConns and
 * dwNumAddrs are the family's own, counted now.
 * Codes: ERROR_INVALID_PARAMETER for NULL and for a family that is neither AF_INET nor AF_INET6;
 * ERROR_NOT_SUPPORTED for a family that the kernel doesn't have; the structure is untouched then. */
ULONG WINAPI GetTcpStatistics(PMIB_TCPSTATS Statistics);
ULONG WINAPI GetTcpStatisticsEx(PMIB_TCPSTATS Statistics, ULONG Family);
ULONG WINAPI GetTcpStatisticsEx2(PMIB_TCPSTATS2 Statistics, ULONG Family);
ULONG WINAPI GetUdpStatistics(PMIB_UDPSTATS Stats);
ULONG WINAPI GetUdpStatisticsEx(PMIB_UDPSTATS Statistics, ULONG Family);
ULONG WINAPI GetUdpStatisticsEx2(PMIB_UDPSTATS2 Statistics, ULONG Family);
ULONG WINAPI GetIpStatistics(PMIB_IPSTATS Statistics);
ULONG WINAPI GetIpStatisticsEx(PMIB_IPSTATS Statistics, ULONG Family);
ULONG WINAPI GetIcmpStatistics(PMIB_ICMP Statistics);
ULONG WINAPI GetIcmpStatisticsEx(PMIB_ICMP_EX Statistics, ULONG Family);

/* --- the module that owns a row: its name and its path ---
 * The row comes from GetExtendedTcpTable or GetExtendedUdpTable with an OWNER_MODULE class. Buffer gets a
 * TCPIP_OWNER_MODULE_BASIC_INFO whose two texts lie behind it in the same buffer; the caller owns all of it.
 * - a program: the executable's file name, and its path as the process's own mounts name it, also when the
 *   file has been deleted;
 * - a program that a systemd service runs: name and path are both the unit, "ssh.service";
 * - a socket of the kernel: both are "System";
 * - a program that the caller may not look into: both are empty, with NO_ERROR.
 * Codes: ERROR_INSUFFICIENT_BUFFER as above; ERROR_INVALID_PARAMETER for a NULL row, info or size and for
 * every other class; ERROR_NOT_FOUND where the row has no owner, or that process has gone or is run by
 * another service now; ERROR_PARTIAL_COPY where the process is there and its executable can't be told.
 * Reads the owning process alone. */
DWORD WINAPI GetOwnerModuleFromTcpEntry(PMIB_TCPROW_OWNER_MODULE pTcpEntry,
                                        TCPIP_OWNER_MODULE_INFO_CLASS Class, PVOID pBuffer, PDWORD pdwSize)
    TCPTABLE_WIN32_WIDE(GetOwnerModuleFromTcpEntry);
DWORD WINAPI GetOwnerModuleFromTcp6Entry(PMIB_TCP6ROW_OWNER_MODULE pTcpEntry,
                                         TCPIP_OWNER_MODULE_INFO_CLASS Class, PVOID pBuffer, PDWORD pdwSize)
    TCPTABLE_WIN32_WIDE(GetOwnerModuleFromTcp6Entry);
DWORD WINAPI GetOwnerModuleFromUdpEntry(PMIB_UDPROW_OWNER_MODULE pUdpEntry,
                                        TCPIP_OWNER_MODULE_INFO_CLASS Class, PVOID pBuffer, PDWORD pdwSize)
    TCPTABLE_WIN32_WIDE(GetOwnerModuleFromUdpEntry);
DWORD WINAPI GetOwnerModuleFromUdp6Entry(PMIB_UDP6ROW_OWNER_MODULE pUdpEntry,
                                         TCPIP_OWNER_MODULE_INFO_CLASS Class, PVOID pBuffer, PDWORD pdwSize)
    TCPTABLE_WIN32_WIDE(GetOwnerModuleFromUdp6Entry);

/* The same for a row's dwOwningPid and its OwningModuleInfo. */
DWORD GetOwnerModuleFromPidAndInfo(DWORD ulPid, ULONGLONG* pInfo, TCPIP_OWNER_MODULE_INFO_CLASS Class,
                                   PVOID Buffer, PDWORD pdwSize)
    TCPTABLE_WIN32_WIDE(GetOwnerModuleFromPidAndInfo);

/* Closes the IPv4 connection that the row names, if its state is MIB_TCP_STATE_DELETE_TCB: the peer gets a
 * reset. The row may be any structure that begins as MIB_TCPROW does. Needs CAP_NET_ADMIN.
 * - ERROR_INVALID_PARAMETER: no row, or another state; nothing was looked up.
 * - ERROR_MR_MID_NOT_FOUND: no such connection, or it listens, or it went before it could be closed.
 * - ERROR_ACCESS_DENIED: the caller may not.
 * - ERROR_NOT_SUPPORTED: the kernel can't, or it is part of a Multipath TCP connection, which would live on.
 */
IPHLPAPI_DLL_LINKAGE DWORD WINAPI SetTcpEntry(PMIB_TCPROW pTcpRow);

/* The extended statistics of one connection, one type of them a call (tcpestats.h). The row's addresses and
 * ports name it; its state counts for nothing. Each of the three buffers may be NULL with size 0; the
 * versions are 0. Everybody may call it. What is not enabled (below) is zeros, and no error: Rw tells.
 * - ERROR_INVALID_PARAMETER: no row, or no such type.
 * - ERROR_NOT_SUPPORTED: a version other than 0, or a kernel without sock_diag.
 * - ERROR_INVALID_USER_BUFFER: a NULL buffer with a size.
 * - ERROR_INSUFFICIENT_BUFFER: a buffer is too small; none was written.
 * - ERROR_NOT_FOUND: no such connection, or none with statistics: it listens, waits in TIME_WAIT, or is not
 * yet made. */
IPHLPAPI_DLL_LINKAGE ULONG WINAPI GetPerTcpConnectionEStats(PMIB_TCPROW Row, TCP_ESTATS_TYPE EstatsType,
                                                            PUCHAR Rw, ULONG RwVersion, ULONG RwSize,
                                                            PUCHAR Ros, ULONG RosVersion, ULONG RosSize,
                                                            PUCHAR Rod, ULONG RodVersion, ULONG RodSize);
IPHLPAPI_DLL_LINKAGE ULONG WINAPI GetPerTcp6ConnectionEStats(PMIB_TCP6ROW Row, TCP_ESTATS_TYPE EstatsType,
                                                             PUCHAR Rw, ULONG RwVersion, ULONG RwSize,
                                                             PUCHAR Ros, ULONG RosVersion, ULONG RosSize,
                                                             PUCHAR Rod, ULONG RodVersion, ULONG RodSize);

/* Switches one type of them on or off for one connection, for this process and as long as it runs. Linux
 * counts from the connection's start in any case, so the counts begin before they are switched on. Nothing
 * happens where RwSize is 0. Needs no privilege.
 * - ERROR_INVALID_PARAMETER: no row, no such type or one without a switch, or a value that is none.
 * - ERROR_NOT_SUPPORTED: RwVersion or Offset other than 0.
 * - ERROR_INVALID_USER_BUFFER, ERROR_INSUFFICIENT_BUFFER, ERROR_NOT_FOUND: as above. */
IPHLPAPI_DLL_LINKAGE ULONG WINAPI SetPerTcpConnectionEStats(PMIB_TCPROW Row, TCP_ESTATS_TYPE EstatsType,
                                                            PUCHAR Rw, ULONG RwVersion, ULONG RwSize,
                                                            ULONG Offset);
IPHLPAPI_DLL_LINKAGE ULONG WINAPI SetPerTcp6ConnectionEStats(PMIB_TCP6ROW Row, TCP_ESTATS_TYPE EstatsType,
                                                             PUCHAR Rw, ULONG RwVersion, ULONG RwSize,
                                                             ULONG Offset);

#ifdef __cplusplus
}
#endif

#endif
