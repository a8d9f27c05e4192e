// SPDX-License-Identifier: MIT
// Numbers in the kernel's small texts, /proc/net/sockstat above all. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace tcptable::sys {

/// The number that follows the first `words`; nullopt where there are no such words, or no number that fits.
std::optional<std::size_t> number_behind(std::string_view text, std::string_view words);

/// The first `words` of the last line that begins with `line`, which must be the first of them; empty where
/// there is no such line.
std::string_view words_of_last_line(std::string_view text, std::string_view line, std::size_t words);

/// Of /proc/net/sockstat, which counts both families' together there.
std::optional<std::size_t> parse_time_wait_sockets(std::string_view text);

}  // namespace tcptable::sys
