/* SPDX-License-Identifier: MIT */
/* The UDP tables and statistics of Windows' IP Helper API: structures, no functions. */
#ifndef TCPTABLE_WIN32_UDPMIB_H
#define TCPTABLE_WIN32_UDPMIB_H

#include "tcptable_mib_common.h"

/* Common to all rows (sources: the pages named at the structures):
 * - Rows are local endpoints; the peer of a connected socket is not told.
 * - Addresses are in network byte order, ports too, in the low 16 bits with 0 above.
 * - Scope ids are interface indexes in host byte order, 0 unless the address is link-local.
 * - dwOwningPid is 0 where there is no process to name or the caller may not see it. */

/* Page MIB_UDPROW: a row of GetUdpTable. */
typedef struct _MIB_UDPROW {
  DWORD dwLocalAddr;
  DWORD dwLocalPort;
} MIB_UDPROW, *PMIB_UDPROW;

/* Page MIB_UDPTABLE. */
typedef struct _MIB_UDPTABLE {
  DWORD dwNumEntries;
  MIB_UDPROW table[ANY_SIZE];
} MIB_UDPTABLE, *PMIB_UDPTABLE;
#define SIZEOF_UDPTABLE(count) TCPTABLE_WIN32_SIZEOF_TABLE(MIB_UDPTABLE, MIB_UDPROW, count)

/* Page MIB_UDPROW_OWNER_PID: a row of GetExtendedUdpTable's class UDP_TABLE_OWNER_PID. */
typedef struct _MIB_UDPROW_OWNER_PID {
  DWORD dwLocalAddr;
  DWORD dwLocalPort;
  DWORD dwOwningPid;
} MIB_UDPROW_OWNER_PID, *PMIB_UDPROW_OWNER_PID;

/* Page MIB_UDPTABLE_OWNER_PID. */
typedef struct _MIB_UDPTABLE_OWNER_PID {
  DWORD dwNumEntries;
  MIB_UDPROW_OWNER_PID table[ANY_SIZE];
} MIB_UDPTABLE_OWNER_PID, *PMIB_UDPTABLE_OWNER_PID;
#define SIZEOF_UDPTABLE_OWNER_PID(count) \
  TCPTABLE_WIN32_SIZEOF_TABLE(MIB_UDPTABLE_OWNER_PID, MIB_UDPROW_OWNER_PID, count)

/* Page MIB_UDPROW_OWNER_MODULE: a row of the class UDP_TABLE_OWNER_MODULE.
 * liCreateTimestamp is a FILETIME value: the earliest moment at which the socket is known to have existed.
 * SpecificPortBind, bit 0 of dwFlags, says on Windows that the port was asked for by number; the Linux kernel
 * doesn't tell, so dwFlags is 0. OwningModuleInfo is as in MIB_TCPROW_OWNER_MODULE. */
typedef struct _MIB_UDPROW_OWNER_MODULE {
  DWORD dwLocalAddr;
  DWORD dwLocalPort;
  DWORD dwOwningPid;
  LARGE_INTEGER liCreateTimestamp;
  __extension__ union {
    __extension__ struct { int SpecificPortBind : 1; };
    int dwFlags;
  };
  ULONGLONG OwningModuleInfo[TCPIP_OWNING_MODULE_SIZE];
} MIB_UDPROW_OWNER_MODULE, *PMIB_UDPROW_OWNER_MODULE;

/* Page MIB_UDPTABLE_OWNER_MODULE. The rows start at offset 8. */
typedef struct _MIB_UDPTABLE_OWNER_MODULE {
  DWORD dwNumEntries;
  MIB_UDPROW_OWNER_MODULE table[ANY_SIZE];
} MIB_UDPTABLE_OWNER_MODULE, *PMIB_UDPTABLE_OWNER_MODULE;
#define SIZEOF_UDPTABLE_OWNER_MODULE(count) \
  TCPTABLE_WIN32_SIZEOF_TABLE(MIB_UDPTABLE_OWNER_MODULE, MIB_UDPROW_OWNER_MODULE, count)

/* Page MIB_UDP6ROW: a row of GetUdp6Table. */
typedef struct _MIB_UDP6ROW {
  IN6_ADDR dwLocalAddr;
  DWORD dwLocalScopeId;
  DWORD dwLocalPort;
} MIB_UDP6ROW, *PMIB_UDP6ROW;

/* Page MIB_UDP6TABLE. */
typedef struct _MIB_UDP6TABLE {
  DWORD dwNumEntries;
  MIB_UDP6ROW table[ANY_SIZE];
} MIB_UDP6TABLE, *PMIB_UDP6TABLE;
#define SIZEOF_UDP6TABLE(count) TCPTABLE_WIN32_SIZEOF_TABLE(MIB_UDP6TABLE, MIB_UDP6ROW, count)

/* Page MIB_UDP6ROW_OWNER_PID. */
typedef struct _MIB_UDP6ROW_OWNER_PID {
  UCHAR ucLocalAddr[16];
  DWORD dwLocalScopeId;
  DWORD dwLocalPort;
  DWORD dwOwningPid;
} MIB_UDP6ROW_OWNER_PID, *PMIB_UDP6ROW_OWNER_PID;

/* Page MIB_UDP6TABLE_OWNER_PID. */
typedef struct _MIB_UDP6TABLE_OWNER_PID {
  DWORD dwNumEntries;
  MIB_UDP6ROW_OWNER_PID table[ANY_SIZE];
} MIB_UDP6TABLE_OWNER_PID, *PMIB_UDP6TABLE_OWNER_PID;
#define SIZEOF_UDP6TABLE_OWNER_PID(count) \
  TCPTABLE_WIN32_SIZEOF_TABLE(MIB_UDP6TABLE_OWNER_PID, MIB_UDP6ROW_OWNER_PID, count)

/* Page MIB_UDP6ROW_OWNER_MODULE; time, flags and module as in MIB_UDPROW_OWNER_MODULE. */
typedef struct _MIB_UDP6ROW_OWNER_MODULE {
  UCHAR ucLocalAddr[16];
  DWORD dwLocalScopeId;
  DWORD dwLocalPort;
  DWORD dwOwningPid;
  LARGE_INTEGER liCreateTimestamp;
  __extension__ union {
    __extension__ struct { int SpecificPortBind : 1; };
    int dwFlags;
  };
  ULONGLONG OwningModuleInfo[TCPIP_OWNING_MODULE_SIZE];
} MIB_UDP6ROW_OWNER_MODULE, *PMIB_UDP6ROW_OWNER_MODULE;

/* Page MIB_UDP6TABLE_OWNER_MODULE. The rows start at offset 8. */
typedef struct _MIB_UDP6TABLE_OWNER_MODULE {
  DWORD dwNumEntries;
  MIB_UDP6ROW_OWNER_MODULE table[ANY_SIZE];
} MIB_UDP6TABLE_OWNER_MODULE, *PMIB_UDP6TABLE_OWNER_MODULE;
#define SIZEOF_UDP6TABLE_OWNER_MODULE(count) \
  TCPTABLE_WIN32_SIZEOF_TABLE(MIB_UDP6TABLE_OWNER_MODULE, MIB_UDP6ROW_OWNER_MODULE, count)

/* Page MIB_UDPSTATS: counters since the system started, which wrap at 32 bits; dwNumAddrs counts the rows of
 * the table of the family asked for. */
typedef struct _MIB_UDPSTATS {
  DWORD dwInDatagrams;
  DWORD dwNoPorts;
  DWORD dwInErrors;
  DWORD dwOutDatagrams;
  DWORD dwNumAddrs;
} MIB_UDPSTATS, *PMIB_UDPSTATS;

/* Page MIB_UDPSTATS2: as MIB_UDPSTATS, with datagrams counted in 64 bits. */
typedef struct _MIB_UDPSTATS2 {
  DWORD64 dw64InDatagrams;
  DWORD dwNoPorts;
  DWORD dwInErrors;
  DWORD64 dw64OutDatagrams;
  DWORD dwNumAddrs;
} MIB_UDPSTATS2, *PMIB_UDPSTATS2;

#endif
