// SPDX-License-Identifier: MIT
// The functions that allocate their table from the caller's heap.
#include "win32/export.hpp"
#include "win32/tables/extended_tables.hpp"

#include <tcptable_stack_tables.h>

using namespace tcptable;
using namespace tcptable::win32;

namespace {

/// Windows answers so for AF_INET6, though its page lists it.
ULONG refused_family(DWORD address_family) {
  return family_of(address_family) == Family::ipv6 ? ERROR_NOT_SUPPORTED : ERROR_INVALID_PARAMETER;
}

template <typename Table>
ULONG owner_pid_table4(Protocol protocol, DWORD address_family, BOOL order, const HeapTarget& place) {
  if (!is_usable(place)) return ERROR_INVALID_PARAMETER;
  if (family_of(address_family) != Family::ipv4) return refused_family(address_family);
  return table_call<Table>(all_rows(protocol, Family::ipv4, order), place);
}

void** untyped(void* pointer_to_table) {
  return static_cast<void**>(pointer_to_table);
}

}  // namespace

TCPTABLE_WIN32_EXPORT DWORD WINAPI AllocateAndGetTcpTableFromStack(PMIB_TCPTABLE* ppTcpTable, BOOL bOrder,
                                                                   HANDLE hHeap, DWORD dwFlags) {
  return table_call<MIB_TCPTABLE>(all_rows(Protocol::tcp, Family::ipv4, bOrder),
                                  HeapTarget{untyped(ppTcpTable), hHeap, dwFlags});
}

TCPTABLE_WIN32_EXPORT DWORD WINAPI AllocateAndGetUdpTableFromStack(PMIB_UDPTABLE* ppUdpTable, BOOL bOrder,
                                                                   HANDLE hHeap, DWORD dwFlags) {
  return table_call<MIB_UDPTABLE>(all_rows(Protocol::udp, Family::ipv4, bOrder),
                                  HeapTarget{untyped(ppUdpTable), hHeap, dwFlags});
}

TCPTABLE_WIN32_EXPORT DWORD AllocateAndGetTcpExTableFromStack(PVOID* ppTcpTable, BOOL bOrder, HANDLE hHeap,
                                                              DWORD dwFlags, DWORD dwFamily) {
  return owner_pid_table4<MIB_TCPTABLE_OWNER_PID>(Protocol::tcp, dwFamily, bOrder,
                                                  HeapTarget{ppTcpTable, hHeap, dwFlags});
}

TCPTABLE_WIN32_EXPORT DWORD AllocateAndGetUdpExTableFromStack(PVOID* ppUdpTable, BOOL bOrder, HANDLE hHeap,
                                                              DWORD dwFlags, DWORD dwFamily) {
  return owner_pid_table4<MIB_UDPTABLE_OWNER_PID>(Protocol::udp, dwFamily, bOrder,
                                                  HeapTarget{ppUdpTable, hHeap, dwFlags});
}

TCPTABLE_WIN32_EXPORT DWORD WINAPI AllocateAndGetTcpExTable2FromStack(PVOID* ppTcpTable, BOOL bOrder,
                                                                      HANDLE hHeap, DWORD dwFlags,
                                                                      DWORD dwFamily, TCP_TABLE_CLASS Class) {
  return extended_tcp_table(dwFamily, static_cast<int>(Class), bOrder,
                            HeapTarget{ppTcpTable, hHeap, dwFlags});
}

TCPTABLE_WIN32_EXPORT DWORD WINAPI AllocateAndGetUdpExTable2FromStack(PVOID* ppUdpTable, BOOL bOrder,
                                                                      HANDLE hHeap, DWORD dwFlags,
                                                                      DWORD dwFamily, UDP_TABLE_CLASS Class) {
  return extended_udp_table(dwFamily, static_cast<int>(Class), bOrder,
                            HeapTarget{ppUdpTable, hHeap, dwFlags});
}

#define INTERNAL_TABLE(function, Table, protocol, family, selection)                                \
  TCPTABLE_WIN32_EXPORT ULONG WINAPI function(PVOID* table, HANDLE heap, ULONG flags) {             \
    const TableRequest request{Protocol::protocol, Family::family, RowSelection::selection, false}; \
    return table_call<Table>(request, HeapTarget{table, heap, flags});                              \
  }

INTERNAL_TABLE(InternalGetTcpTable, MIB_TCPTABLE, tcp, ipv4, all)
INTERNAL_TABLE(InternalGetTcpTableEx, MIB_TCPTABLE_OWNER_PID, tcp, ipv4, all)
INTERNAL_TABLE(InternalGetTcpTable2, MIB_TCPTABLE2, tcp, ipv4, all)
INTERNAL_TABLE(InternalGetTcpTableWithOwnerPid, MIB_TCPTABLE_OWNER_PID, tcp, ipv4, all)
INTERNAL_TABLE(InternalGetTcpTableWithOwnerModule, MIB_TCPTABLE_OWNER_MODULE, tcp, ipv4, all)
INTERNAL_TABLE(InternalGetTcp6Table2, MIB_TCP6TABLE2, tcp, ipv6, all)
INTERNAL_TABLE(InternalGetTcp6TableWithOwnerPid, MIB_TCP6TABLE_OWNER_PID, tcp, ipv6, all)
INTERNAL_TABLE(InternalGetTcp6TableWithOwnerModule, MIB_TCP6TABLE_OWNER_MODULE, tcp, ipv6, all)
INTERNAL_TABLE(InternalGetUdpTable, MIB_UDPTABLE, udp, ipv4, all)
INTERNAL_TABLE(InternalGetUdpTableEx, MIB_UDPTABLE_OWNER_PID, udp, ipv4, all)
INTERNAL_TABLE(InternalGetUdpTableWithOwnerPid, MIB_UDPTABLE_OWNER_PID, udp, ipv4, all)
INTERNAL_TABLE(InternalGetUdpTableWithOwnerModule, MIB_UDPTABLE_OWNER_MODULE, udp, ipv4, all)
INTERNAL_TABLE(InternalGetUdp6TableWithOwnerPid, MIB_UDP6TABLE_OWNER_PID, udp, ipv6, all)
INTERNAL_TABLE(InternalGetUdp6TableWithOwnerModule, MIB_UDP6TABLE_OWNER_MODULE, udp, ipv6, all)
INTERNAL_TABLE(InternalGetBoundTcpEndpointTable, MIB_TCPTABLE2, tcp, ipv4, bound)
INTERNAL_TABLE(InternalGetBoundTcp6EndpointTable, MIB_TCP6TABLE2, tcp, ipv6, bound)
