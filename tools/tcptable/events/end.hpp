// SPDX-License-Identifier: MIT
// How many events there were, and what is not known.
#pragma once

#include <tcptable/events.hpp>

#include <chrono>
#include <cstdint>
#include <string>

namespace tool {

struct EventTotals {
  std::uint64_t seen = 0;
  std::uint64_t shown = 0;  ///< That match the filter.
  std::chrono::microseconds duration{};
  tcptable::EventLosses losses;
};

bool is_lossless(const tcptable::EventLosses& losses);

/// "12 events in 10s, 3 of them shown; none lost\n".
std::string end_line(const EventTotals& totals);

}  // namespace tool
