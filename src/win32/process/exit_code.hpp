// SPDX-License-Identifier: MIT
// With what a process ended, as the kernel remembers it. Statuses are as wait() gives them.
#pragma once

#include <windef.h>

#include <sys/types.h>
#include <optional>

namespace tcptable::win32 {

/// Of a process that has ended and is still to be waited for; the caller may look into it.
std::optional<int> unreaped_status(pid_t pid);

/// Of a process that has been waited for: Linux 6.15 and later know.
std::optional<int> reaped_status(int pidfd) noexcept;

/// What it gave to exit(), or 128 and the signal's number, as shells say.
DWORD exit_code_of(int status) noexcept;

}  // namespace tcptable::win32
