// SPDX-License-Identifier: MIT
// Windows' privileges and the capabilities that stand for them.
#pragma once

#include <securitybaseapi.h>

#include <cstdint>
#include <span>
#include <string_view>

namespace tcptable::win32 {

struct Privilege {
  std::string_view name;
  DWORD number;    ///< The low part of its LUID, the same on every Windows.
  int capability;  ///< linux/capability.h; -1 where Linux has nothing like it.
};

std::span<const Privilege> privileges() noexcept;

/// Names know no case. Null for what is none.
const Privilege* privilege_named(std::string_view name) noexcept;
const Privilege* privilege_numbered(const LUID& number) noexcept;

/// Bit n is capability n.
constexpr bool holds(std::uint64_t capabilities, int capability) noexcept {
  return capability >= 0 && (capabilities >> capability & 1) != 0;
}

/// The mask behind "CapEff:" in /proc/PID/status; 0 where there is none.
std::uint64_t effective_capabilities(std::string_view status) noexcept;

/// Has what the functions here want where Windows' want an administrator.
bool is_elevated(std::uint64_t capabilities) noexcept;

}  // namespace tcptable::win32
