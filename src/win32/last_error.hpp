// SPDX-License-Identifier: MIT
// Failing with a code in GetLastError.
#pragma once

#include "win32/error_map.hpp"

#include <windows.h>

namespace tcptable::win32 {

/// Sets the thread's last error and returns `value`, so that a failure is one return statement.
template <typename T>
T fail_with(DWORD code, T value) noexcept {
  SetLastError(code);
  return value;
}

/// Runs `answer`, which returns a Windows code and may throw: TRUE, or FALSE with that code.
template <typename Answer>
BOOL succeed_or_fail(const Answer& answer) noexcept {
  const DWORD code = guarded(answer);
  return code == NO_ERROR ? TRUE : fail_with(code, FALSE);
}

}  // namespace tcptable::win32
