// SPDX-License-Identifier: MIT
// Reads /proc/PID/stat.
#pragma once

#include "owner/process_stat.hpp"
#include "sys/file.hpp"

namespace tcptable::owner {

/// `file` is a process's "stat". Errors: those of the system calls, ESRCH among them where it has gone;
/// malformed_reply.
Result<ProcessStat> read_process_stat(sys::Kernel& kernel, sys::Path file, Step step);

}  // namespace tcptable::owner
