// SPDX-License-Identifier: MIT
// What one call of a table function asks for, apart from where the answer goes.
#pragma once

#include <windef.h>

#include <tcptable/query.hpp>

#include <optional>

namespace tcptable::win32 {

enum class RowSelection {
  all,  ///< Listeners and connections.
  listeners,
  connections,  ///< Every state but listen.
  bound,        ///< TCP sockets that are bound, and neither listen nor connect: in no other selection.
};

struct TableRequest {
  Protocol protocol = Protocol::tcp;
  Family family = Family::ipv4;
  RowSelection selection = RowSelection::all;
  bool ordered = false;
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
