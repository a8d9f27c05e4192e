// SPDX-License-Identifier: MIT
// Who holds which of the wanted sockets, by /proc/*/fd: what every user may do, for his own processes at
// least.
#pragma once

#include "owner/socket_index.hpp"
#include "sys/kernel.hpp"

#include <tcptable/error.hpp>
#include <tcptable/owner.hpp>

#include <cstdint>
#include <vector>

namespace tcptable::owner {

struct Holding {
  std::uint32_t socket;   ///< As SocketIndex numbers it.
  std::uint32_t process;  ///< Index into FdWalk::processes.
};

struct FdWalk {
  std::vector<Process> processes;  ///< Those that hold at least one wanted socket.
  std::vector<Holding> holdings;   ///< In no order; a process that has a socket twice is listed twice.
  std::uint32_t unreadable_processes = 0;
  bool sees_init = false;  ///< False where /proc hides other users' processes.

  /// Every process's descriptors were read.
  bool sees_all() const { return unreadable_processes == 0 && sees_init; }
};

/// Whose descriptor tables are read. Nearly always a process has one, that of its first thread; a thread may
/// have one of its own (clone without CLONE_FILES, unshare).
enum class Tables : std::uint8_t {
  first_thread,   ///< And the other threads' where the first has none: it has exited.
  other_threads,  ///< Of threads whose table is told apart from the first thread's (kcmp).
  every_thread,   ///< Slow.
};

struct WalkOptions {
  Tables tables = Tables::first_thread;
  /// Threads to walk with at most, this one included.
  unsigned workers = 1;
  /// Stop when each socket's owner is known; other holders may then be missing. Processes are walked in the
  /// order in which they would own a socket, so that the owner is the one that a whole walk finds.
  bool owners_alone = false;
};

/// `wanted` is keyed by inode. Processes that come and go during the walk are no error. Each process is read
/// by one descriptor of its /proc directory, which goes dead with it: a new process with its pid is never
/// mistaken for it.
Result<FdWalk> walk_descriptors(sys::Kernel& kernel, const WantedSockets& wanted, const WalkOptions& options);

}  // namespace tcptable::owner
