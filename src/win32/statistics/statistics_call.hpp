// SPDX-License-Identifier: MIT
// What all statistics functions share: the checks, the guard, and the way of a counter into a member.
#pragma once

#include "win32/error_map.hpp"
#include "win32/tables/table_request.hpp"

#include <tcptable/statistics.hpp>

#include <cstdint>

namespace tcptable::win32 {

inline constexpr ULONG kAfInet = 2;

/// A structure's 32-bit counters wrap, as they do on Windows.
inline DWORD wrapped(std::uint64_t counter) {
  return static_cast<DWORD>(counter);
}

/// Asks `read` (tcp_statistics, ...) for the family, and has `write` fill the caller's structure, which is
/// untouched on failure.
template <typename Structure, typename Statistics, typename Write>
ULONG statistics_call(Structure* structure, ULONG address_family, Result<Statistics> (*read)(Family),
                      const Write& write) noexcept {
  const auto family = family_of(address_family);
  if (structure == nullptr || !family) return ERROR_INVALID_PARAMETER;
  return guarded([&]() -> ULONG {
    const auto statistics = read(*family);
    if (!statistics) return windows_code(statistics.error());
    write(*structure, *statistics);
    return NO_ERROR;
  });
}

}  // namespace tcptable::win32
