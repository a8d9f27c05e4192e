// SPDX-License-Identifier: MIT
// All processes at one moment, with what Toolhelp says of each.
#pragma once

#include "win32/process/process_object.hpp"

#include <atomic>
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

/// What CreateToolhelp32Snapshot makes: a list, and the place in it where the caller is.
class ProcessList final : public Object {
 public:
  explicit ProcessList(std::vector<ListedProcess> processes) : processes_(std::move(processes)) {}

  /// Null at the end.
  const ListedProcess* first();
  const ListedProcess* next();

 private:
  const ListedProcess* at(std::size_t place) const;

  const std::vector<ListedProcess> processes_;
  std::atomic<std::size_t> next_{0};  // no lock, which a fork could leave held
};

}  // namespace tcptable::win32
