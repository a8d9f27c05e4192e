// SPDX-License-Identifier: MIT
// The kernel's counters of all protocols in one list, for text and JSON alike.
#pragma once

#include <tcptable/error.hpp>
#include <tcptable/statistics.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace tool::stats {

struct Counter {
  std::string_view protocol;  ///< "tcp", "udp", "ip"; with "6" behind it those of IPv6 alone.
  std::string_view name;      ///< "segments_in"; also its key in JSON.
  std::uint64_t value = 0;
};

/// Since the network namespace was made. A counter that the kernel doesn't keep is left out.
tcptable::Result<std::vector<Counter>> all_counters();

}  // namespace tool::stats
