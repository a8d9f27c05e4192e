// SPDX-License-Identifier: MIT
// The two system calls of pidfds, by number: glibc 2.36 declares its functions without C linkage.
#pragma once

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

namespace tcptable::win32 {

/// Closes on exec, and is none of the standard descriptors, which are the program's also while they are
/// closed. -1 with errno: ESRCH, or EINVAL or ENOENT for the number of a thread.
inline int open_pidfd(pid_t pid) noexcept {
  const int opened = static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
  if (opened < 0 || opened > STDERR_FILENO) return opened;
  const int moved = ::fcntl(opened, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  const int failure = errno;
  ::close(opened);
  errno = failure;
  return moved;
}

/// 0, or -1 with errno. Signal 0 only asks.
inline int send_pidfd_signal(int pidfd, int signal) noexcept {
  return static_cast<int>(::syscall(SYS_pidfd_send_signal, pidfd, signal, nullptr, 0));
}

}  // namespace tcptable::win32
