// SPDX-License-Identifier: MIT
// GetOwnerModuleFrom...Entry and ...PidAndInfo, in both widths of WCHAR.
#include <iphlpapi.h>
#include <unistd.h>

#include "win32/arguments/bad_call.hpp"

namespace bad_arguments {
namespace {

constexpr std::size_t kRoom = 65536;

using ModuleCall = std::function<ULONG(DWORD pid, ULONGLONG tag, int kind, void* buffer, ULONG* size)>;

void add_module_call(BadCalls& calls, const std::string& symbol, const ModuleCall& call) {
  const auto self = static_cast<DWORD>(getpid());
  const auto add = [&](const std::string& arguments, ULONG code, DWORD pid, ULONGLONG tag, int kind,
                       ULONG given, bool with_buffer) {
    calls.push_back({symbol, arguments, {code}, [=] {
                       ULONG size = given;
                       std::vector<char> buffer(kRoom);
                       return call(pid, tag, kind, with_buffer ? buffer.data() : nullptr, &size);
                     }});
  };
  for (const int kind : {-1, 1, 2, 100, INT32_MIN, INT32_MAX}) {
    add("class " + std::to_string(kind), ERROR_INVALID_PARAMETER, self, 0, kind, kRoom, true);
  }
  for (const ULONG size : {0U, 1U, 15U, 16U, 17U, 23U}) {
    add("size " + std::to_string(size), ERROR_INSUFFICIENT_BUFFER, self, 0, 0, size, true);
  }
  for (const ULONG size : {0U, 16U, 0xffff'ffffU}) {
    add("no buffer, size " + std::to_string(size), ERROR_INSUFFICIENT_BUFFER, self, 0, 0, size, false);
  }
  for (const ULONG size : {65535U, 65533U, 0xffff'ffffU}) {
    add("size " + std::to_string(size), NO_ERROR, self, 0, 0, size, true);
  }
  for (const DWORD pid : {0U, 0x7fff'ffffU, 0x8000'0000U, 0xffff'ffffU}) {
    add("pid " + std::to_string(pid), ERROR_NOT_FOUND, pid, 0, 0, kRoom, true);
    add("pid " + std::to_string(pid) + " with a tag", ERROR_NOT_FOUND, pid, ~0ULL, 0, kRoom, true);
  }
  add("tag of nothing", ERROR_NOT_FOUND, self, 0xdead'beef'dead'beef, 0, kRoom, true);
  calls.push_back({symbol, "no size", {ERROR_INVALID_PARAMETER}, [call, self] {
                     std::vector<char> buffer(kRoom);
                     return call(self, 0, 0, buffer.data(), nullptr);
                   }});
}

template <typename Row>
using RowFunction = DWORD(Row*, TCPIP_OWNER_MODULE_INFO_CLASS, void*, DWORD*);

template <typename Row>
void add_row_function(BadCalls& calls, const std::string& symbol, RowFunction<Row>* function) {
  calls.push_back({symbol, "no row", {ERROR_INVALID_PARAMETER}, [function] {
                     ULONG size = 0;
                     return function(nullptr, TCPIP_OWNER_MODULE_INFO_BASIC, nullptr, &size);
                   }});
  add_module_call(calls, symbol, [function](DWORD pid, ULONGLONG tag, int kind, void* buffer, ULONG* size) {
    Row row{};
    row.dwOwningPid = pid;
    row.OwningModuleInfo[0] = tag;
    return function(&row, static_cast<TCPIP_OWNER_MODULE_INFO_CLASS>(kind), buffer, size);
  });
}

// The header's function is the one with the suffix.
template <typename Row>
void add_both_widths(BadCalls& calls, const char* symbol, RowFunction<Row>* function) {
  add_row_function<Row>(calls, symbol, exported<RowFunction<Row>>(symbol));
  add_row_function<Row>(calls, std::string(symbol) + "_wchar32", function);
}

using PidFunction = DWORD(DWORD, ULONGLONG*, TCPIP_OWNER_MODULE_INFO_CLASS, void*, DWORD*);

void add_pid_function(BadCalls& calls, const std::string& symbol, PidFunction* function) {
  calls.push_back({symbol, "no info", {ERROR_INVALID_PARAMETER}, [function] {
                     ULONG size = 0;
                     return function(1, nullptr, TCPIP_OWNER_MODULE_INFO_BASIC, nullptr, &size);
                   }});
  add_module_call(calls, symbol, [function](DWORD pid, ULONGLONG tag, int kind, void* buffer, ULONG* size) {
    ULONGLONG info[TCPIP_OWNING_MODULE_SIZE] = {tag};
    return function(pid, info, static_cast<TCPIP_OWNER_MODULE_INFO_CLASS>(kind), buffer, size);
  });
}

}  // namespace

void add_owner_module_calls(BadCalls& calls) {
  add_both_widths<MIB_TCPROW_OWNER_MODULE>(calls, "GetOwnerModuleFromTcpEntry", GetOwnerModuleFromTcpEntry);
  add_both_widths<MIB_TCP6ROW_OWNER_MODULE>(calls, "GetOwnerModuleFromTcp6Entry",
                                            GetOwnerModuleFromTcp6Entry);
  add_both_widths<MIB_UDPROW_OWNER_MODULE>(calls, "GetOwnerModuleFromUdpEntry", GetOwnerModuleFromUdpEntry);
  add_both_widths<MIB_UDP6ROW_OWNER_MODULE>(calls, "GetOwnerModuleFromUdp6Entry",
                                            GetOwnerModuleFromUdp6Entry);
  constexpr const char* kByPid = "GetOwnerModuleFromPidAndInfo";
  add_pid_function(calls, kByPid, exported<PidFunction>(kByPid));
  add_pid_function(calls, std::string(kByPid) + "_wchar32", GetOwnerModuleFromPidAndInfo);
}

}  // namespace bad_arguments
