// SPDX-License-Identifier: MIT
// One small question for each check; what one answers, a later one may use.
#include "api/diagnosis.hpp"

#include <fcntl.h>
#include <linux/capability.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>

#include "backend/backend.hpp"
#include "backend/sock_diag/socket_lookup.hpp"
#include "model/cgroup_membership.hpp"
#include "model/system_text.hpp"
#include "sys/file.hpp"

namespace tcptable {
namespace api {
namespace {

constexpr std::array<std::string_view, kCheckCount> kCheckNames{"kernel",
                                                                "tcp_diag",
                                                                "udp_diag",
                                                                "socket_destroy",
                                                                "proc",
                                                                "hidepid",
                                                                "cap_bpf",
                                                                "cap_perfmon",
                                                                "cap_net_admin",
                                                                "cap_sys_ptrace",
                                                                "cap_dac_read_search",
                                                                "cap_sys_admin",
                                                                "btf",
                                                                "bpf_programs",
                                                                "lockdown",
                                                                "unprivileged_bpf",
                                                                "cgroup",
                                                                "pid_namespace",
                                                                "net_namespace",
                                                                "user_namespace",
                                                                "container",
                                                                "seccomp"};
constexpr std::array<std::string_view, 4> kVerdictNames{"ok", "limited", "no", "unknown"};

constexpr Step kStep = Step::read_process;
constexpr model::Release kTableWalks{6, 2};
// The kernel's first namespaces have fixed inodes (enum init_ns_ino, linux/nsfs.h); that of the network only
// from 6.18 on.
constexpr std::string_view kFirstPid = "pid:[4026531836]";
constexpr std::string_view kFirstUser = "user:[4026531837]";
constexpr std::string_view kFirstNet = "net:[4026531833]";
// Docker's and Podman's marks, by which also a container that has the host's cgroups can be told.
constexpr std::string_view kDockerMark = "/.dockerenv";
constexpr std::string_view kPodmanMark = "/run/.containerenv";
// No socket has it: cookies count from 1.
constexpr std::uint64_t kNobodysCookie = UINT64_MAX - 1;

class Examination {
 public:
  explicit Examination(sys::Kernel& kernel)
      : kernel_(kernel), status_(read("/proc/thread-self/status")), mountinfo_(read("/proc/self/mountinfo")) {
    if (status_) capabilities_ = model::parse_effective_capabilities(*status_);
    if (mountinfo_) mounts_ = model::parse_mounts(*mountinfo_);
    first_user_namespace_ = is_first("/proc/thread-self/ns/user", kFirstUser);
    first_pid_namespace_ = is_first("/proc/thread-self/ns/pid", kFirstPid);
    first_net_namespace_ = is_first_net_namespace();
  }

  std::vector<Finding> findings() {
    look_at_kernel();
    look_at_sock_diag();
    look_at_proc();
    look_at_capabilities();
    look_at_bpf();
    look_at_cgroup();
    look_at_namespaces();
    look_at_container();
    look_at_seccomp();
    return std::move(findings_);
  }

 private:
  Verdict add(Check check, Verdict verdict, std::string_view fact = {}, int sys_errno = 0) {
    findings_.push_back({check, verdict, std::string(fact), sys_errno});
    return verdict;
  }

  // Without the line's end.
  Result<std::string> read(const char* path) {
    auto text = sys::read_whole(kernel_, {AT_FDCWD, path}, kStep);
    if (text && text->ends_with('\n')) text->pop_back();
    return text;
  }
  bool exists(std::string_view path) {
    return sys::open_at(kernel_, {AT_FDCWD, path.data()}, O_PATH, kStep).has_value();
  }
  std::optional<std::string> link(const char* path) {
    std::array<char, 64> target;
    const ssize_t length = kernel_.readlinkat(AT_FDCWD, path, target.data(), target.size());
    if (length < 0) return std::nullopt;
    return std::string(target.data(), static_cast<std::size_t>(length));
  }
  std::optional<bool> is_first(const char* path, std::string_view first) {
    const auto target = link(path);
    if (!target) return std::nullopt;
    return *target == first;
  }
  bool has(unsigned capability) const {
    return capabilities_ && (*capabilities_ & std::uint64_t{1} << capability) != 0;
  }

  void look_at_kernel() {
    const auto text = read("/proc/sys/kernel/osrelease");
    const auto release = text ? model::parse_release(*text) : std::nullopt;
    if (!release) {
      add(Check::kernel, Verdict::unknown, {}, text ? 0 : text.error().sys_errno);
    } else {
      add(Check::kernel, *release < kTableWalks ? Verdict::limited : Verdict::ok, *text);
    }
  }

  Verdict add_diag(Check check, bool tcp) {
    Query query;
    query.tcp = tcp;
    query.udp = !tcp;
    const auto able = backend::kSockDiag.probe(kernel_, query, false);
    if (able) return add(check, Verdict::ok);
    const Error& error = able.error();
    netlink_refused_ = netlink_refused_ || error.code == Errc::not_permitted || error.sys_errno == ENOSYS;
    const bool is_absent = error.code == Errc::not_supported || netlink_refused_;
    return add(check, is_absent ? Verdict::no : Verdict::unknown, {}, error.sys_errno);
  }

  void look_at_sock_diag() {
    const Verdict tcp = add_diag(Check::tcp_diag, true);
    add_diag(Check::udp_diag, false);
    if (tcp != Verdict::ok) {
      add(Check::socket_destroy, tcp);
      return;
    }
    SocketRow nobody;
    nobody.cookie = kNobodysCookie;
    const auto destroyed = backend::destroy(kernel_, nobody);
    const int sys_errno = destroyed ? 0 : destroyed.error().sys_errno;
    // A kernel that can has looked for it in vain.
    Verdict verdict = sys_errno == ENOENT ? Verdict::ok : Verdict::unknown;
    if (sys_errno == EOPNOTSUPP) verdict = Verdict::no;
    add(Check::socket_destroy, verdict, {}, verdict == Verdict::ok ? 0 : sys_errno);
  }

  void look_at_proc() {
    if (status_) {
      add(Check::proc, Verdict::ok);
    } else {
      add(Check::proc, Verdict::no, {}, status_.error().sys_errno);
    }
    const bool hides = !mounts_.hidepid.empty() && mounts_.hidepid != "0" && mounts_.hidepid != "off";
    if (!mountinfo_) {
      add(Check::hidepid, Verdict::unknown, {}, mountinfo_.error().sys_errno);
    } else {
      const bool sees_all = has(CAP_SYS_PTRACE) && first_user_namespace_.value_or(true);
      add(Check::hidepid, hides && !sees_all ? Verdict::limited : Verdict::ok,
          mounts_.hidepid.empty() ? "0" : mounts_.hidepid);
    }
  }

  void add_capability(Check check, bool is_held, bool is_local) {
    if (!capabilities_) {
      add(check, Verdict::unknown);
    } else if (!is_held) {
      add(check, Verdict::limited, "not held");
    } else if (is_local) {
      add(check, Verdict::limited, "held in this user namespace only");
    } else {
      add(check, Verdict::ok);
    }
  }

  // In a user namespace it counts for the network namespaces made there; whether this one was is not told.
  void add_net_admin(bool is_local) {
    const bool is_held = has(CAP_NET_ADMIN);
    if (is_held && is_local && !first_net_namespace_.value_or(false)) {
      add(Check::cap_net_admin, Verdict::unknown, "held in this user namespace only");
    } else {
      add_capability(Check::cap_net_admin, is_held, is_local);
    }
  }

  void look_at_capabilities() {
    const bool admin = has(CAP_SYS_ADMIN);
    // The kernel's own tables, and the machine's processes, are outside of every other user namespace.
    const bool is_local = !first_user_namespace_.value_or(true);
    add_capability(Check::cap_bpf, admin || has(CAP_BPF), is_local);
    add_capability(Check::cap_perfmon, admin || has(CAP_PERFMON), is_local);
    add_net_admin(is_local);
    add_capability(Check::cap_sys_ptrace, has(CAP_SYS_PTRACE), is_local);
    add_capability(Check::cap_dac_read_search, has(CAP_DAC_READ_SEARCH) || has(CAP_DAC_OVERRIDE), is_local);
    add_capability(Check::cap_sys_admin, admin, is_local);
  }

  void look_at_bpf() {
    const auto btf = sys::open_at(kernel_, {AT_FDCWD, "/sys/kernel/btf/vmlinux"}, 0, kStep);
    add(Check::btf, btf ? Verdict::ok : Verdict::limited, {}, btf ? 0 : btf.error().sys_errno);
    const auto walks = kernel_.socket_walks(sys::Loading::now, sys::Walks::of_descriptors_and_tables);
    if (!walks) bpf_errno_ = walks.error().sys_errno;
    add(Check::bpf_programs, walks ? Verdict::ok : Verdict::limited, {}, bpf_errno_);

    const auto lockdown = read("/sys/kernel/security/lockdown");
    const std::string_view mode = lockdown ? model::chosen_word(*lockdown) : std::string_view();
    if (mode.empty()) {
      add(Check::lockdown, Verdict::unknown, {}, lockdown ? 0 : lockdown.error().sys_errno);
    } else {
      // Where the programs load in spite of it, they work: they read by typed pointers, not by probe_read.
      const bool forbids = mode == "confidentiality" && !walks;
      add(Check::lockdown, forbids ? Verdict::limited : Verdict::ok, mode);
    }
    const auto unprivileged = read("/proc/sys/kernel/unprivileged_bpf_disabled");
    add(Check::unprivileged_bpf, unprivileged ? Verdict::ok : Verdict::unknown, unprivileged.value_or(""),
        unprivileged ? 0 : unprivileged.error().sys_errno);
  }

  void look_at_cgroup() {
    if (!mountinfo_) {
      add(Check::cgroup, Verdict::unknown, {}, mountinfo_.error().sys_errno);
    } else if (!mounts_.cgroup_v1) {
      add(Check::cgroup, mounts_.cgroup_v2 ? Verdict::ok : Verdict::no, mounts_.cgroup_v2 ? "v2" : "");
    } else {
      add(Check::cgroup, Verdict::limited, mounts_.cgroup_v2 ? "hybrid" : "v1");
    }
  }

  void add_namespace(Check check, std::optional<bool> is_first) {
    add(check, !is_first ? Verdict::unknown : *is_first ? Verdict::ok : Verdict::limited);
  }

  // Before 6.18 only by process 1, and where that is the machine's.
  std::optional<bool> is_first_net_namespace() {
    const auto own = link("/proc/thread-self/ns/net");
    if (own && *own == kFirstNet) return true;
    const auto first = first_pid_namespace_.value_or(false) ? link("/proc/1/ns/net") : std::nullopt;
    if (!own || !first) return std::nullopt;
    return *own == *first;
  }

  void look_at_namespaces() {
    add_namespace(Check::pid_namespace, first_pid_namespace_);
    add_namespace(Check::net_namespace, first_net_namespace_);
    add_namespace(Check::user_namespace, first_user_namespace_);
  }

  void look_at_container() {
    if (const auto groups = read("/proc/self/cgroup")) {
      const auto path = model::cgroup_path_of_process(*groups);
      const auto runtime = path ? parse_cgroup_path(*path).runtime : ContainerRuntime::none;
      if (runtime != ContainerRuntime::none) {
        add(Check::container, Verdict::ok, to_string(runtime));
        return;
      }
    }
    std::string fact = "none";
    if (exists(kDockerMark)) fact = "docker";
    if (exists(kPodmanMark)) fact = "podman";
    if (const auto manager = read("/run/systemd/container"); manager && !manager->empty()) fact = *manager;
    add(Check::container, Verdict::ok, fact);
  }

  void look_at_seccomp() {
    const auto mode = status_ ? model::parse_seccomp_mode(*status_) : std::nullopt;
    if (!mode) {
      add(Check::seccomp, Verdict::unknown);
      return;
    }
    // What the kernel itself permits with these rights, a filter has refused.
    const bool may_use_bpf =
        (has(CAP_SYS_ADMIN) || (has(CAP_BPF) && has(CAP_PERFMON))) && first_user_namespace_.value_or(false);
    const bool bpf_refused = may_use_bpf && (bpf_errno_ == EPERM || bpf_errno_ == ENOSYS);
    const bool denies = *mode != 0 && (netlink_refused_ || bpf_refused);
    add(Check::seccomp, denies ? Verdict::limited : Verdict::ok, std::to_string(*mode));
  }

  sys::Kernel& kernel_;
  Result<std::string> status_;
  Result<std::string> mountinfo_;
  std::optional<std::uint64_t> capabilities_;
  model::Mounts mounts_;
  std::optional<bool> first_user_namespace_;
  std::optional<bool> first_pid_namespace_;
  std::optional<bool> first_net_namespace_;
  bool netlink_refused_ = false;
  int bpf_errno_ = 0;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> diagnose(sys::Kernel& kernel) {
  return Examination(kernel).findings();
}

}  // namespace api

std::string_view to_string(Check check) {
  return api::kCheckNames[static_cast<std::size_t>(check)];
}

std::string_view to_string(Verdict verdict) {
  return api::kVerdictNames[static_cast<std::size_t>(verdict)];
}

std::vector<Finding> diagnose() {
  return api::diagnose(sys::real_kernel());
}

}  // namespace tcptable
