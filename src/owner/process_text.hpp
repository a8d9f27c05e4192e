// SPDX-License-Identifier: MIT
// The texts of /proc/PID/status and of /proc/PID/fdinfo/N. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace tcptable::owner {

/// Whether it is the text of a /proc/PID/fdinfo/N whose descriptor was opened by O_PATH: it leads to a file
/// without having it open (open(2)).
bool tells_of_a_path_alone(std::string_view fdinfo);

/// The effective user id in /proc/PID/status.
std::optional<std::uint32_t> parse_effective_uid(std::string_view status);

}  // namespace tcptable::owner
