// SPDX-License-Identifier: MIT
#include "tcptable/doctor/advice.hpp"

#include <linux/capability.h>
#include <sys/prctl.h>

#include <array>

namespace tool::doctor {
namespace {

using tcptable::Check;
using tcptable::Verdict;

// CAP_SYS_ADMIN is not among them: a file that has it gives everybody who may run it the whole machine.
constexpr std::string_view kSetCapabilities =
    "sudo setcap cap_bpf,cap_perfmon,cap_net_admin,cap_sys_ptrace,cap_dac_read_search=ep "
    "\"$(readlink -f \"$(command -v tcptable)\")\"";
constexpr std::string_view kAddCapabilities =
    "docker run --pid=host --net=host --cap-add=BPF --cap-add=PERFMON --cap-add=NET_ADMIN "
    "--cap-add=SYS_PTRACE --cap-add=DAC_READ_SEARCH ...";

struct Line {
  Check check;
  std::string_view consequence;
  std::string_view remedy;
  std::string_view container_remedy;  ///< Empty: the same.
};

constexpr std::array kLines{
    Line{Check::kernel, "large tables are read by the kernel's dump, not by BPF, which takes longer",
         "Linux 6.2 or newer", ""},
    Line{Check::tcp_diag, "TCP tables come from /proc/net, without cookies, and no connection can be closed",
         "sudo modprobe tcp_diag", ""},
    Line{Check::udp_diag, "UDP tables come from /proc/net, without cookies", "sudo modprobe udp_diag", ""},
    Line{Check::socket_destroy, "no connection can be closed", "a kernel with CONFIG_INET_DIAG_DESTROY=y",
         ""},
    Line{Check::proc, "no socket has an owner", "sudo mount -t proc proc /proc", ""},
    Line{Check::hidepid, "owners of other users' sockets are hidden", "sudo mount -o remount,hidepid=0 /proc",
         ""},
    Line{Check::cap_bpf, "no fast tables and owners by BPF", kSetCapabilities, kAddCapabilities},
    Line{Check::cap_perfmon, "no fast tables and owners by BPF", kSetCapabilities, kAddCapabilities},
    Line{Check::cap_net_admin, "no connection can be closed", kSetCapabilities, kAddCapabilities},
    Line{Check::cap_sys_ptrace, "no owners of other users' sockets, unless by BPF", kSetCapabilities,
         kAddCapabilities},
    Line{Check::cap_dac_read_search, "no owners of other users' sockets, unless by BPF", kSetCapabilities,
         kAddCapabilities},
    Line{Check::cap_sys_admin, "no sockets of other network namespaces", "sudo tcptable",
         "docker run --privileged ..."},
    Line{Check::btf, "no fast tables and owners by BPF", "a kernel with CONFIG_DEBUG_INFO_BTF=y", ""},
    Line{Check::bpf_programs, "no fast tables and owners by BPF", "what the other checks name", ""},
    Line{Check::lockdown, "no fast tables and owners by BPF", "the kernel's parameter lockdown=integrity",
         ""},
    Line{Check::cgroup, "units and containers are told by the owner rather than by the socket",
         "the kernel's parameter systemd.unified_cgroup_hierarchy=1", ""},
    Line{Check::pid_namespace, "no owners outside of this pid namespace", "sudo nsenter -t 1 -p -m tcptable",
         "docker run --pid=host ..."},
    Line{Check::net_namespace, "no sockets outside of this network namespace",
         "sudo nsenter -t 1 -n tcptable", "docker run --net=host ..."},
    Line{Check::user_namespace, "capabilities count in this user namespace alone",
         "sudo nsenter -t 1 -U tcptable", "docker run --userns=host ..."},
    Line{Check::seccomp, "a filter denies netlink sockets or BPF", "start it without the filter",
         "docker run --security-opt seccomp=unconfined ..."},
};

int number_of(Check check) {
  switch (check) {
    case Check::cap_bpf:
      return CAP_BPF;
    case Check::cap_perfmon:
      return CAP_PERFMON;
    case Check::cap_net_admin:
      return CAP_NET_ADMIN;
    case Check::cap_sys_ptrace:
      return CAP_SYS_PTRACE;
    case Check::cap_dac_read_search:
      return CAP_DAC_READ_SEARCH;
    case Check::cap_sys_admin:
      return CAP_SYS_ADMIN;
    default:
      return -1;
  }
}

}  // namespace

bool is_within_bounds(Check check) {
  const int number = number_of(check);
  return number >= 0 && prctl(PR_CAPBSET_READ, number) == 1;
}

Advice advice_for(const tcptable::Finding& finding, bool in_container) {
  if (finding.verdict == Verdict::ok || finding.verdict == Verdict::unknown) return {};
  for (const Line& line : kLines) {
    if (line.check != finding.check) continue;
    return {line.consequence,
            in_container && !line.container_remedy.empty() ? line.container_remedy : line.remedy};
  }
  return {};
}

}  // namespace tool::doctor
