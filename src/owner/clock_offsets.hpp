// SPDX-License-Identifier: MIT
// What a time namespace adds to the kernel's clocks (time_namespaces(7)): files of /proc tell times with it,
// BPF programs without.
#pragma once

#include "sys/kernel.hpp"

#include <cstdint>
#include <optional>
#include <string_view>

namespace tcptable::owner {

/// In nanoseconds; they may be negative.
struct ClockOffsets {
  std::int64_t monotonic = 0;
  std::int64_t boottime = 0;
};

/// The text of /proc/PID/timens_offsets; nullopt where it breaks the format.
std::optional<ClockOffsets> parse_clock_offsets(std::string_view text);

/// Those of the calling process's time namespace: one readlink where that is the initial one.
Result<ClockOffsets> read_clock_offsets(sys::Kernel& kernel, Step step);

}  // namespace tcptable::owner
