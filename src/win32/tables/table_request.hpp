// SPDX-License-Identifier: MIT
// What one call of a table function asks for, apart from where the answer goes.
#pragma once

#include <windef.h>

#include <tcptable/query.hpp>

#include <optional>

namespace tcptable::win32 {

enum class RowSelection { all, listeners, connections };

struct TableRequest {
  Protocol protocol = Protocol::tcp;
  Family family = Family::ipv4;
  RowSelection selection = RowSelection::all;
  bool ordered = false;
};

/// Where the answer goes: the caller's buffer and the size he gave and gets.
struct TableBuffer {
  void* memory;
  ULONG* size;
};

/// AF_INET is 2 everywhere. AF_INET6 is 23 on Windows and 10 on Linux; callers hard-code either.
inline std::optional<Family> family_of(ULONG address_family) {
  switch (address_family) {
    case 2:
      return Family::ipv4;
    case 10:
    case 23:
      return Family::ipv6;
    default:
      return std::nullopt;
  }
}

}  // namespace tcptable::win32
