// SPDX-License-Identifier: MIT
// From a table class to its structure and its rows; wherever the table goes, a TableBuffer or a HeapTarget.
#pragma once

#include "win32/tables/table_call.hpp"

#include <iphlpapi.h>

namespace tcptable::win32 {

inline TableRequest all_rows(Protocol protocol, Family family, BOOL order) {
  return {protocol, family, RowSelection::all, order != FALSE};
}

/// Windows has no basic TCP class for IPv6 (page GetExtendedTcpTable).
struct NoTable {};

template <typename Table, typename Place>
ULONG table_call_if_any(const TableRequest& request, const Place& place) {
  if constexpr (std::is_same_v<Table, NoTable>) {
    return ERROR_NOT_SUPPORTED;
  } else {
    return table_call<Table>(request, place);
  }
}

/// `structure` counts basic, owner pid, owner module.
template <typename Basic, typename OwnerPid, typename OwnerModule, typename Place>
ULONG table_by_structure(int structure, const TableRequest& request, const Place& place) {
  switch (structure) {
    case 0:
      return table_call_if_any<Basic>(request, place);
    case 1:
      return table_call<OwnerPid>(request, place);
    case 2:
      return table_call<OwnerModule>(request, place);
    default:
      return ERROR_INVALID_PARAMETER;
  }
}

/// `table_class` is a TCP_TABLE_CLASS, or not: any number may come in. The nine are three structures times
/// three selections, numbered structure by structure.
template <typename Place>
ULONG extended_tcp_table(ULONG address_family, int table_class, BOOL order, const Place& place) {
  constexpr RowSelection kSelections[] = {RowSelection::listeners, RowSelection::connections,
                                          RowSelection::all};
  constexpr int kClasses = 9;
  const auto family = family_of(address_family);
  if (!is_usable(place) || !family) return ERROR_INVALID_PARAMETER;
  if (table_class < 0 || table_class >= kClasses) return ERROR_INVALID_PARAMETER;
  TableRequest request = all_rows(Protocol::tcp, *family, order);
  request.selection = kSelections[table_class % 3];
  if (*family == Family::ipv4) {
    return table_by_structure<MIB_TCPTABLE, MIB_TCPTABLE_OWNER_PID, MIB_TCPTABLE_OWNER_MODULE>(
        table_class / 3, request, place);
  }
  return table_by_structure<NoTable, MIB_TCP6TABLE_OWNER_PID, MIB_TCP6TABLE_OWNER_MODULE>(table_class / 3,
                                                                                          request, place);
}

/// `table_class` is a UDP_TABLE_CLASS, or not.
template <typename Place>
ULONG extended_udp_table(ULONG address_family, int table_class, BOOL order, const Place& place) {
  const auto family = family_of(address_family);
  if (!is_usable(place) || !family) return ERROR_INVALID_PARAMETER;
  const TableRequest request = all_rows(Protocol::udp, *family, order);
  if (*family == Family::ipv4) {
    return table_by_structure<MIB_UDPTABLE, MIB_UDPTABLE_OWNER_PID, MIB_UDPTABLE_OWNER_MODULE>(
        table_class, request, place);
  }
  return table_by_structure<MIB_UDP6TABLE, MIB_UDP6TABLE_OWNER_PID, MIB_UDP6TABLE_OWNER_MODULE>(
      table_class, request, place);
}

}  // namespace tcptable::win32
