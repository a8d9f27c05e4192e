// SPDX-License-Identifier: MIT
// Failing with a code in GetLastError.
#pragma once

#include <windows.h>

namespace tcptable::win32 {

/// Sets the thread's last error and returns `value`, so that a failure is one return statement.
template <typename T>
T fail_with(DWORD code, T value) noexcept {
  SetLastError(code);
  return value;
}

}  // namespace tcptable::win32
