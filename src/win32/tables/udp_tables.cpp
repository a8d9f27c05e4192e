// SPDX-License-Identifier: MIT
// The UDP table functions of iphlpapi.h.
#include "win32/export.hpp"
#include "win32/tables/extended_tables.hpp"

using namespace tcptable;
using namespace tcptable::win32;

TCPTABLE_WIN32_EXPORT ULONG WINAPI GetUdpTable(PMIB_UDPTABLE UdpTable, PULONG SizePointer, BOOL Order) {
  return table_call<MIB_UDPTABLE>(all_rows(Protocol::udp, Family::ipv4, Order),
                                  TableBuffer{UdpTable, SizePointer});
}

TCPTABLE_WIN32_EXPORT ULONG WINAPI GetUdp6Table(PMIB_UDP6TABLE Udp6Table, PULONG SizePointer, BOOL Order) {
  return table_call<MIB_UDP6TABLE>(all_rows(Protocol::udp, Family::ipv6, Order),
                                   TableBuffer{Udp6Table, SizePointer});
}

TCPTABLE_WIN32_EXPORT DWORD WINAPI GetExtendedUdpTable(PVOID pUdpTable, PDWORD pdwSize, BOOL bOrder,
                                                       ULONG ulAf, UDP_TABLE_CLASS TableClass, ULONG) {
  return extended_udp_table(ulAf, static_cast<int>(TableClass), bOrder, TableBuffer{pUdpTable, pdwSize});
}
