// SPDX-License-Identifier: MIT
// A process's text files of /proc, with the reason where one can't be read.
#pragma once

#include <cstdint>
#include <string>

#include <tl/expected.hpp>

namespace tcptable::win32 {

/// All of /proc/PID/`file`, or the errno.
tl::expected<std::string, int> read_proc_text(std::uint32_t pid, const char* file);

/// Whether the errno says something of the process, and not that the caller is short of something.
bool is_gone_or_hidden(int sys_errno) noexcept;

}  // namespace tcptable::win32
