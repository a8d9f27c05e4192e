// SPDX-License-Identifier: MIT
// CreateMutex and CreateSemaphore for any width of characters.
#pragma once

#include "win32/last_error.hpp"
#include "win32/sync/mutex_object.hpp"
#include "win32/sync/semaphore_object.hpp"

namespace tcptable::win32 {

inline HANDLE create_mutex(BOOL taken, bool has_name) {
  HANDLE handle = nullptr;
  succeed_or_fail([&]() -> ULONG {
    if (has_name) return ERROR_NOT_SUPPORTED;
    handle = open_handle(std::make_shared<MutexObject>(taken != FALSE));
    return NO_ERROR;
  });
  return handle;
}

inline HANDLE create_semaphore(LONG count, LONG greatest, bool has_name) {
  HANDLE handle = nullptr;
  succeed_or_fail([&]() -> ULONG {
    if (greatest <= 0 || count < 0 || count > greatest) return ERROR_INVALID_PARAMETER;
    if (has_name) return ERROR_NOT_SUPPORTED;
    handle = open_handle(std::make_shared<SemaphoreObject>(count, greatest));
    return NO_ERROR;
  });
  return handle;
}

}  // namespace tcptable::win32
