// SPDX-License-Identifier: MIT
// The texts of /proc/PID that say what a process has used (Documentation/filesystems/proc.rst).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace tcptable::win32 {

/// Times are the kernel's clock ticks, the start's since boot.
struct ProcessUsage {
  std::uint64_t user_ticks = 0;
  std::uint64_t system_ticks = 0;
  std::uint64_t start_ticks = 0;
  std::uint64_t page_faults = 0;
};

/// From stat; nothing for what is no such text.
std::optional<ProcessUsage> parse_usage(std::string_view stat);

/// Bytes.
struct ProcessMemory {
  std::uint64_t resident = 0;
  std::uint64_t peak_resident = 0;
  std::uint64_t private_bytes = 0;  ///< Its own, in memory and swapped out.
};

/// From status; 0 for what it doesn't say, as that of a kernel thread.
ProcessMemory parse_memory(std::string_view status);

}  // namespace tcptable::win32
