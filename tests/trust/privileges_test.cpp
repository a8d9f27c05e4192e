// SPDX-License-Identifier: MIT
// What callers of each kind are shown, and what they are told is missing: one line of the table for each.
// None is shown a process that the kernel doesn't show him.
#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/syscall.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "contract/snapshot_fixture.hpp"
#include "support/child_process.hpp"
#include "support/closing.hpp"
#include "support/network_namespace.hpp"
#include "support/privileges.hpp"
#include "support/sockets.hpp"
#include "support/temporary_directory.hpp"

namespace tcptable::test {
namespace {

// The pid by which this caller's /proc calls a process, whatever its own namespace does.
pid_t own_number() {
  std::error_code failed;
  const auto self = std::filesystem::read_symlink("/proc/self", failed);
  return failed ? ::getpid() : std::stoi(self);
}

// One listener of root's, one of another process of nobody's, and, in the caller, one of his own.
class Scene {
 public:
  Scene() : roots_(listen_on(loopback(Family::ipv4))), connection_(make_connection(roots_)) {
    root_at_ = local_endpoint(roots_.get());
    neighbour_ = std::make_unique<Child>([this] {
      leave_to_root();
      become_nobody();
      static Fd listener = listen_on(endpoint("127.0.0.2", kPort));
      return std::string();
    });
    if (!neighbour_->report().empty()) throw std::runtime_error(neighbour_->report());
  }

  /// In the caller's process: closes what it has of root's.
  void enter() {
    leave_to_root();
    own_ = listen_on(endpoint("127.0.0.3", kPort));
  }

  Endpoint roots() const { return root_at_; }
  SocketKey roots_connection() const { return {Protocol::tcp, client_at_, root_at_}; }

  struct Seen {
    std::string own, neighbours, roots;
  };
  Seen seen_in(const Snapshot& snapshot) const {
    return {said_of(snapshot, endpoint("127.0.0.3", kPort), own_number()),
            said_of(snapshot, endpoint("127.0.0.2", kPort), neighbour_->pid()),
            said_of(snapshot, root_at_, root_)};
  }

 private:
  static constexpr std::uint16_t kPort = 4000;

  void leave_to_root() {
    roots_.reset();
    connection_ = {};
  }

  // Within a pid namespace of the caller's own the numbers are others.
  static std::string said_of(const Snapshot& snapshot, const Endpoint& local, pid_t pid) {
    const SocketRow* row = find_row(snapshot, local, nowhere(Family::ipv4));
    if (row == nullptr) return "no row";
    const Process* owner = snapshot.owner(*row);
    if (owner != nullptr && owner->pid != pid) return "WRONG: " + std::to_string(owner->pid);
    return std::string(to_string(row->owner_status));
  }

  const pid_t root_ = ::getpid();
  Fd roots_;
  Connection connection_;
  Endpoint root_at_;
  Endpoint client_at_ = local_endpoint(connection_.client.get());
  std::unique_ptr<Child> neighbour_;
  Fd own_;
};

// Whether the caller, asked to look for himself, finds the socket among the process's descriptors.
bool proc_shows(const Process& process, std::uint32_t inode) {
  const std::string wanted = "socket:[" + std::to_string(inode) + "]";
  std::error_code failed;
  const std::filesystem::path descriptors = "/proc/" + std::to_string(process.pid) + "/fd";
  for (std::filesystem::directory_iterator at(descriptors, failed), end; !failed && at != end;
       at.increment(failed)) {
    if (std::filesystem::read_symlink(at->path(), failed) == wanted) return true;
  }
  return false;
}

// The holders that are shown and should not be: with BPF everybody's in the caller's own pid namespace may
// be.
std::string shown_too_much(const Snapshot& snapshot, bool by_bpf) {
  std::string pids;
  for (const SocketRow& row : snapshot.rows()) {
    for (const std::uint32_t index : snapshot.holders(row)) {
      const Process& holder = snapshot.process(index);
      const bool exists = ::kill(holder.pid, 0) == 0 || errno == EPERM;
      if (!(by_bpf ? exists : proc_shows(holder, row.inode))) pids += " " + std::to_string(holder.pid);
    }
  }
  return pids.empty() ? "" : "; SHOWN TOO MUCH:" + pids;
}

// Where all owners are known it doesn't matter whether everybody can be read.
std::string missing_owners(const Completeness& completeness) {
  if (completeness.owners) return "; all";
  return completeness.unreadable_processes > 0 ? "; owners missing, unreadable processes"
                                               : "; owners missing";
}

std::string seen_by_caller(const Scene& scene) {
  const auto snapshot = take_snapshot(what_can_be_listed(everything()));
  if (!snapshot) return to_string(snapshot.error());
  const Scene::Seen seen = scene.seen_in(*snapshot);
  const Completeness& completeness = snapshot->completeness();
  return std::string(snapshot->backend_name()) + ", " + std::string(snapshot->owner_source()) + ": own " +
         seen.own + ", neighbour's " + seen.neighbours + ", root's " + seen.roots +
         (completeness.rows ? "" : "; rows missing") + missing_owners(completeness) +
         shown_too_much(*snapshot, snapshot->owner_source() == "bpf");
}

std::string closes(const Scene& scene) {
  const auto closed = close_connection(scene.roots_connection());
  return closed ? "closed" : to_string(closed.error());
}

using Look = std::function<std::string()>;

// A caller: what he gives up or goes into before he looks, and in which process.
struct Caller {
  const char* name;
  std::string (*run)(const Look&);
  const char* sees;
  const char* sees_by_bpf;
  const char* closes_roots;
};

// In a child, which `prepare` changes first.
template <void (*prepare)()>
std::string run_after(const Look& look) {
  const Child child([&] {
    try {
      prepare();
    } catch (const std::system_error& failure) {
      return std::string("SKIP: needs more rights for ") + failure.what();
    }
    return look();
  });
  return child.report();
}

std::string run_in_pid_namespace_or_skip(const Look& look) try {
  return run_in_pid_namespace(look);
} catch (const std::system_error& failure) {
  return std::string("SKIP: needs more rights for a ") + failure.what();
}

// Here /proc counts on as it does outside.
std::string run_in_pid_namespace_without_proc(const Look& look) {
  const Child parent([&]() -> std::string {
    if (::unshare(CLONE_NEWPID) != 0) return "SKIP: needs more rights for a pid namespace";
    const Child first(look);
    return first.report();
  });
  return parent.report();
}

void stay_root() {}
void lose_bpf() {
  drop_capabilities({CAP_BPF});
}
void lose_all_that_allows_bpf() {
  drop_capabilities({CAP_BPF, CAP_SYS_ADMIN});
}
void lose_ptrace() {
  drop_capabilities({CAP_SYS_PTRACE, CAP_BPF, CAP_SYS_ADMIN});
}
void keep_bpf_and_perfmon() {
  become_nobody_with({CAP_BPF, CAP_PERFMON});
}
void keep_net_admin() {
  become_nobody_with({CAP_NET_ADMIN});
}
void keep_ptrace() {
  become_nobody_with({CAP_SYS_PTRACE, CAP_DAC_READ_SEARCH});
}
void become_root_of_user_namespace() {
  become_nobody();
  check(::unshare(CLONE_NEWUSER), "a user namespace");
}
void mount_over_proc(const char* type, const char* options) {
  check(::unshare(CLONE_NEWNS), "a mount namespace");
  check(::mount("none", "/proc", nullptr, MS_PRIVATE, nullptr), "making /proc private");
  check(::mount(type, "/proc", type, 0, options), "mounting over /proc");
}
void hide_processes() {
  mount_over_proc("proc", "hidepid=2");
  become_nobody();
}
void hide_processes_from_bpf() {
  mount_over_proc("proc", "hidepid=2");
  keep_bpf_and_perfmon();
}
void cover_proc() {
  mount_over_proc("tmpfs", nullptr);
}
void leave_proc_behind() {
  const TemporaryDirectory empty;
  check(::chroot(empty.path().c_str()), "chroot");
}
void leave_proc_and_bpf_behind() {
  leave_proc_behind();
  lose_all_that_allows_bpf();
}
void deny_netlink() {
  deny_system_call(SYS_socket, AF_NETLINK, EAFNOSUPPORT);
}
void deny_netlink_as_unknown() {
  deny_system_call(SYS_socket, AF_NETLINK, ENOSYS);
}
void deny_bpf() {
  deny_system_call(SYS_bpf, std::nullopt, EPERM);
}
void deny_bpf_as_unknown() {
  deny_system_call(SYS_bpf, std::nullopt, ENOSYS);
}

constexpr const char* kAll = "sock_diag, proc: own known, neighbour's known, root's known; all";
constexpr const char* kAllButRoots =
    "sock_diag, proc: own known, neighbour's known, root's not_permitted; owners missing, unreadable "
    "processes";
constexpr const char* kOwn =
    "sock_diag, proc: own known, neighbour's not_permitted, root's not_permitted; owners missing, unreadable "
    "processes";
constexpr const char* kAllByBpf = "bpf, bpf: own known, neighbour's known, root's known; all";
constexpr const char* kBpfDenied = "loading the BPF programs: not permitted (EPERM)";
constexpr const char* kClosed = "closed";
constexpr const char* kCloseDenied = "reading the kernel's answer: not permitted (EPERM)";

const Caller kCallers[] = {
    {"Root", run_after<stay_root>, kAll, kAllByBpf, kClosed},
    // CAP_SYS_ADMIN stands for it (bpf_capable, linux/capability.h).
    {"RootWithoutCapBpf", run_after<lose_bpf>, kAll, kAllByBpf, kClosed},
    {"RootWithoutCapBpfAndCapSysAdmin", run_after<lose_all_that_allows_bpf>, kAll, kBpfDenied, kClosed},
    {"RootWithoutCapSysPtrace", run_after<lose_ptrace>, kOwn, kBpfDenied, kClosed},
    {"CapBpfAndCapPerfmonOnly", run_after<keep_bpf_and_perfmon>, kAllButRoots, kAllByBpf, kCloseDenied},
    {"CapNetAdminOnly", run_after<keep_net_admin>, kAllButRoots, kBpfDenied, kClosed},
    {"CapSysPtraceAndCapDacReadSearchOnly", run_after<keep_ptrace>, kAll, kBpfDenied, kCloseDenied},
    {"Nobody", run_after<become_nobody>, kAllButRoots, kBpfDenied, kCloseDenied},
    {"RootOfAUserNamespace", run_after<become_root_of_user_namespace>, kOwn, kBpfDenied, kCloseDenied},
    {"PidNamespace", run_in_pid_namespace_or_skip,
     "sock_diag, proc: own known, neighbour's other_pid_namespace, root's other_pid_namespace; owners "
     "missing",
     "bpf, bpf: own known, neighbour's other_pid_namespace, root's other_pid_namespace; owners missing",
     kClosed},
    // The programs number processes otherwise than this /proc: whoever looked one up would find a stranger.
    {"PidNamespaceUnderTheProcOutside", run_in_pid_namespace_without_proc, kAll,
     "loading the BPF programs: not supported here", kClosed},
    {"NobodyUnderHidepid", run_after<hide_processes>, kAllButRoots, kBpfDenied, kCloseDenied},
    // The kernel lets these two capabilities read all of its memory.
    {"CapBpfAndCapPerfmonUnderHidepid", run_after<hide_processes_from_bpf>, kAllButRoots, kAllByBpf,
     kCloseDenied},
    {"RootWithAnEmptyProc", run_after<cover_proc>,
     "sock_diag, bpf: own known, neighbour's known, root's known; all", kAllByBpf, kClosed},
    {"RootWithoutAProc", run_after<leave_proc_behind>,
     "sock_diag, bpf: own known, neighbour's known, root's known; all", kAllByBpf, kClosed},
    {"RootWithoutAProcAndBpf", run_after<leave_proc_and_bpf_behind>,
     "sock_diag, proc: own not_permitted, neighbour's not_permitted, root's not_permitted; owners missing, "
     "unreadable processes",
     kBpfDenied, kClosed},
    {"SeccompThatDeniesNetlink", run_after<deny_netlink>,
     "procfs, proc: own known, neighbour's known, root's known; all", kAllByBpf,
     "opening netlink: not supported here (EAFNOSUPPORT)"},
    {"SeccompThatKnowsNoNetlink", run_after<deny_netlink_as_unknown>,
     "procfs, proc: own known, neighbour's known, root's known; all", kAllByBpf,
     "opening netlink: not supported here (ENOSYS)"},
    {"SeccompThatDeniesBpf", run_after<deny_bpf>, kAll, kBpfDenied, kClosed},
    {"SeccompThatKnowsNoBpf", run_after<deny_bpf_as_unknown>, kAll,
     "loading the BPF programs: not supported here (ENOSYS)", kClosed},
};

class Privileges : public ::testing::TestWithParam<Caller> {
 protected:
  void SetUp() override {
    if (!may_become_nobody()) GTEST_SKIP() << "needs root of a user namespace that has user 65534";
    if (const auto reason = enter_network_namespace()) GTEST_SKIP() << *reason;
    scene_.emplace();
  }

  std::string told_in_child(const std::function<std::string(const Scene&)>& look) {
    return GetParam().run([&] {
      scene_->enter();
      return look(*scene_);
    });
  }

  std::optional<Scene> scene_;
};
INSTANTIATE_TEST_SUITE_P(Caller, Privileges, ::testing::ValuesIn(kCallers),
                         [](const auto& caller) { return caller.param.name; });

// Why BPF can't be had here even with every privilege, if it can't.
std::optional<std::string> reason_against_bpf() {
  const ForcedBackend forced("bpf");
  const auto counted = count_sockets(what_can_be_listed(Query()));
  if (counted) return std::nullopt;
  return "needs CAP_BPF, CAP_PERFMON, Linux 6.2 and its BTF: " + to_string(counted.error());
}

// Whether BPF is worth loading depends on all that is open on the machine: where it isn't what is tested, it
// is left out.
TEST_P(Privileges, ShowWhatTheKernelShowsAndSayWhatIsMissing) {
  const std::string expected = GetParam().sees;
  const bool wants_bpf = expected.find(", bpf:") != std::string::npos;
  if (const auto reason = wants_bpf ? reason_against_bpf() : std::nullopt) GTEST_SKIP() << *reason;
  const ForcedBackend forced(expected.starts_with("sock_diag, proc") ? "sock_diag" : "");
  std::string told = told_in_child(seen_by_caller);
  if (told.starts_with("SKIP: ")) GTEST_SKIP() << told;
  constexpr std::string_view kByEither = "procfs, bpf";
  if (told.starts_with(kByEither)) told.replace(0, kByEither.size(), "procfs, proc");
  EXPECT_EQ(told, expected);
}

TEST_P(Privileges, DecideWhetherBpfAnswers) {
  if (const auto reason = reason_against_bpf()) GTEST_SKIP() << *reason;
  const ForcedBackend forced("bpf");
  const std::string told = told_in_child(seen_by_caller);
  if (told.starts_with("SKIP: ")) GTEST_SKIP() << told;
  EXPECT_EQ(told, GetParam().sees_by_bpf);
}

TEST_P(Privileges, DecideWhetherAnothersConnectionIsClosed) {
  if (const auto reason = reason_against_closing()) GTEST_SKIP() << *reason;
  const std::string told = told_in_child(closes);
  if (told.starts_with("SKIP: ")) GTEST_SKIP() << told;
  EXPECT_EQ(told, GetParam().closes_roots);
}

class PrivilegesGivenUp : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!may_become_nobody()) GTEST_SKIP() << "needs root of a user namespace that has user 65534";
    if (const auto reason = enter_network_namespace()) GTEST_SKIP() << *reason;
    if (const auto reason = reason_against_bpf()) GTEST_SKIP() << *reason;
  }
};

// As with any descriptor: what was opened with a privilege serves on without it, in this process alone.
TEST_F(PrivilegesGivenUp, LeaveTheProgramsThatWereLoadedWithThemButNotToChildren) {
  Scene scene;
  const ForcedBackend forced("bpf");
  const std::string told = run_after<stay_root>([&] {
    scene.enter();
    const std::string as_root = seen_by_caller(scene);
    become_nobody();
    const std::string as_nobody = seen_by_caller(scene);
    const Child child([&] { return seen_by_caller(scene); });
    return as_root + " | " + as_nobody + " | " + child.report();
  });
  EXPECT_EQ(told, std::string(kAllByBpf) + " | " + kAllByBpf + " | " + kBpfDenied);
}

}  // namespace
}  // namespace tcptable::test
