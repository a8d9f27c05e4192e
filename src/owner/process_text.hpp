// SPDX-License-Identifier: MIT
// What looking for a holder reads from a process's files beyond parse_process_stat. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace tcptable::owner {

/// Field 4 of /proc/PID/stat; 0 where the parent is in another pid namespace. nullopt: not that format.
std::optional<std::int32_t> parse_parent_pid(std::string_view stat);

/// Whether it is the text of a /proc/PID/fdinfo/N whose descriptor was opened by O_PATH: it leads to a file
/// without having it open (open(2)).
bool tells_of_a_path_alone(std::string_view fdinfo);

/// The effective user id in /proc/PID/status.
std::optional<std::uint32_t> parse_effective_uid(std::string_view status);

}  // namespace tcptable::owner
