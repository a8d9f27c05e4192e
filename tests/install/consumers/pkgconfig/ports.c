/* SPDX-License-Identifier: MIT */
/* The README's program in C. */
#include <winsock2.h>
#include <ws2tcpip.h>

#include <iphlpapi.h>
#include <stdio.h>
#include <stdlib.h>

int main(void) {
  ULONG size = 0;
  MIB_TCPTABLE2* table = NULL;
  ULONG code = GetTcpTable2(NULL, &size, TRUE);
  while (code == ERROR_INSUFFICIENT_BUFFER) {
    table = (MIB_TCPTABLE2*)realloc(table, size);
    code = GetTcpTable2(table, &size, TRUE);
  }
  if (code != NO_ERROR) return 1;
  for (DWORD i = 0; i < table->dwNumEntries; ++i) {
    printf("port %u: pid %u\n", ntohs((u_short)table->table[i].dwLocalPort), table->table[i].dwOwningPid);
  }
  free(table);
  return 0;
}
