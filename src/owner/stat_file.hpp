// SPDX-License-Identifier: MIT
// Reads /proc/PID/stat.
#pragma once

#include "owner/process_stat.hpp"
#include "sys/kernel.hpp"

namespace tcptable::owner {

/// Of the process whose directory in /proc that is a descriptor of. Errors: those of the system calls, ESRCH
/// among them where it has gone; malformed_reply.
Result<ProcessStat> read_process_stat(sys::Kernel& kernel, int directory, Step step);

}  // namespace tcptable::owner
