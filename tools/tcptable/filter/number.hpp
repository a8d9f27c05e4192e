// SPDX-License-Identifier: MIT
// Numbers with their units.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "tcptable/filter/expression.hpp"
#include "tcptable/filter/key.hpp"

namespace tool::filter {

/// "100ms" or "1h30m" (ValueKind::duration, in microseconds; only 0 needs no unit), "1M" or "1.5KiB"
/// (ValueKind::size, in bytes), "100Mbit" or "10M/s" (ValueKind::rate, in bytes per second), "42" or "0x2a"
/// (every other kind). K, M, G, T and KiB, ... count by 1024; KB, ... and bits by 1000. nullopt: no such
/// number, or one of more than 64 bits.
std::optional<std::uint64_t> parse_number(ValueKind kind, std::string_view text);

/// "2026-11-24", "2026-11-24 23:45" or "2026-11-24T23:45:12": the day, minute or second, local time;
/// "@1763985600": seconds since 1970.
std::optional<Range> parse_moment(std::string_view text);

/// Decimal digits alone, no more than `largest`.
std::optional<std::uint64_t> parse_digits(std::string_view text, std::uint64_t largest);

}  // namespace tool::filter
