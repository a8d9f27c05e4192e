// SPDX-License-Identifier: MIT
// CreateEvent for any width of characters.
#pragma once

#include "win32/last_error.hpp"
#include "win32/sync/waitable.hpp"

namespace tcptable::win32 {

inline HANDLE create_event(BOOL by_hand, BOOL set, bool has_name) {
  HANDLE handle = nullptr;
  succeed_or_fail([&]() -> ULONG {
    if (has_name) return ERROR_NOT_SUPPORTED;
    handle = open_handle(std::make_shared<EventObject>(by_hand != FALSE, set != FALSE));
    return NO_ERROR;
  });
  return handle;
}

}  // namespace tcptable::win32
