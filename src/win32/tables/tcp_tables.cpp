// SPDX-License-Identifier: MIT
// The TCP table functions of iphlpapi.h.
#include "win32/export.hpp"
#include "win32/tables/table_call.hpp"

namespace {

using namespace tcptable;
using namespace tcptable::win32;

TableRequest tcp_request(Family family, BOOL order) {
  return {Protocol::tcp, family, RowSelection::all, order != FALSE};
}

// The nine classes are three structures times three selections, numbered structure by structure.
constexpr int kClasses = 9;
constexpr RowSelection kSelections[] = {RowSelection::listeners, RowSelection::connections,
                                        RowSelection::all};

enum class Structure { basic, owner_pid, owner_module };

ULONG extended_table4(Structure structure, const TableRequest& request, TableBuffer buffer) {
  switch (structure) {
    case Structure::basic:
      return table_call<MIB_TCPTABLE>(request, buffer);
    case Structure::owner_pid:
      return table_call<MIB_TCPTABLE_OWNER_PID>(request, buffer);
    case Structure::owner_module:
      return table_call<MIB_TCPTABLE_OWNER_MODULE>(request, buffer);
  }
  return ERROR_INVALID_PARAMETER;
}

// Windows has no basic class for IPv6 (page GetExtendedTcpTable).
ULONG extended_table6(Structure structure, const TableRequest& request, TableBuffer buffer) {
  switch (structure) {
    case Structure::basic:
      return ERROR_NOT_SUPPORTED;
    case Structure::owner_pid:
      return table_call<MIB_TCP6TABLE_OWNER_PID>(request, buffer);
    case Structure::owner_module:
      return table_call<MIB_TCP6TABLE_OWNER_MODULE>(request, buffer);
  }
  return ERROR_INVALID_PARAMETER;
}

}  // namespace

TCPTABLE_WIN32_EXPORT ULONG WINAPI GetTcpTable(PMIB_TCPTABLE TcpTable, PULONG SizePointer, BOOL Order) {
  return table_call<MIB_TCPTABLE>(tcp_request(Family::ipv4, Order), {TcpTable, SizePointer});
}

TCPTABLE_WIN32_EXPORT ULONG WINAPI GetTcpTable2(PMIB_TCPTABLE2 TcpTable, PULONG SizePointer, BOOL Order) {
  return table_call<MIB_TCPTABLE2>(tcp_request(Family::ipv4, Order), {TcpTable, SizePointer});
}

TCPTABLE_WIN32_EXPORT ULONG WINAPI GetTcp6Table(PMIB_TCP6TABLE TcpTable, PULONG SizePointer, BOOL Order) {
  return table_call<MIB_TCP6TABLE>(tcp_request(Family::ipv6, Order), {TcpTable, SizePointer});
}

TCPTABLE_WIN32_EXPORT ULONG WINAPI GetTcp6Table2(PMIB_TCP6TABLE2 TcpTable, PULONG SizePointer, BOOL Order) {
  return table_call<MIB_TCP6TABLE2>(tcp_request(Family::ipv6, Order), {TcpTable, SizePointer});
}

// Reserved "must be zero" on the Windows page, without a code for when it is not: ignored.
TCPTABLE_WIN32_EXPORT DWORD WINAPI GetExtendedTcpTable(PVOID pTcpTable, PDWORD pdwSize, BOOL bOrder,
                                                       ULONG ulAf, TCP_TABLE_CLASS TableClass, ULONG) {
  if (pdwSize == nullptr) return ERROR_INVALID_PARAMETER;
  const auto family = family_of(ulAf);
  const int number = static_cast<int>(TableClass);
  if (!family || number < 0 || number >= kClasses) return ERROR_INVALID_PARAMETER;
  TableRequest request = tcp_request(*family, bOrder);
  request.selection = kSelections[number % 3];
  const auto structure = static_cast<Structure>(number / 3);
  const TableBuffer buffer{pTcpTable, pdwSize};
  return *family == Family::ipv4 ? extended_table4(structure, request, buffer)
                                 : extended_table6(structure, request, buffer);
}
