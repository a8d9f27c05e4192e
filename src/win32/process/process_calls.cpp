// SPDX-License-Identifier: MIT
// Opening, waiting for and ending processes.
#include "win32/export.hpp"
#include "win32/last_error.hpp"
#include "win32/process/pidfd.hpp"
#include "win32/process/process_object.hpp"

#include <processthreadsapi.h>

#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <climits>
#include <csignal>

using namespace tcptable::win32;

namespace {

// Polls until `fd` is readable, through signals. 1, 0 after the time, or -1.
int wait_for(int fd, DWORD milliseconds) {
  using Clock = std::chrono::steady_clock;
  const auto end = Clock::now() + std::chrono::milliseconds(milliseconds);
  pollfd waited{.fd = fd, .events = POLLIN, .revents = 0};
  for (;;) {
    const auto rest = std::chrono::ceil<std::chrono::milliseconds>(end - Clock::now()).count();
    const int timeout =
        milliseconds == INFINITE ? -1 : static_cast<int>(std::clamp<long long>(rest, 0, INT_MAX));
    const int ready = ::poll(&waited, 1, timeout);
    if (ready >= 0 || errno != EINTR) return ready;
  }
}

}  // namespace

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

TCPTABLE_WIN32_EXPORT DWORD WINAPI WaitForSingleObject(HANDLE hHandle, DWORD dwMilliseconds) {
  DWORD answer = WAIT_FAILED;
  succeed_or_fail([&]() -> ULONG {
    const auto process = process_of(hHandle, SYNCHRONIZE);
    if (!process) return process.error();
    const int ready = wait_for((*process)->pidfd(), dwMilliseconds);
    if (ready < 0) return ERROR_GEN_FAILURE;
    answer = ready == 0 ? static_cast<DWORD>(WAIT_TIMEOUT) : WAIT_OBJECT_0;
    return NO_ERROR;
  });
  return answer;
}
