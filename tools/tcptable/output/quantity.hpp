// SPDX-License-Identifier: MIT
// Numbers with their units, for people: three digits are enough to compare two of them.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace tool {

/// "0", "850us", "12.3ms", "4.05s", "3m20s", "5h07m", "12d4h".
std::string duration_text(std::chrono::microseconds duration);

/// "0", "1023", "1.5K", "23.4M": by 1024, as the filter reads them.
std::string size_text(std::uint64_t bytes);

/// A rate in bits, as links are sold: "850bit", "12.3Kbit", "9.4Gbit": by 1000.
std::string rate_text(std::uint64_t bytes_per_second);

/// Local time: "2026-11-24 23:45:12".
std::string time_text(std::chrono::system_clock::time_point time);

}  // namespace tool
