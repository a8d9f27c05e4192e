/* SPDX-License-Identifier: MIT */
/* The TCP tables and statistics of Windows' IP Helper API: structures and their constants, no functions. */
#ifndef TCPTABLE_WIN32_TCPMIB_H
#define TCPTABLE_WIN32_TCPMIB_H

#include "tcptable_mib_common.h"

/* Common to all rows (sources: the pages named at the structures):
 * - IPv4 addresses are in_addr values, IPv6 addresses 16 bytes, both in network byte order.
 * - Ports are in network byte order in the low 16 bits, so ntohs((u_short)port) reads them; the rest is 0.
 * - Scope ids are interface indexes in host byte order (the pages say network order, Windows does not do it);
 *   they are 0 unless the address is link-local.
 * - A LISTEN row has the remote address 0 and the remote port 0.
 * - dwOwningPid is the process that the socket is blamed on; 0 where there is none to name: TIME_WAIT rows,
 *   sockets without a holder, and sockets whose holder the caller may not see. */

/* The state of a connection, as in RFC 793. DELETE_TCB is only ever passed in; RESERVED is Windows' number
 * for a socket that is bound but neither listening nor connected: only InternalGetBoundTcpEndpointTable and
 * ...Tcp6... list such rows. */
typedef enum {
  MIB_TCP_STATE_CLOSED = 1,
  MIB_TCP_STATE_LISTEN = 2,
  MIB_TCP_STATE_SYN_SENT = 3,
  MIB_TCP_STATE_SYN_RCVD = 4,
  MIB_TCP_STATE_ESTAB = 5,
  MIB_TCP_STATE_FIN_WAIT1 = 6,
  MIB_TCP_STATE_FIN_WAIT2 = 7,
  MIB_TCP_STATE_CLOSE_WAIT = 8,
  MIB_TCP_STATE_CLOSING = 9,
  MIB_TCP_STATE_LAST_ACK = 10,
  MIB_TCP_STATE_TIME_WAIT = 11,
  MIB_TCP_STATE_DELETE_TCB = 12,
  MIB_TCP_STATE_RESERVED = 100
} MIB_TCP_STATE;

/* Page MIB_TCPROW2. Linux offloads no whole connection, so every row says InHost. */
typedef enum {
  TcpConnectionOffloadStateInHost = 0,
  TcpConnectionOffloadStateOffloading = 1,
  TcpConnectionOffloadStateOffloaded = 2,
  TcpConnectionOffloadStateUploading = 3,
  TcpConnectionOffloadStateMax = 4
} TCP_CONNECTION_OFFLOAD_STATE,
    *PTCP_CONNECTION_OFFLOAD_STATE;

/* How the retransmission timeout is found; each value has two names. Page MIB_TCPSTATS_LH. */
typedef enum {
  TcpRtoAlgorithmOther = 1,
  TcpRtoAlgorithmConstant = 2,
  TcpRtoAlgorithmRsre = 3,
  TcpRtoAlgorithmVanj = 4,
  MIB_TCP_RTO_OTHER = 1,
  MIB_TCP_RTO_CONSTANT = 2,
  MIB_TCP_RTO_RSRE = 3,
  MIB_TCP_RTO_VANJ = 4
} TCP_RTO_ALGORITHM,
    *PTCP_RTO_ALGORITHM;

/* dwMaxConn of a system without a fixed limit. */
#define MIB_TCP_MAXCONN_DYNAMIC TCPTABLE_WIN32_CAST(ULONG, -1)

/* Page MIB_TCPROW_LH: a row of GetTcpTable. The two names of the state share one place. */
typedef struct _MIB_TCPROW_LH {
  __extension__ union {
    DWORD dwState;
    MIB_TCP_STATE State;
  };
  DWORD dwLocalAddr;
  DWORD dwLocalPort;
  DWORD dwRemoteAddr;
  DWORD dwRemotePort;
} MIB_TCPROW_LH, *PMIB_TCPROW_LH;

/* Page MIB_TCPROW_W2K: the same row as it was named before Windows Vista. */
typedef struct _MIB_TCPROW_W2K {
  DWORD dwState;
  DWORD dwLocalAddr;
  DWORD dwLocalPort;
  DWORD dwRemoteAddr;
  DWORD dwRemotePort;
} MIB_TCPROW_W2K, *PMIB_TCPROW_W2K;

typedef MIB_TCPROW_LH MIB_TCPROW, *PMIB_TCPROW;

/* Page MIB_TCPTABLE. */
typedef struct _MIB_TCPTABLE {
  DWORD dwNumEntries;
  MIB_TCPROW table[ANY_SIZE];
} MIB_TCPTABLE, *PMIB_TCPTABLE;
#define SIZEOF_TCPTABLE(count) TCPTABLE_WIN32_SIZEOF_TABLE(MIB_TCPTABLE, MIB_TCPROW, count)

/* Page MIB_TCPROW2: a row of GetTcpTable2. Its first five members are those of MIB_TCPROW, and callers cast.
 */
typedef struct _MIB_TCPROW2 {
  DWORD dwState;
  DWORD dwLocalAddr;
  DWORD dwLocalPort;
  DWORD dwRemoteAddr;
  DWORD dwRemotePort;
  DWORD dwOwningPid;
  TCP_CONNECTION_OFFLOAD_STATE dwOffloadState;
} MIB_TCPROW2, *PMIB_TCPROW2;

/* Page MIB_TCPTABLE2. */
typedef struct _MIB_TCPTABLE2 {
  DWORD dwNumEntries;
  MIB_TCPROW2 table[ANY_SIZE];
} MIB_TCPTABLE2, *PMIB_TCPTABLE2;
#define SIZEOF_TCPTABLE2(count) TCPTABLE_WIN32_SIZEOF_TABLE(MIB_TCPTABLE2, MIB_TCPROW2, count)

/* Page MIB_TCPROW_OWNER_PID: a row of GetExtendedTcpTable's OWNER_PID classes. */
typedef struct _MIB_TCPROW_OWNER_PID {
  DWORD dwState;
  DWORD dwLocalAddr;
  DWORD dwLocalPort;
  DWORD dwRemoteAddr;
  DWORD dwRemotePort;
  DWORD dwOwningPid;
} MIB_TCPROW_OWNER_PID, *PMIB_TCPROW_OWNER_PID;

/* Page MIB_TCPTABLE_OWNER_PID. */
typedef struct _MIB_TCPTABLE_OWNER_PID {
  DWORD dwNumEntries;
  MIB_TCPROW_OWNER_PID table[ANY_SIZE];
} MIB_TCPTABLE_OWNER_PID, *PMIB_TCPTABLE_OWNER_PID;
#define SIZEOF_TCPTABLE_OWNER_PID(count) \
  TCPTABLE_WIN32_SIZEOF_TABLE(MIB_TCPTABLE_OWNER_PID, MIB_TCPROW_OWNER_PID, count)

/* Page MIB_TCPROW_OWNER_MODULE: a row of GetExtendedTcpTable's OWNER_MODULE classes.
 * liCreateTimestamp is a FILETIME value (100 ns since 1601 UTC; the page says SYSTEMTIME). Linux keeps no
 * creation time: this is the earliest moment at which the socket is known to have existed.
 * OwningModuleInfo is opaque, for GetOwnerModuleFromTcpEntry: [0] is not 0 for a process that a service runs
 * and for a socket that only the kernel has; the rest is 0. */
typedef struct _MIB_TCPROW_OWNER_MODULE {
  DWORD dwState;
  DWORD dwLocalAddr;
  DWORD dwLocalPort;
  DWORD dwRemoteAddr;
  DWORD dwRemotePort;
  DWORD dwOwningPid;
  LARGE_INTEGER liCreateTimestamp;
  ULONGLONG OwningModuleInfo[TCPIP_OWNING_MODULE_SIZE];
} MIB_TCPROW_OWNER_MODULE, *PMIB_TCPROW_OWNER_MODULE;

/* Page MIB_TCPTABLE_OWNER_MODULE. The rows start at offset 8. */
typedef struct _MIB_TCPTABLE_OWNER_MODULE {
  DWORD dwNumEntries;
  MIB_TCPROW_OWNER_MODULE table[ANY_SIZE];
} MIB_TCPTABLE_OWNER_MODULE, *PMIB_TCPTABLE_OWNER_MODULE;
#define SIZEOF_TCPTABLE_OWNER_MODULE(count) \
  TCPTABLE_WIN32_SIZEOF_TABLE(MIB_TCPTABLE_OWNER_MODULE, MIB_TCPROW_OWNER_MODULE, count)

/* Page MIB_TCP6ROW: a row of GetTcp6Table. */
typedef struct _MIB_TCP6ROW {
  MIB_TCP_STATE State;
  IN6_ADDR LocalAddr;
  DWORD dwLocalScopeId;
  DWORD dwLocalPort;
  IN6_ADDR RemoteAddr;
  DWORD dwRemoteScopeId;
  DWORD dwRemotePort;
} MIB_TCP6ROW, *PMIB_TCP6ROW;

/* Page MIB_TCP6TABLE. */
typedef struct _MIB_TCP6TABLE {
  DWORD dwNumEntries;
  MIB_TCP6ROW table[ANY_SIZE];
} MIB_TCP6TABLE, *PMIB_TCP6TABLE;
#define SIZEOF_TCP6TABLE(count) TCPTABLE_WIN32_SIZEOF_TABLE(MIB_TCP6TABLE, MIB_TCP6ROW, count)

/* Page MIB_TCP6ROW2: a row of GetTcp6Table2. The state comes after the endpoints, unlike in MIB_TCP6ROW. */
typedef struct _MIB_TCP6ROW2 {
  IN6_ADDR LocalAddr;
  DWORD dwLocalScopeId;
  DWORD dwLocalPort;
  IN6_ADDR RemoteAddr;
  DWORD dwRemoteScopeId;
  DWORD dwRemotePort;
  MIB_TCP_STATE State;
  DWORD dwOwningPid;
  TCP_CONNECTION_OFFLOAD_STATE dwOffloadState;
} MIB_TCP6ROW2, *PMIB_TCP6ROW2;

/* Page MIB_TCP6TABLE2. */
typedef struct _MIB_TCP6TABLE2 {
  DWORD dwNumEntries;
  MIB_TCP6ROW2 table[ANY_SIZE];
} MIB_TCP6TABLE2, *PMIB_TCP6TABLE2;
#define SIZEOF_TCP6TABLE2(count) TCPTABLE_WIN32_SIZEOF_TABLE(MIB_TCP6TABLE2, MIB_TCP6ROW2, count)

/* Page MIB_TCP6ROW_OWNER_PID. */
typedef struct _MIB_TCP6ROW_OWNER_PID {
  UCHAR ucLocalAddr[16];
  DWORD dwLocalScopeId;
  DWORD dwLocalPort;
  UCHAR ucRemoteAddr[16];
  DWORD dwRemoteScopeId;
  DWORD dwRemotePort;
  DWORD dwState;
  DWORD dwOwningPid;
} MIB_TCP6ROW_OWNER_PID, *PMIB_TCP6ROW_OWNER_PID;

/* Page MIB_TCP6TABLE_OWNER_PID. */
typedef struct _MIB_TCP6TABLE_OWNER_PID {
  DWORD dwNumEntries;
  MIB_TCP6ROW_OWNER_PID table[ANY_SIZE];
} MIB_TCP6TABLE_OWNER_PID, *PMIB_TCP6TABLE_OWNER_PID;
#define SIZEOF_TCP6TABLE_OWNER_PID(count) \
  TCPTABLE_WIN32_SIZEOF_TABLE(MIB_TCP6TABLE_OWNER_PID, MIB_TCP6ROW_OWNER_PID, count)

/* Page MIB_TCP6ROW_OWNER_MODULE; time and module as in MIB_TCPROW_OWNER_MODULE. */
typedef struct _MIB_TCP6ROW_OWNER_MODULE {
  UCHAR ucLocalAddr[16];
  DWORD dwLocalScopeId;
  DWORD dwLocalPort;
  UCHAR ucRemoteAddr[16];
  DWORD dwRemoteScopeId;
  DWORD dwRemotePort;
  DWORD dwState;
  DWORD dwOwningPid;
  LARGE_INTEGER liCreateTimestamp;
  ULONGLONG OwningModuleInfo[TCPIP_OWNING_MODULE_SIZE];
} MIB_TCP6ROW_OWNER_MODULE, *PMIB_TCP6ROW_OWNER_MODULE;

/* Page MIB_TCP6TABLE_OWNER_MODULE. The rows start at offset 8. */
typedef struct _MIB_TCP6TABLE_OWNER_MODULE {
  DWORD dwNumEntries;
  MIB_TCP6ROW_OWNER_MODULE table[ANY_SIZE];
} MIB_TCP6TABLE_OWNER_MODULE, *PMIB_TCP6TABLE_OWNER_MODULE;
#define SIZEOF_TCP6TABLE_OWNER_MODULE(count) \
  TCPTABLE_WIN32_SIZEOF_TABLE(MIB_TCP6TABLE_OWNER_MODULE, MIB_TCP6ROW_OWNER_MODULE, count)

/* Page MIB_TCPSTATS_LH: counters since the system started, which wrap at 32 bits. dwRtoMin and dwRtoMax are
 * milliseconds; dwCurrEstab counts the states ESTAB and CLOSE_WAIT. */
typedef struct _MIB_TCPSTATS_LH {
  __extension__ union {
    DWORD dwRtoAlgorithm;
    TCP_RTO_ALGORITHM RtoAlgorithm;
  };
  DWORD dwRtoMin;
  DWORD dwRtoMax;
  DWORD dwMaxConn;
  DWORD dwActiveOpens;
  DWORD dwPassiveOpens;
  DWORD dwAttemptFails;
  DWORD dwEstabResets;
  DWORD dwCurrEstab;
  DWORD dwInSegs;
  DWORD dwOutSegs;
  DWORD dwRetransSegs;
  DWORD dwInErrs;
  DWORD dwOutRsts;
  DWORD dwNumConns;
} MIB_TCPSTATS_LH, *PMIB_TCPSTATS_LH;

/* Page MIB_TCPSTATS_W2K: the same structure as it was named before Windows Vista. */
typedef struct _MIB_TCPSTATS_W2K {
  DWORD dwRtoAlgorithm;
  DWORD dwRtoMin;
  DWORD dwRtoMax;
  DWORD dwMaxConn;
  DWORD dwActiveOpens;
  DWORD dwPassiveOpens;
  DWORD dwAttemptFails;
  DWORD dwEstabResets;
  DWORD dwCurrEstab;
  DWORD dwInSegs;
  DWORD dwOutSegs;
  DWORD dwRetransSegs;
  DWORD dwInErrs;
  DWORD dwOutRsts;
  DWORD dwNumConns;
} MIB_TCPSTATS_W2K, *PMIB_TCPSTATS_W2K;

typedef MIB_TCPSTATS_LH MIB_TCPSTATS, *PMIB_TCPSTATS;

/* Page MIB_TCPSTATS2: as MIB_TCPSTATS, with segments counted in 64 bits. */
typedef struct _MIB_TCPSTATS2 {
  TCP_RTO_ALGORITHM RtoAlgorithm;
  DWORD dwRtoMin;
  DWORD dwRtoMax;
  DWORD dwMaxConn;
  DWORD dwActiveOpens;
  DWORD dwPassiveOpens;
  DWORD dwAttemptFails;
  DWORD dwEstabResets;
  DWORD dwCurrEstab;
  DWORD64 dw64InSegs;
  DWORD64 dw64OutSegs;
  DWORD dwRetransSegs;
  DWORD dwInErrs;
  DWORD dwOutRsts;
  DWORD dwNumConns;
} MIB_TCPSTATS2, *PMIB_TCPSTATS2;

#endif
