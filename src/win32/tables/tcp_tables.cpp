// SPDX-License-Identifier: MIT
// The TCP table functions of iphlpapi.h.
#include "win32/export.hpp"
#include "win32/tables/extended_tables.hpp"

using namespace tcptable;
using namespace tcptable::win32;

TCPTABLE_WIN32_EXPORT ULONG WINAPI GetTcpTable(PMIB_TCPTABLE TcpTable, PULONG SizePointer, BOOL Order) {
  return table_call<MIB_TCPTABLE>(all_rows(Protocol::tcp, Family::ipv4, Order),
                                  TableBuffer{TcpTable, SizePointer});
}

TCPTABLE_WIN32_EXPORT ULONG WINAPI GetTcpTable2(PMIB_TCPTABLE2 TcpTable, PULONG SizePointer, BOOL Order) {
  return table_call<MIB_TCPTABLE2>(all_rows(Protocol::tcp, Family::ipv4, Order),
                                   TableBuffer{TcpTable, SizePointer});
}

TCPTABLE_WIN32_EXPORT ULONG WINAPI GetTcp6Table(PMIB_TCP6TABLE TcpTable, PULONG SizePointer, BOOL Order) {
  return table_call<MIB_TCP6TABLE>(all_rows(Protocol::tcp, Family::ipv6, Order),
                                   TableBuffer{TcpTable, SizePointer});
}

TCPTABLE_WIN32_EXPORT ULONG WINAPI GetTcp6Table2(PMIB_TCP6TABLE2 TcpTable, PULONG SizePointer, BOOL Order) {
  return table_call<MIB_TCP6TABLE2>(all_rows(Protocol::tcp, Family::ipv6, Order),
                                    TableBuffer{TcpTable, SizePointer});
}

// Reserved "must be zero" on the Windows page, without a code for when it is not: ignored.
TCPTABLE_WIN32_EXPORT DWORD WINAPI GetExtendedTcpTable(PVOID pTcpTable, PDWORD pdwSize, BOOL bOrder,
                                                       ULONG ulAf, TCP_TABLE_CLASS TableClass, ULONG) {
  return extended_tcp_table(ulAf, static_cast<int>(TableClass), bOrder, TableBuffer{pTcpTable, pdwSize});
}
