// SPDX-License-Identifier: MIT
// What a filter's keys mean in the kernel's counters of a connection.
#pragma once

#include <tcptable/tcp_info.hpp>

#include <cstdint>
#include <optional>

#include "tcptable/filter/key.hpp"

namespace tool::filter {

struct TcpNumber {
  std::optional<std::uint64_t> value;
  bool known = true;  ///< False where the kernel doesn't tell; true without a value where there is none.
};

/// In the unit of the key's ValueKind. For a key that is no counter: not known.
TcpNumber tcp_number(Key key, const tcptable::TcpInfo& info);

}  // namespace tool::filter
