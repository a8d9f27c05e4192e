// SPDX-License-Identifier: MIT
// The functions of the size protocol, in a namespace whose tables need less than kRoom.
#include <iphlpapi.h>

#include "win32/arguments/bad_call.hpp"

namespace bad_arguments {
namespace {

constexpr std::size_t kRoom = 65536;

using SizedCall = std::function<ULONG(void* table, ULONG* size)>;

void add_sized(BadCalls& calls, const std::string& symbol, const std::string& arguments,
               const SizedCall& call) {
  const auto add = [&](const std::string& more, std::vector<ULONG> codes, std::function<ULONG()> made) {
    calls.push_back({symbol, arguments + more, std::move(codes), std::move(made)});
  };
  add("no size", {ERROR_INVALID_PARAMETER}, [call] {
    std::vector<char> buffer(kRoom);
    return call(buffer.data(), nullptr);
  });
  add("nothing", {ERROR_INVALID_PARAMETER}, [call] { return call(nullptr, nullptr); });
  for (const ULONG given : {0U, 3U, 4099U, 0xffff'ffffU}) {
    add("no buffer, size " + std::to_string(given), {ERROR_INSUFFICIENT_BUFFER}, [call, given] {
      ULONG size = given;
      return call(nullptr, &size);
    });
  }
  for (const ULONG given : {0U, 1U, 3U}) {
    add("short buffer, size " + std::to_string(given), {ERROR_INSUFFICIENT_BUFFER}, [call, given] {
      ULONG size = given;
      std::vector<char> buffer(kRoom, '\x5a');
      const ULONG code = call(buffer.data(), &size);
      return buffer == std::vector<char>(kRoom, '\x5a') ? code : ULONG{0xbad};
    });
  }
  for (const ULONG given : {65533U, 0xffff'fffdU}) {
    add("size " + std::to_string(given), {NO_ERROR}, [call, given] {
      ULONG size = given;
      std::vector<char> buffer(kRoom);
      return call(buffer.data(), &size);
    });
  }
}

template <typename Table>
void add_simple(BadCalls& calls, const char* symbol, ULONG (*function)(Table*, ULONG*, BOOL)) {
  for (const BOOL order : {FALSE, -1}) {
    add_sized(calls, symbol, "order " + std::to_string(order) + ", ",
              [function, order](void* table, ULONG* size) {
                return function(static_cast<Table*>(table), size, order);
              });
  }
}

// `last` is the last class that there is.
template <typename Class>
void add_extended(BadCalls& calls, const char* symbol, int last,
                  DWORD (*function)(void*, DWORD*, BOOL, ULONG, Class, ULONG)) {
  const auto call = [function](ULONG family, int table_class) {
    return [=](void* table, ULONG* size) {
      return function(table, size, TRUE, family, static_cast<Class>(table_class), 0xdead'beef);
    };
  };
  const auto add_refused = [&](ULONG family, int table_class, ULONG code) {
    calls.push_back({symbol,
                     "family " + std::to_string(family) + ", class " + std::to_string(table_class),
                     {code},
                     [made = call(family, table_class)] {
                       ULONG size = kRoom;
                       std::vector<char> buffer(kRoom);
                       return made(buffer.data(), &size);
                     }});
  };
  for (int table_class = 0; table_class <= last; ++table_class) {
    add_sized(calls, symbol, "class " + std::to_string(table_class) + ", ", call(kInet, table_class));
    for (const ULONG family : kNoFamilies) add_refused(family, table_class, ERROR_INVALID_PARAMETER);
  }
  for (const int garbage : kGarbage) {
    for (const ULONG family : {kInet, kInet6, 10U}) add_refused(family, garbage, ERROR_INVALID_PARAMETER);
  }
}

}  // namespace

void add_table_calls(BadCalls& calls) {
  add_simple(calls, "GetTcpTable", GetTcpTable);
  add_simple(calls, "GetTcpTable2", GetTcpTable2);
  add_simple(calls, "GetTcp6Table", GetTcp6Table);
  add_simple(calls, "GetTcp6Table2", GetTcp6Table2);
  add_simple(calls, "GetUdpTable", GetUdpTable);
  add_simple(calls, "GetUdp6Table", GetUdp6Table);
  add_extended(calls, "GetExtendedTcpTable", TCP_TABLE_OWNER_MODULE_ALL, GetExtendedTcpTable);
  add_extended(calls, "GetExtendedUdpTable", UDP_TABLE_OWNER_MODULE, GetExtendedUdpTable);
}

}  // namespace bad_arguments
