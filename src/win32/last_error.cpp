// SPDX-License-Identifier: MIT
// The last error, one per thread. Windows Sockets' last error is the same number.
#include "win32/export.hpp"

#include <windows.h>

namespace {

thread_local constinit DWORD last_error = NO_ERROR;

}  // namespace

TCPTABLE_WIN32_EXPORT DWORD WINAPI GetLastError(void) {
  return last_error;
}

TCPTABLE_WIN32_EXPORT VOID WINAPI SetLastError(DWORD dwErrCode) {
  last_error = dwErrCode;
}
