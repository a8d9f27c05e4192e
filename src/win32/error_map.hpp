// SPDX-License-Identifier: MIT
// The one place where an Error becomes a Windows code, and the one guard behind which the C ABI runs.
#pragma once

#include <windef.h>
#include <winerror.h>

#include <tcptable/error.hpp>

#include <new>

namespace tcptable::win32 {

ULONG windows_code(const Error& error) noexcept;

/// For a system call that the edge makes itself.
ULONG windows_code(int sys_errno) noexcept;

/// Runs `body`, which returns a Windows code; no exception leaves.
template <typename Body>
ULONG guarded(const Body& body) noexcept {
  try {
    return body();
  } catch (const std::bad_alloc&) {
    return ERROR_NOT_ENOUGH_MEMORY;
  } catch (...) {
    return ERROR_GEN_FAILURE;
  }
}

}  // namespace tcptable::win32
