// SPDX-License-Identifier: MIT
// One process: what it runs, and which unit or container it belongs to. Reads that process alone.
#pragma once

#include <tcptable/cgroup.hpp>
#include <tcptable/endpoint.hpp>
#include <tcptable/error.hpp>
#include <tcptable/owner.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace tcptable {

struct Executable {
  /// Absolute, as the process's mount namespace names it (/proc/PID/exe). Any byte but NUL may occur.
  std::string path;
  /// The file has no name any more; `path` is the one that it had.
  bool deleted = false;
  /// The process has other mounts than the caller: here the path names another file, or none.
  bool other_mount_namespace = false;
};

struct ProcessDescription {
  Process process;
  /// The pid of the process that started it, or took it over when that one ended; 0 where there is none in
  /// the caller's pid namespace.
  std::int32_t parent = 0;
  /// A thread of the kernel, which has no executable.
  bool kernel_thread = false;
  /// Errc::not_permitted: another user's, and the caller has no CAP_SYS_PTRACE. Errc::not_found: a kernel
  /// thread, or a process that has exited and waits for its parent.
  Result<Executable> executable;
  /// The path in the hierarchy that names the process best: systemd's own, cgroup v2's, or any other; every
  /// user may read it.
  Result<std::string> cgroup;
  /// What that path says; empty where it could not be read.
  CgroupNames names;
};

/// Everything about the process that has `pid` in the caller's pid namespace, all of one process even if the
/// pid is reused meanwhile. Errc::not_found: there is none, or /proc hides it (hidepid).
TCPTABLE_API Result<ProcessDescription> describe_process(std::int32_t pid);

/// What the cgroup of exactly this process says: Errc::not_found when it has gone, also when a younger one
/// has its pid.
TCPTABLE_API Result<CgroupNames> cgroup_names_of(const Process& process);

/// The arguments of exactly this process, each ended by NUL; a process may have overwritten them, and any
/// byte may occur (/proc/PID/cmdline). Empty for a kernel thread, and for one that has exited and waits for
/// its parent. Errc::not_found as above.
TCPTABLE_API Result<std::string> command_line_of(const Process& process);

/// The effective user id of exactly this process, in the caller's user namespace. Errc::not_found as above.
TCPTABLE_API Result<std::uint32_t> effective_uid_of(const Process& process);

/// One of a process's descriptors that is a socket.
struct SocketDescriptor {
  std::int32_t number = 0;
  std::uint32_t inode = 0;  ///< SocketRow::inode, where the socket is of TCP or UDP.
};

/// The descriptors of exactly this process that are sockets of whatever kind, by number. Read from its first
/// thread's table, which nearly always is the others', too. Errc::not_found as above. Errc::not_permitted:
/// another user's, and the caller has no CAP_SYS_PTRACE.
TCPTABLE_API Result<std::vector<SocketDescriptor>> socket_descriptors_of(const Process& process);

/// Whether the address is one of the network namespace's own in which exactly this process is
/// (/proc/PID/net/fib_trie, if_inet6); the endpoint's port and scope say nothing. Errc::not_found as above.
TCPTABLE_API Result<bool> has_local_address(const Process& process, const Endpoint& endpoint);

/// When the process was started, by today's setting of the wall clock, to a clock tick (10 ms).
TCPTABLE_API std::chrono::system_clock::time_point started_at(const Process& process);

}  // namespace tcptable
