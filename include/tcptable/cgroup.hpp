// SPDX-License-Identifier: MIT
// What a control group's path says about the processes in it: systemd's unit and slice, container, pod. The
// path is the only input, so this also serves a path that comes from elsewhere than a process.
#pragma once

#include <tcptable/export.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace tcptable {

enum class ContainerRuntime : std::uint8_t {
  none,     ///< The path names no container.
  unknown,  ///< A container whose path doesn't tell by what it is run (kubelet with the cgroupfs driver).
  docker,
  podman,
  containerd,
  crio,
  lxc,  ///< LXC, LXD, Incus, Proxmox.
  nspawn,
};

/// "docker", "crio", ...: the enumerator's name.
TCPTABLE_API std::string_view to_string(ContainerRuntime runtime);

/// Each text is empty where the path has none of its kind. Whoever may make a control group chooses its name:
/// any byte but NUL and '/' may occur in `container` (units, slices and pod uids are checked): escape it
/// before printing.
struct CgroupNames {
  /// Of the system's manager, as systemctl names them: "ssh.service", "session-2.scope". Escapes such as
  /// "\x2d" are part of a unit's name.
  std::string unit;
  /// The innermost slice around the unit; "-.slice" where the unit is directly below the root.
  std::string slice;
  /// Of a user's manager, below user@UID.service, as systemctl --user names them.
  std::string user_unit;
  std::string user_slice;
  /// The innermost container: 64 hexadecimal digits, or the name that LXC and nspawn give.
  std::string container;
  ContainerRuntime runtime = ContainerRuntime::none;
  /// Kubernetes' uid of the pod, 36 characters with dashes, or 32 hexadecimal digits for a static pod.
  std::string pod_uid;

  friend bool operator==(const CgroupNames&, const CgroupNames&) = default;
};

/// `path` as in /proc/PID/cgroup, from the root of the hierarchy. Any text is a path; names that mean nothing
/// give nothing. Units are found as systemd finds them (cg_path_get_unit, src/basic/cgroup-util.c), so a
/// container's own systemd is not heard: its units are no units of this system.
TCPTABLE_API CgroupNames parse_cgroup_path(std::string_view path);

/// By what a socket's control group is known.
enum class CgroupSource : std::uint8_t {
  /// The kernel's own note of it (INET_DIAG_CGROUP_ID), which it gives to every user: the cgroup v2 group in
  /// which the socket was made, or, for an accepted connection, its listener. It stays when the process is
  /// moved, and where a service manager made the listener it names the socket unit.
  socket,
  /// The group of the process that owns the socket, by /proc/PID/cgroup.
  holder,
};

/// "socket", "holder".
TCPTABLE_API std::string_view to_string(CgroupSource source);

/// The control group of a socket.
struct SocketCgroup {
  /// From the root of the hierarchy, as the caller's cgroup namespace names it; "/" is the root, which tells
  /// nothing. Any byte but NUL may occur: escape before printing.
  std::string path;
  /// What the path says.
  CgroupNames names;
  CgroupSource source = CgroupSource::socket;
};

/// The service that runs the processes: the user's where a user's manager runs them, else the system's; empty
/// where no service does, as in a login session, a scope or a container. A user's manager itself belongs to
/// "user@UID.service".
TCPTABLE_API std::string_view service_of(const CgroupNames& names);

}  // namespace tcptable
