// SPDX-License-Identifier: MIT
// The two system calls of pidfds, by number: glibc 2.36 declares its functions without C linkage.
#pragma once

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

namespace tcptable::win32 {

/// The descriptor or, where it is one of the standard ones, a duplicate that is none: they are the program's
/// also while they are closed. -1 with errno, as it came.
inline int keep_off_standard(int opened) noexcept {
  if (opened < 0 || opened > STDERR_FILENO) return opened;
  const int moved = ::fcntl(opened, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  const int failure = errno;
  ::close(opened);
  errno = failure;
  return moved;
}

/// Closes on exec, and is none of the standard descriptors. -1 with errno: ESRCH, or EINVAL or ENOENT for the
/// number of a thread.
inline int open_pidfd(pid_t pid) noexcept {
  return keep_off_standard(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0)));
}

/// 0, or -1 with errno. Signal 0 only asks.
inline int send_pidfd_signal(int pidfd, int signal) noexcept {
  return static_cast<int>(::syscall(SYS_pidfd_send_signal, pidfd, signal, nullptr, 0));
}

}  // namespace tcptable::win32
