// SPDX-License-Identifier: MIT
// SetTcpEntry and the extended statistics, for connections that there are none of.
#include <iphlpapi.h>

#include "win32/arguments/bad_call.hpp"

namespace bad_arguments {
namespace {

constexpr ULONG kRoom = 4096;
constexpr int kLastType = TcpConnectionEstatsFineRtt;

void add_set_tcp_entry(BadCalls& calls) {
  calls.push_back({"SetTcpEntry", "no row", {ERROR_INVALID_PARAMETER}, [] { return SetTcpEntry(nullptr); }});
  for (const int state : {-1, 0, 1, 2, 11, 13, 100, INT32_MIN, INT32_MAX}) {
    calls.push_back({"SetTcpEntry", "state " + std::to_string(state), {ERROR_INVALID_PARAMETER}, [state] {
                       MIB_TCPROW row{};
                       row.dwState = static_cast<DWORD>(state);
                       return SetTcpEntry(&row);
                     }});
  }
  calls.push_back({"SetTcpEntry", "no such connection", {ERROR_MR_MID_NOT_FOUND}, [] {
                     MIB_TCPROW row{};
                     row.dwState = MIB_TCP_STATE_DELETE_TCB;
                     row.dwLocalPort = row.dwRemotePort = 0xffff'ffff;
                     return SetTcpEntry(&row);
                   }});
}

// One of the three buffers of a Get: a version and a size, with memory or without.
struct Part {
  ULONG version = 0;
  ULONG size = 0;
  bool is_there = false;
};

template <typename Row>
using GetFunction = ULONG(Row*, TCP_ESTATS_TYPE, UCHAR*, ULONG, ULONG, UCHAR*, ULONG, ULONG, UCHAR*, ULONG,
                          ULONG);

template <typename Row>
void add_get(BadCalls& calls, const char* symbol, GetFunction<Row>* function) {
  const auto add = [&](const std::string& arguments, ULONG code, bool with_row, int type, Part part) {
    calls.push_back({symbol, arguments, {code}, [=] {
                       Row row{};
                       std::vector<UCHAR> buffer(kRoom);
                       return function(with_row ? &row : nullptr, static_cast<TCP_ESTATS_TYPE>(type),
                                       part.is_there ? buffer.data() : nullptr, part.version, part.size,
                                       nullptr, 0, 0, nullptr, 0, 0);
                     }});
  };
  add("no row", ERROR_INVALID_PARAMETER, false, TcpConnectionEstatsPath, {});
  for (const int garbage : kGarbage)
    add("type " + std::to_string(garbage), ERROR_INVALID_PARAMETER, true, garbage, {});
  for (int type = 0; type <= kLastType; ++type) {
    const std::string name = "type " + std::to_string(type) + ", ";
    add(name + "no such connection", ERROR_NOT_FOUND, true, type, {});
    add(name + "version", ERROR_NOT_SUPPORTED, true, type, {.version = 1});
    add(name + "no buffer", ERROR_INVALID_USER_BUFFER, true, type, {.size = 0xffff'ffff});
    add(name + "sound", ERROR_NOT_FOUND, true, type, {.size = kRoom - 1, .is_there = true});
  }
  add("short buffer", ERROR_INSUFFICIENT_BUFFER, true, TcpConnectionEstatsBandwidth,
      {.size = 1, .is_there = true});
}

template <typename Row>
using SetFunction = ULONG(Row*, TCP_ESTATS_TYPE, UCHAR*, ULONG, ULONG, ULONG);

template <typename Row>
void add_set(BadCalls& calls, const char* symbol, SetFunction<Row>* function) {
  const auto add = [&](const std::string& arguments, ULONG code, bool with_row, int type, Part part,
                       ULONG offset) {
    calls.push_back({symbol, arguments, {code}, [=] {
                       Row row{};
                       std::vector<UCHAR> buffer(kRoom);
                       return function(with_row ? &row : nullptr, static_cast<TCP_ESTATS_TYPE>(type),
                                       part.is_there ? buffer.data() : nullptr, part.version, part.size,
                                       offset);
                     }});
  };
  const Part sound{.size = kRoom - 1, .is_there = true};
  add("no row", ERROR_INVALID_PARAMETER, false, TcpConnectionEstatsPath, sound, 0);
  for (const int garbage : kGarbage) {
    add("type " + std::to_string(garbage), ERROR_INVALID_PARAMETER, true, garbage, sound, 0);
  }
  add("version", ERROR_NOT_SUPPORTED, true, TcpConnectionEstatsPath,
      {.version = 1, .size = 1, .is_there = true}, 0);
  add("offset", ERROR_NOT_SUPPORTED, true, TcpConnectionEstatsPath, sound, 1);
  add("no buffer", ERROR_INVALID_USER_BUFFER, true, TcpConnectionEstatsPath, {.size = 0xffff'ffff}, 0);
  add("short buffer", ERROR_INSUFFICIENT_BUFFER, true, TcpConnectionEstatsBandwidth,
      {.size = 1, .is_there = true}, 0);
  add("nothing to set", NO_ERROR, true, TcpConnectionEstatsPath, {}, 0);
  add("no such connection", ERROR_NOT_FOUND, true, TcpConnectionEstatsPath, sound, 0);
}

}  // namespace

void add_connection_calls(BadCalls& calls) {
  add_set_tcp_entry(calls);
  add_get<MIB_TCPROW>(calls, "GetPerTcpConnectionEStats", GetPerTcpConnectionEStats);
  add_get<MIB_TCP6ROW>(calls, "GetPerTcp6ConnectionEStats", GetPerTcp6ConnectionEStats);
  add_set<MIB_TCPROW>(calls, "SetPerTcpConnectionEStats", SetPerTcpConnectionEStats);
  add_set<MIB_TCP6ROW>(calls, "SetPerTcp6ConnectionEStats", SetPerTcp6ConnectionEStats);
}

}  // namespace bad_arguments
