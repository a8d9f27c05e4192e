// SPDX-License-Identifier: MIT
#include "trust/windows_calls.hpp"

#include <windows.h>

#include <iphlpapi.h>
#include <psapi.h>
#include <tlhelp32.h>

#include <algorithm>
#include <array>
#include <vector>

namespace tcptable::test {
namespace {

constexpr ULONG kAfInet = 2;
DWORD owner = 0;

std::string judge(ULONG code, bool right) {
  if (code != NO_ERROR) return "code";
  return right ? "right" : "a success that is none";
}

// The table class decides the layout: one of the first two fields is all that is looked at.
template <typename Table>
std::string extended_table(TCP_TABLE_CLASS table_class) {
  alignas(8) std::array<BYTE, 4096> buffer{};
  DWORD size = buffer.size();
  const ULONG code = GetExtendedTcpTable(buffer.data(), &size, TRUE, kAfInet, table_class, 0);
  const auto* table = reinterpret_cast<const Table*>(buffer.data());
  return judge(code, table->dwNumEntries == 1 && table->table[0].dwOwningPid == owner);
}

std::string owner_table() {
  return extended_table<MIB_TCPTABLE_OWNER_PID>(TCP_TABLE_OWNER_PID_LISTENER);
}

// Its rows have times, which the library remembers.
std::string module_table() {
  return extended_table<MIB_TCPTABLE_OWNER_MODULE>(TCP_TABLE_OWNER_MODULE_ALL);
}

std::string plain_table() {
  MIB_TCPTABLE table{};
  ULONG size = sizeof table;
  const ULONG code = GetTcpTable(&table, &size, TRUE);
  return judge(code, table.dwNumEntries == 1 && table.table[0].dwState == MIB_TCP_STATE_LISTEN);
}

std::string tcp_statistics() {
  MIB_TCPSTATS statistics{};
  const ULONG code = GetTcpStatistics(&statistics);
  return judge(code, statistics.dwMaxConn == static_cast<DWORD>(-1) && statistics.dwCurrEstab == 0);
}

std::string own_module() {
  ULONGLONG info[16] = {};
  alignas(8) std::array<BYTE, 4096> buffer{};
  DWORD size = buffer.size();
  const ULONG code = GetOwnerModuleFromPidAndInfo(GetCurrentProcessId(), info, TCPIP_OWNER_MODULE_INFO_BASIC,
                                                  buffer.data(), &size);
  if (code != NO_ERROR) return "code";
  const auto* module = reinterpret_cast<const TCPIP_OWNER_MODULE_BASIC_INFO*>(buffer.data());
  const std::wstring path = module->pModulePath;
  return judge(code, path.find(L"trust_windows_") != std::wstring::npos);
}

std::string own_handle() {
  const HANDLE process = OpenProcess(PROCESS_ALL_ACCESS, FALSE, GetCurrentProcessId());
  if (process == nullptr) return "code";
  const bool right = GetProcessId(process) == GetCurrentProcessId();
  return judge(NO_ERROR, CloseHandle(process) != FALSE && right);
}

std::string process_list() {
  const HANDLE list = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
  if (list == INVALID_HANDLE_VALUE) return "code";
  PROCESSENTRY32 entry{};
  entry.dwSize = sizeof entry;
  bool found = false;
  for (BOOL more = Process32First(list, &entry); more != FALSE; more = Process32Next(list, &entry))
    found |= entry.th32ProcessID == GetCurrentProcessId();
  const bool at_end = GetLastError() == ERROR_NO_MORE_FILES;
  CloseHandle(list);
  return judge(at_end ? NO_ERROR : ERROR_NOT_ENOUGH_MEMORY, found);
}

std::string pid_list() {
  std::vector<DWORD> pids(65536);
  DWORD bytes = 0;
  if (EnumProcesses(pids.data(), static_cast<DWORD>(pids.size() * sizeof(DWORD)), &bytes) == FALSE)
    return "code";
  pids.resize(bytes / sizeof(DWORD));
  return judge(NO_ERROR, std::ranges::find(pids, GetCurrentProcessId()) != pids.end());
}

// A heap is the process's, and all its threads may use it.
std::string shared_heap() {
  static const HANDLE heap = HeapCreate(0, 0, 0);
  auto* const memory = static_cast<char*>(HeapAlloc(heap, HEAP_ZERO_MEMORY, 64));
  if (memory == nullptr) return "code";
  const bool right = HeapSize(heap, 0, memory) == 64 && std::all_of(memory, memory + 64, std::logical_not());
  return judge(NO_ERROR, HeapFree(heap, 0, memory) != FALSE && right);
}

constexpr WindowsCall kCalls[] = {
    {"GetExtendedTcpTable", owner_table},
    {"GetExtendedTcpTable with modules", module_table},
    {"GetTcpTable", plain_table},
    {"GetTcpStatistics", tcp_statistics},
    {"GetOwnerModuleFromPidAndInfo", own_module},
    {"OpenProcess", own_handle},
    {"CreateToolhelp32Snapshot", process_list},
    {"EnumProcesses", pid_list},
    {"HeapAlloc", shared_heap},
};

}  // namespace

std::span<const WindowsCall> windows_calls() {
  return kCalls;
}

void expect_owner() {
  owner = GetCurrentProcessId();
}

std::string first_that_is_not_right() {
  for (const WindowsCall& call : kCalls) {
    if (const std::string verdict = call.run(); verdict != "right")
      return std::string(call.name) + ": " + verdict + ", last error " + std::to_string(GetLastError());
  }
  return "";
}

}  // namespace tcptable::test
