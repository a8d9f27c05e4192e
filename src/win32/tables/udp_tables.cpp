// SPDX-License-Identifier: MIT
// The UDP table functions of iphlpapi.h.
#include "win32/export.hpp"
#include "win32/tables/table_call.hpp"

namespace {

using namespace tcptable;
using namespace tcptable::win32;

TableRequest udp_request(Family family, BOOL order) {
  return {Protocol::udp, family, RowSelection::all, order != FALSE};
}

template <typename Basic, typename OwnerPid, typename OwnerModule>
ULONG extended_table(UDP_TABLE_CLASS table_class, const TableRequest& request, TableBuffer buffer) {
  switch (table_class) {
    case UDP_TABLE_BASIC:
      return table_call<Basic>(request, buffer);
    case UDP_TABLE_OWNER_PID:
      return table_call<OwnerPid>(request, buffer);
    case UDP_TABLE_OWNER_MODULE:
      return table_call<OwnerModule>(request, buffer);
  }
  return ERROR_INVALID_PARAMETER;
}

}  // namespace

TCPTABLE_WIN32_EXPORT ULONG WINAPI GetUdpTable(PMIB_UDPTABLE UdpTable, PULONG SizePointer, BOOL Order) {
  return table_call<MIB_UDPTABLE>(udp_request(Family::ipv4, Order), {UdpTable, SizePointer});
}

TCPTABLE_WIN32_EXPORT ULONG WINAPI GetUdp6Table(PMIB_UDP6TABLE Udp6Table, PULONG SizePointer, BOOL Order) {
  return table_call<MIB_UDP6TABLE>(udp_request(Family::ipv6, Order), {Udp6Table, SizePointer});
}

TCPTABLE_WIN32_EXPORT DWORD WINAPI GetExtendedUdpTable(PVOID pUdpTable, PDWORD pdwSize, BOOL bOrder,
                                                       ULONG ulAf, UDP_TABLE_CLASS TableClass, ULONG) {
  const auto family = family_of(ulAf);
  if (pdwSize == nullptr || !family) return ERROR_INVALID_PARAMETER;
  const TableRequest request = udp_request(*family, bOrder);
  const TableBuffer buffer{pUdpTable, pdwSize};
  if (*family == Family::ipv6) {
    return extended_table<MIB_UDP6TABLE, MIB_UDP6TABLE_OWNER_PID, MIB_UDP6TABLE_OWNER_MODULE>(
        TableClass, request, buffer);
  }
  return extended_table<MIB_UDPTABLE, MIB_UDPTABLE_OWNER_PID, MIB_UDPTABLE_OWNER_MODULE>(TableClass, request,
                                                                                         buffer);
}
