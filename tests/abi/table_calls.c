/* SPDX-License-Identifier: MIT */
/* Calls all eight table functions with the types their prototypes name. Compiled twice, as C and as C++;
 * TABLE_CALLS is the name under which each of the two gives its calls. */
#include "table_calls.h"

static DWORD get_tcp_table(void* table, DWORD* size) {
  return GetTcpTable((PMIB_TCPTABLE)table, size, TRUE);
}

static DWORD get_tcp_table2(void* table, DWORD* size) {
  return GetTcpTable2((PMIB_TCPTABLE2)table, size, TRUE);
}

static DWORD get_tcp6_table(void* table, DWORD* size) {
  return GetTcp6Table((PMIB_TCP6TABLE)table, size, TRUE);
}

static DWORD get_tcp6_table2(void* table, DWORD* size) {
  return GetTcp6Table2((PMIB_TCP6TABLE2)table, size, TRUE);
}

static DWORD get_udp_table(void* table, DWORD* size) {
  return GetUdpTable((PMIB_UDPTABLE)table, size, TRUE);
}

static DWORD get_udp6_table(void* table, DWORD* size) {
  return GetUdp6Table((PMIB_UDP6TABLE)table, size, TRUE);
}

static DWORD get_extended_tcp_table(void* table, DWORD* size) {
  return GetExtendedTcpTable(table, size, TRUE, AF_INET, TCP_TABLE_OWNER_PID_ALL, 0);
}

static DWORD get_extended_udp_table(void* table, DWORD* size) {
  return GetExtendedUdpTable(table, size, TRUE, AF_INET6, UDP_TABLE_OWNER_PID, 0);
}

const TableCall TABLE_CALLS[kTableCallCount] = {
    {"GetTcpTable", get_tcp_table, AF_INET},
    {"GetTcpTable2", get_tcp_table2, AF_INET},
    {"GetTcp6Table", get_tcp6_table, AF_INET6},
    {"GetTcp6Table2", get_tcp6_table2, AF_INET6},
    {"GetUdpTable", get_udp_table, AF_INET},
    {"GetUdp6Table", get_udp6_table, AF_INET6},
    {"GetExtendedTcpTable", get_extended_tcp_table, AF_INET},
    {"GetExtendedUdpTable", get_extended_udp_table, AF_INET6},
};
