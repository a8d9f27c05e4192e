// SPDX-License-Identifier: MIT
// What of this library works for the calling process on this machine, and what stands in the way of the rest.
#pragma once

#include <tcptable/error.hpp>
#include <tcptable/export.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tcptable {

/// What is looked at; diagnose() gives one finding for each, in this order.
enum class Check : std::uint8_t {
  kernel,          ///< Fact: the release. Walking its tables by BPF takes Linux 6.2.
  tcp_diag,        ///< NETLINK_SOCK_DIAG answers for TCP.
  udp_diag,        ///< And for UDP.
  socket_destroy,  ///< CONFIG_INET_DIAG_DESTROY: the kernel can close a connection.
  proc,            ///< /proc lists processes.
  hidepid,         ///< Fact: the mount option's value. /proc hides other users' processes.
  cap_bpf,         ///< The six capabilities are the effective ones of the calling thread (capabilities(7)).
  cap_perfmon,
  cap_net_admin,
  cap_sys_ptrace,
  cap_dac_read_search,  ///< CAP_DAC_OVERRIDE will do, too.
  cap_sys_admin,        ///< Stands for CAP_BPF and CAP_PERFMON, and opens every network namespace.
  btf,                  ///< The kernel's type information, /sys/kernel/btf/vmlinux.
  bpf_programs,         ///< The library's BPF programs load and run: tried.
  lockdown,             ///< Fact: "none", "integrity" or "confidentiality" (kernel_lockdown(7)).
  unprivileged_bpf,     ///< Fact: kernel.unprivileged_bpf_disabled. It is no obstacle.
  cgroup,               ///< Fact: "v2", "v1", or "hybrid" for both.
  pid_namespace,        ///< The kernel's first, where every process is seen.
  net_namespace,        ///< The kernel's first.
  user_namespace,       ///< The kernel's first, where capabilities are worth something to the whole machine.
  container,            ///< Fact: the runtime's name. It is no obstacle of its own.
  seccomp,              ///< Fact: the mode. Limited where a filter denies netlink sockets or BPF.
};

inline constexpr int kCheckCount = 22;

/// "tcp_diag", "cap_bpf", ...: the enumerator's name.
TCPTABLE_API std::string_view to_string(Check check);

enum class Verdict : std::uint8_t {
  ok,       ///< Nothing is missing for this.
  limited,  ///< Something is slower, or shows less, than it could.
  no,       ///< What depends on it doesn't work at all.
  unknown,  ///< It could not be found out.
};

/// "ok", "limited", "no", "unknown".
TCPTABLE_API std::string_view to_string(Verdict verdict);

struct Finding {
  Check check = Check::kernel;
  Verdict verdict = Verdict::unknown;
  /// What was read, as Check says; empty where there is no more to say than the verdict. Files that others
  /// may have written it came from: escape it before printing.
  std::string fact;
  int sys_errno = 0;  ///< Of the call whose failure is the finding, or 0.
};

/// Loads the BPF programs, which takes about 0.1 s, and asks the kernel a few questions; changes nothing. The
/// question whether it can close connections names a socket that can't exist. Never fails: what it can't find
/// out is Verdict::unknown. Runs out of memory with std::bad_alloc.
TCPTABLE_API std::vector<Finding> diagnose();

}  // namespace tcptable
