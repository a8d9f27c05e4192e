// SPDX-License-Identifier: MIT
// All processes at one moment, with what Toolhelp says of each.
#pragma once

#include "win32/process/process_object.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tcptable::win32 {

struct ListedProcess {
  std::uint32_t pid = 0;
  std::uint32_t parent = 0;
  std::uint32_t threads = 0;
  std::string name;
};

/// From the text of /proc/PID/stat (fs/proc/array.c); nothing for what is no such text. The name in it is cut
/// after 15 bytes.
std::optional<ListedProcess> parse_listed_process(std::string_view stat);

/// Ascending; 0, which stands for nobody, is the first. A list that could not be read to its end is an error.
OrCode<std::vector<std::uint32_t>> list_pids();
OrCode<std::vector<ListedProcess>> list_processes();

struct ListedThread {
  std::uint32_t id = 0;
  std::uint32_t owner = 0;
};

/// The threads of all processes, each process's in a row.
OrCode<std::vector<ListedThread>> list_threads();

}  // namespace tcptable::win32
