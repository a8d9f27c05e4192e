// SPDX-License-Identifier: MIT
// Opening and reading the small text files of /proc.
#pragma once

#include "sys/unique_fd.hpp"

#include <tcptable/error.hpp>

#include <span>
#include <string>
#include <string_view>

namespace tcptable::sys {

/// What an errno means for a caller of the library.
Error error_from_errno(Step step, int sys_errno);

struct Path {
  int directory;  ///< A descriptor, or AT_FDCWD.
  const char* name;
};

/// Opens for reading, close-on-exec. `flags` may add O_DIRECTORY or O_PATH.
Result<UniqueFd> open_at(Kernel& kernel, Path path, int flags, Step step);

/// Reads up to buffer.size() bytes: enough for a file that one read delivers whole.
Result<std::string_view> read_small(Kernel& kernel, Path path, std::span<char> buffer, Step step);

/// Reads to the end.
Result<std::string> read_whole(Kernel& kernel, Path path, Step step);

}  // namespace tcptable::sys
