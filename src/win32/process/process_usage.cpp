// SPDX-License-Identifier: MIT
#include "win32/process/process_usage.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>

namespace tcptable::win32 {
namespace {

// The number behind `label` and blanks, else 0.
std::uint64_t number_behind(std::string_view text, std::string_view label) {
  const std::size_t found = text.find(label);
  if (found == std::string_view::npos) return 0;
  text.remove_prefix(found + label.size());
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
  std::uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

}  // namespace

std::optional<ProcessUsage> parse_usage(std::string_view stat) {
  // The numbers behind "pid (name)" start with field 3, the state.
  constexpr std::size_t kMinorFaults = 10;
  constexpr std::size_t kMajorFaults = 12;
  constexpr std::size_t kUserTime = 14;
  constexpr std::size_t kSystemTime = 15;
  constexpr std::size_t kStartTime = 22;
  const std::size_t close = stat.rfind(')');
  if (close == std::string_view::npos || stat.size() < close + 4) return std::nullopt;
  std::string_view rest = stat.substr(close + 4);
  std::uint64_t fields[kStartTime + 1] = {};
  for (std::size_t number = 4; number <= kStartTime; ++number) {
    std::int64_t signed_value = 0;
    const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), signed_value);
    if (error != std::errc()) return std::nullopt;
    fields[number] = static_cast<std::uint64_t>(signed_value);
    rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
    if (!rest.empty()) rest.remove_prefix(1);
  }
  return ProcessUsage{.user_ticks = fields[kUserTime],
                      .system_ticks = fields[kSystemTime],
                      .start_ticks = fields[kStartTime],
                      .page_faults = fields[kMinorFaults] + fields[kMajorFaults]};
}

ProcessMemory parse_memory(std::string_view status) {
  constexpr std::uint64_t kKiB = 1024;
  return {.resident = number_behind(status, "\nVmRSS:") * kKiB,
          .peak_resident = number_behind(status, "\nVmHWM:") * kKiB,
          .private_bytes = (number_behind(status, "\nRssAnon:") + number_behind(status, "\nVmSwap:")) * kKiB};
}

}  // namespace tcptable::win32
