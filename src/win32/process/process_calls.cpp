// SPDX-License-Identifier: MIT
// Opening and ending processes.
#include "win32/export.hpp"
#include "win32/last_error.hpp"
#include "win32/process/pidfd.hpp"
#include "win32/process/process_object.hpp"

#include <processthreadsapi.h>

#include <csignal>

using namespace tcptable::win32;

TCPTABLE_WIN32_EXPORT HANDLE WINAPI GetCurrentProcess(void) {
  return INVALID_HANDLE_VALUE;
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI CloseHandle(HANDLE hObject) {
  if (hObject == GetCurrentProcess() || close_handle(hObject)) return TRUE;
  return fail_with(ERROR_INVALID_HANDLE, FALSE);
}

TCPTABLE_WIN32_EXPORT HANDLE WINAPI OpenProcess(DWORD dwDesiredAccess, BOOL /*bInheritHandle*/,
                                                DWORD dwProcessId) {
  HANDLE handle = nullptr;
  succeed_or_fail([&]() -> ULONG {
    auto process = ProcessObject::open(dwProcessId, dwDesiredAccess);
    if (!process) return process.error();
    handle = open_handle(std::move(*process));
    return NO_ERROR;
  });
  return handle;
}

TCPTABLE_WIN32_EXPORT DWORD WINAPI GetProcessId(HANDLE Process) {
  DWORD pid = 0;
  succeed_or_fail([&]() -> ULONG {
    const auto process = queried_process(Process);
    if (!process) return process.error();
    pid = (*process)->pid();
    return NO_ERROR;
  });
  return pid;
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI GetExitCodeProcess(HANDLE hProcess, LPDWORD lpExitCode) {
  if (lpExitCode == nullptr) return fail_with(ERROR_INVALID_PARAMETER, FALSE);
  return succeed_or_fail([&]() -> ULONG {
    const auto process = queried_process(hProcess);
    if (!process) return process.error();
    const auto code = (*process)->exit_code();
    if (!code) return code.error();
    *lpExitCode = *code;
    return NO_ERROR;
  });
}

TCPTABLE_WIN32_EXPORT BOOL WINAPI TerminateProcess(HANDLE hProcess, UINT /*uExitCode*/) {
  return succeed_or_fail([&]() -> ULONG {
    const auto process = process_of(hProcess, PROCESS_TERMINATE);
    if (!process) return process.error();
    // Windows too denies ending what has ended.
    return send_pidfd_signal((*process)->pidfd(), SIGKILL) == 0 ? NO_ERROR : ERROR_ACCESS_DENIED;
  });
}
