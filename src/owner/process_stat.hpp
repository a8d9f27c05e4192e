// SPDX-License-Identifier: MIT
// The text of /proc/PID/stat and of a /proc/PID/fd link. Pure.
#pragma once

#include <tcptable/owner.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace tcptable::owner {

enum class ProcessKind : std::uint8_t {
  program,
  kernel_thread,
  exited,  ///< It waits for its parent to take note.
};

struct ProcessStat {
  Process process;
  ProcessKind kind = ProcessKind::program;
  std::int32_t parent = 0;  ///< 0 where it is in another pid namespace.
};

/// nullopt when the text breaks the format. The name may hold any byte, also ") 1 2", so it ends at the last
/// parenthesis.
std::optional<ProcessStat> parse_process_stat(std::string_view text);

/// The inode in "socket:[123]"; nullopt for every other link.
std::optional<std::uint32_t> parse_socket_link(std::string_view target);

}  // namespace tcptable::owner
