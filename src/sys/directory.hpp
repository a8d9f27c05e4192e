// SPDX-License-Identifier: MIT
// Lists a directory in large strides. /proc/PID/fd may hold a million names: getdents64 with 64 KiB
// takes two thirds of the time that readdir's smaller buffer takes.
#pragma once

#include "sys/file.hpp"
#include "sys/kernel.hpp"

#include <tcptable/error.hpp>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace tcptable::sys {

struct DirectoryEntry {
  const char* name;     ///< Valid until the next call.
  std::uint64_t inode;  ///< Of what a mount may hide.
  bool is_directory;    ///< As far as the file system says so without being asked.
};

/// The number that names an entry of /proc, as do processes, threads and descriptors; nullopt for any other
/// name.
std::optional<std::int32_t> number_named_by(std::string_view name);

/// `tasks` is a process's directory of threads in /proc. False also where that can't be told.
bool has_one_thread(Kernel& kernel, Path tasks);

class DirectoryReader {
 public:
  /// Reads from `fd`, which must stay open; the buffer is made once and reused by rewind_to().
  DirectoryReader(Kernel& kernel, Step step) : kernel_(kernel), step_(step), buffer_(kBufferSize) {}

  /// Starts over with another directory.
  void rewind_to(int fd);

  /// The next name, valid until the next call; nullopt at the end. "." and ".." are left out.
  Result<std::optional<const char*>> next();

  /// The next entry, "." and ".." among them; nullopt at the end.
  Result<std::optional<DirectoryEntry>> next_entry();

 private:
  static constexpr std::size_t kBufferSize = 64 * 1024;

  Kernel& kernel_;
  Step step_;
  int fd_ = -1;
  std::size_t used_ = 0;
  std::size_t filled_ = 0;
  std::vector<char> buffer_;
};

}  // namespace tcptable::sys
