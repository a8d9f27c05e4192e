// SPDX-License-Identifier: MIT
// The lists of processes, their threads and modules.
#include "win32/export.hpp"
#include "win32/last_error.hpp"
#include "win32/process/toolhelp_snapshot.hpp"

#include <processthreadsapi.h>
#include <psapi.h>
#include <tlhelp32.h>

#include <algorithm>

using namespace tcptable::win32;

namespace {

constexpr DWORD kModuleLists = TH32CS_SNAPMODULE | TH32CS_SNAPMODULE32;
constexpr DWORD kLists = TH32CS_SNAPPROCESS | TH32CS_SNAPTHREAD | kModuleLists;

// As many as fit; the bytes that they take.
template <typename Number>
DWORD give_numbers(const std::vector<Number>& numbers, Number* array, DWORD bytes) {
  const std::size_t count = std::min<std::size_t>(numbers.size(), bytes / sizeof(Number));
  std::copy_n(numbers.begin(), count, array);
  return static_cast<DWORD>(count * sizeof(Number));
}

// Moves the value out, or returns the code.
template <typename T>
DWORD take(OrCode<T> from, T& to) {
  if (!from) return from.error();
  to = std::move(*from);
  return NO_ERROR;
}

DWORD take_modules(DWORD pid, SnapshotLists& lists) {
  lists.modules_owner = pid == 0 ? GetCurrentProcessId() : pid;
  const auto process = ProcessObject::open(lists.modules_owner, PROCESS_QUERY_INFORMATION | PROCESS_VM_READ);
  return process ? take(modules_of(**process), lists.modules) : process.error();
}

DWORD take_lists(DWORD flags, DWORD pid, SnapshotLists& lists) {
  DWORD code = NO_ERROR;
  if ((flags & TH32CS_SNAPPROCESS) != 0) code = take(list_processes(), lists.processes);
  if (code == NO_ERROR && (flags & TH32CS_SNAPTHREAD) != 0) code = take(list_threads(), lists.threads);
  if (code == NO_ERROR && (flags & kModuleLists) != 0) code = take_modules(pid, lists);
  return code;
}

}  // namespace

TCPTABLE_WIN32_EXPORT HANDLE WINAPI CreateToolhelp32Snapshot(DWORD dwFlags, DWORD th32ProcessID) {
  HANDLE handle = INVALID_HANDLE_VALUE;
  succeed_or_fail([&]() -> ULONG {
    if ((dwFlags & (TH32CS_SNAPALL | TH32CS_SNAPMODULE32)) == 0) return ERROR_INVALID_PARAMETER;
    if ((dwFlags & kLists) == 0) return ERROR_NOT_SUPPORTED;
    SnapshotLists lists;
    if (const DWORD code = take_lists(dwFlags, th32ProcessID, lists); code != NO_ERROR) return code;
    handle = open_handle(std::make_shared<ToolhelpSnapshot>(std::move(lists)));
    return NO_ERROR;
  });
  return handle;
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI EnumProcesses(DWORD* lpidProcess, DWORD cb, LPDWORD lpcbNeeded) {
  if (lpidProcess == nullptr || lpcbNeeded == nullptr) return fail_with(ERROR_INVALID_PARAMETER, FALSE);
  return succeed_or_fail([&]() -> ULONG {
    const auto pids = list_pids();
    if (!pids) return pids.error();
    *lpcbNeeded = give_numbers(*pids, lpidProcess, cb);
    return NO_ERROR;
  });
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI EnumProcessModulesEx(HANDLE hProcess, HMODULE* lphModule, DWORD cb,
                                                       LPDWORD lpcbNeeded, DWORD dwFilterFlag) {
  if (lpcbNeeded == nullptr || (lphModule == nullptr && cb != 0) || dwFilterFlag > LIST_MODULES_ALL)
    return fail_with(ERROR_INVALID_PARAMETER, FALSE);
  return succeed_or_fail([&]() -> ULONG {
    const auto process = process_of(hProcess, PROCESS_QUERY_INFORMATION | PROCESS_VM_READ);
    if (!process) return process.error();
    const auto modules = modules_of(**process);
    if (!modules) return modules.error();
    std::vector<HMODULE> handles;
    for (const MappedModule& module : *modules) handles.push_back(reinterpret_cast<HMODULE>(module.base));
    give_numbers(handles, lphModule, cb);
    *lpcbNeeded = static_cast<DWORD>(handles.size() * sizeof(HMODULE));
    return NO_ERROR;
  });
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI EnumProcessModules(HANDLE hProcess, HMODULE* lphModule, DWORD cb,
                                                     LPDWORD lpcbNeeded) {
  return EnumProcessModulesEx(hProcess, lphModule, cb, lpcbNeeded, LIST_MODULES_DEFAULT);
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI GetModuleInformation(HANDLE hProcess, HMODULE hModule,
                                                       LPMODULEINFO lpmodinfo, DWORD cb) {
  if (lpmodinfo == nullptr) return fail_with(ERROR_INVALID_PARAMETER, FALSE);
  if (cb < sizeof *lpmodinfo) return fail_with(ERROR_INSUFFICIENT_BUFFER, FALSE);
  return succeed_or_fail([&]() -> ULONG {
    const auto process = process_of(hProcess, PROCESS_QUERY_INFORMATION | PROCESS_VM_READ);
    if (!process) return process.error();
    const auto module = module_at(**process, hModule);
    if (!module) return module.error();
    *lpmodinfo = {.lpBaseOfDll = reinterpret_cast<LPVOID>(module->base),
                  .SizeOfImage = static_cast<DWORD>(module->size),
                  .EntryPoint = nullptr};
    return NO_ERROR;
  });
}
