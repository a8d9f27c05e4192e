// SPDX-License-Identifier: MIT
// Standard output and standard error, and what a failure on them means for the exit status.
#pragma once

#include <tcptable/error.hpp>

#include <string>
#include <string_view>

#include "tcptable/output/chunked_output.hpp"

namespace tool {

enum class ExitStatus { found = 0, nothing = 1, usage = 2, partial = 3, not_permitted = 4, failed = 5 };

/// 0, or errno. A closed pipe ends the program quietly by SIGPIPE; where that signal is blocked it is EPIPE.
int write_all(int fd, std::string_view text);

/// Writes "tcptable: WHY" and a newline to standard error; returns `status`.
ExitStatus fail(std::string_view why, ExitStatus status);

/// The same for what the library could not do.
ExitStatus fail(const tcptable::Error& error);

/// Output to standard output.
ChunkedOutput standard_output();

/// `status`, or what a failed write to standard output (errno, or 0) makes of it.
ExitStatus after_writing(int failed, ExitStatus status);

/// Writes `text` to standard output; found, or failed.
ExitStatus print(std::string_view text);

}  // namespace tool
