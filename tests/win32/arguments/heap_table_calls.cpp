// SPDX-License-Identifier: MIT
// The functions that allocate their table from a heap.
#include <tcptable_stack_tables.h>
#include <windows.h>

#include "win32/arguments/bad_call.hpp"

namespace bad_arguments {
namespace {

using HeapCall = std::function<ULONG(void** table, HANDLE heap, ULONG flags)>;

void add_heap_call(BadCalls& calls, const std::string& symbol, const std::string& arguments,
                   std::vector<ULONG> sound_codes, const HeapCall& call) {
  const std::vector<ULONG> invalid{ERROR_INVALID_PARAMETER};
  calls.push_back(
      {symbol, arguments + "no result", invalid, [call] { return call(nullptr, GetProcessHeap(), 0); }});
  calls.push_back({symbol, arguments + "no heap", invalid, [call] {
                     void* table = nullptr;
                     return call(&table, nullptr, 0);
                   }});
  calls.push_back({symbol, arguments + "invalid handle", invalid, [call] {
                     void* table = nullptr;
                     return call(&table, reinterpret_cast<HANDLE>(std::intptr_t{-1}), 0);
                   }});
  for (const ULONG flags : {0U, 0xffff'ffffU}) {
    calls.push_back({symbol, arguments + "flags " + std::to_string(flags), sound_codes, [call, flags] {
                       void* table = nullptr;
                       const ULONG code = call(&table, GetProcessHeap(), flags);
                       if ((code == NO_ERROR) != (table != nullptr)) return ULONG{0xbad};
                       return HeapFree(GetProcessHeap(), 0, table) ? code : ULONG{0xbad};
                     }});
  }
}

void add_internal(BadCalls& calls, const char* symbol, ULONG (*function)(void**, HANDLE, ULONG)) {
  add_heap_call(calls, symbol, "", {NO_ERROR}, function);
}

template <typename Table>
void add_basic(BadCalls& calls, const char* symbol, DWORD (*function)(Table**, BOOL, HANDLE, DWORD)) {
  add_heap_call(calls, symbol, "", {NO_ERROR}, [function](void** table, HANDLE heap, ULONG flags) {
    return function(reinterpret_cast<Table**>(table), -1, heap, flags);
  });
}

void add_owner_pid(BadCalls& calls, const char* symbol,
                   DWORD (*function)(void**, BOOL, HANDLE, DWORD, DWORD)) {
  const auto add = [&](ULONG family, ULONG code) {
    add_heap_call(calls, symbol, "family " + std::to_string(family) + ", ", {code},
                  [function, family](void** table, HANDLE heap, ULONG flags) {
                    return function(table, TRUE, heap, flags, family);
                  });
  };
  add(kInet, NO_ERROR);
  add(kInet6, ERROR_NOT_SUPPORTED);
  for (const ULONG family : kNoFamilies) add(family, ERROR_INVALID_PARAMETER);
}

template <typename Class>
void add_by_class(BadCalls& calls, const char* symbol, int last,
                  DWORD (*function)(void**, BOOL, HANDLE, DWORD, DWORD, Class)) {
  const auto add = [&](ULONG family, int table_class, ULONG code) {
    add_heap_call(calls, symbol,
                  "family " + std::to_string(family) + ", class " + std::to_string(table_class) + ", ",
                  {code}, [=](void** table, HANDLE heap, ULONG flags) {
                    return function(table, TRUE, heap, flags, family, static_cast<Class>(table_class));
                  });
  };
  for (int table_class = 0; table_class <= last; ++table_class) add(kInet, table_class, NO_ERROR);
  for (const int garbage : kGarbage) add(kInet6, garbage, ERROR_INVALID_PARAMETER);
  for (const ULONG family : kNoFamilies) add(family, last, ERROR_INVALID_PARAMETER);
}

}  // namespace

void add_heap_table_calls(BadCalls& calls) {
  add_basic(calls, "AllocateAndGetTcpTableFromStack", AllocateAndGetTcpTableFromStack);
  add_basic(calls, "AllocateAndGetUdpTableFromStack", AllocateAndGetUdpTableFromStack);
  add_owner_pid(calls, "AllocateAndGetTcpExTableFromStack", AllocateAndGetTcpExTableFromStack);
  add_owner_pid(calls, "AllocateAndGetUdpExTableFromStack", AllocateAndGetUdpExTableFromStack);
  add_by_class(calls, "AllocateAndGetTcpExTable2FromStack", TCP_TABLE_OWNER_MODULE_ALL,
               AllocateAndGetTcpExTable2FromStack);
  add_by_class(calls, "AllocateAndGetUdpExTable2FromStack", UDP_TABLE_OWNER_MODULE,
               AllocateAndGetUdpExTable2FromStack);
  add_internal(calls, "InternalGetTcpTable", InternalGetTcpTable);
  add_internal(calls, "InternalGetTcpTableEx", InternalGetTcpTableEx);
  add_internal(calls, "InternalGetTcpTable2", InternalGetTcpTable2);
  add_internal(calls, "InternalGetTcpTableWithOwnerPid", InternalGetTcpTableWithOwnerPid);
  add_internal(calls, "InternalGetTcpTableWithOwnerModule", InternalGetTcpTableWithOwnerModule);
  add_internal(calls, "InternalGetTcp6Table2", InternalGetTcp6Table2);
  add_internal(calls, "InternalGetTcp6TableWithOwnerPid", InternalGetTcp6TableWithOwnerPid);
  add_internal(calls, "InternalGetTcp6TableWithOwnerModule", InternalGetTcp6TableWithOwnerModule);
  add_internal(calls, "InternalGetUdpTable", InternalGetUdpTable);
  add_internal(calls, "InternalGetUdpTableEx", InternalGetUdpTableEx);
  add_internal(calls, "InternalGetUdpTableWithOwnerPid", InternalGetUdpTableWithOwnerPid);
  add_internal(calls, "InternalGetUdpTableWithOwnerModule", InternalGetUdpTableWithOwnerModule);
  add_internal(calls, "InternalGetUdp6TableWithOwnerPid", InternalGetUdp6TableWithOwnerPid);
  add_internal(calls, "InternalGetUdp6TableWithOwnerModule", InternalGetUdp6TableWithOwnerModule);
  // Linux before 6.8 can't list these.
  const std::vector<ULONG> bound{NO_ERROR, ERROR_NOT_SUPPORTED};
  add_heap_call(calls, "InternalGetBoundTcpEndpointTable", "", bound, InternalGetBoundTcpEndpointTable);
  add_heap_call(calls, "InternalGetBoundTcp6EndpointTable", "", bound, InternalGetBoundTcp6EndpointTable);
}

}  // namespace bad_arguments
