// SPDX-License-Identifier: MIT
// LookupPrivilegeValue for any width of characters.
#pragma once

#include "win32/last_error.hpp"
#include "win32/security/privileges.hpp"
#include "win32/system/own_names.hpp"

namespace tcptable::win32 {

template <typename Char>
BOOL look_up_privilege(const Char* system, const Char* name, PLUID number) {
  if (name == nullptr || number == nullptr) return fail_with(ERROR_INVALID_PARAMETER, FALSE);
  return succeed_or_fail([&]() -> ULONG {
    const bool is_here = system == nullptr || system[0] == Char{};
    const Privilege* const found = is_here ? privilege_named(narrow_text(name)) : nullptr;
    if (found == nullptr) return ERROR_NO_SUCH_PRIVILEGE;
    *number = {.LowPart = found->number, .HighPart = 0};
    return NO_ERROR;
  });
}

}  // namespace tcptable::win32
