/* SPDX-License-Identifier: MIT */
/* Prints the IPv4 TCP table the way programs written for Windows do it: the same calls, casts, members and
 * printf formats as the example on Microsoft's page "GetTcpTable2 function", in our own words. Built as C and
 * as C++. */
/* clang-format off */
#include <winsock2.h>
#include <ws2tcpip.h>
#include <iphlpapi.h>
#include <stdio.h>
/* clang-format on */

#pragma comment(lib, "iphlpapi.lib")
#pragma comment(lib, "ws2_32.lib")

static const char* state_name(DWORD state) {
  switch (state) {
    case MIB_TCP_STATE_CLOSED:
      return "CLOSED";
    case MIB_TCP_STATE_LISTEN:
      return "LISTEN";
    case MIB_TCP_STATE_SYN_SENT:
      return "SYN_SENT";
    case MIB_TCP_STATE_SYN_RCVD:
      return "SYN_RCVD";
    case MIB_TCP_STATE_ESTAB:
      return "ESTAB";
    case MIB_TCP_STATE_FIN_WAIT1:
      return "FIN_WAIT1";
    case MIB_TCP_STATE_FIN_WAIT2:
      return "FIN_WAIT2";
    case MIB_TCP_STATE_CLOSE_WAIT:
      return "CLOSE_WAIT";
    case MIB_TCP_STATE_CLOSING:
      return "CLOSING";
    case MIB_TCP_STATE_LAST_ACK:
      return "LAST_ACK";
    case MIB_TCP_STATE_TIME_WAIT:
      return "TIME_WAIT";
    case MIB_TCP_STATE_DELETE_TCB:
      return "DELETE_TCB";
    default:
      return "?";
  }
}

static const char* offload_name(TCP_CONNECTION_OFFLOAD_STATE state) {
  switch (state) {
    case TcpConnectionOffloadStateInHost:
      return "in-host";
    case TcpConnectionOffloadStateOffloading:
      return "offloading";
    case TcpConnectionOffloadStateOffloaded:
      return "offloaded";
    case TcpConnectionOffloadStateUploading:
      return "uploading";
    default:
      return "?";
  }
}

/* The first buffer is on purpose too small for even one row. */
static PMIB_TCPTABLE2 fetch_table(void) {
  ULONG size = sizeof(MIB_TCPTABLE);
  DWORD result = ERROR_INSUFFICIENT_BUFFER;
  PMIB_TCPTABLE2 table = (MIB_TCPTABLE2*)HeapAlloc(GetProcessHeap(), 0, sizeof(MIB_TCPTABLE2));
  while (table != NULL && (result = GetTcpTable2(table, &size, TRUE)) == ERROR_INSUFFICIENT_BUFFER) {
    HeapFree(GetProcessHeap(), 0, table);
    table = (MIB_TCPTABLE2*)HeapAlloc(GetProcessHeap(), 0, size);
  }
  if (table != NULL && result != NO_ERROR) {
    printf("failed: %d\n", result);
    HeapFree(GetProcessHeap(), 0, table);
    table = NULL;
  }
  return table;
}

static void print_row(const MIB_TCPROW2* row) {
  struct in_addr address;
  char local[128];
  char remote[128];

  /* inet_ntoa has one buffer only, so the text is copied. */
  address.S_un.S_addr = (u_long)row->dwLocalAddr;
  strcpy_s(local, sizeof(local), inet_ntoa(address));
  address.S_un.S_addr = (u_long)row->dwRemoteAddr;
  strcpy_s(remote, sizeof(remote), inet_ntoa(address));

  printf("%ld %s %s:%d %s:%d %d %ld %s\n", row->dwState, state_name(row->dwState), local,
         ntohs((u_short)row->dwLocalPort), remote, ntohs((u_short)row->dwRemotePort), row->dwOwningPid,
         row->dwOffloadState, offload_name(row->dwOffloadState));
}

int main() {
  int i;
  PMIB_TCPTABLE2 table = fetch_table();
  if (table == NULL) return 1;

  printf("entries: %d\n", (int)table->dwNumEntries);
  for (i = 0; i < (int)table->dwNumEntries; i++) print_row(&table->table[i]);

  HeapFree(GetProcessHeap(), 0, table);
  return 0;
}
