// SPDX-License-Identifier: MIT
// Who holds which of the wanted sockets, by /proc/*/fd: what every user may do, for his own processes at
// least.
#pragma once

#include "owner/inode_index.hpp"
#include "sys/kernel.hpp"

#include <tcptable/error.hpp>
#include <tcptable/owner.hpp>

#include <cstdint>
#include <vector>

namespace tcptable::owner {

struct Holding {
  std::uint32_t inode_number;  ///< As InodeIndex numbers it.
  std::uint32_t process;       ///< Index into FdWalk::processes.
};

struct FdWalk {
  std::vector<Process> processes;  ///< Those that hold at least one wanted socket.
  std::vector<Holding> holdings;   ///< In no order; a process that has a socket twice is listed twice.
  std::uint32_t unreadable_processes = 0;
  bool sees_init = false;  ///< False where /proc hides other users' processes.
};

struct WalkOptions {
  /// Also read /proc/PID/task/*/fd, where a thread may have descriptors of its own. Slow.
  bool every_thread = false;
  /// Threads to walk with, this one included.
  unsigned workers = 1;
};

/// Processes that come and go during the walk are no error. Each process is read by one descriptor of its
/// /proc directory, which goes dead with it: a new process with its pid is never mistaken for it.
Result<FdWalk> walk_descriptors(sys::Kernel& kernel, const InodeIndex& wanted, WalkOptions options);

}  // namespace tcptable::owner
