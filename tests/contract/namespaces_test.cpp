// SPDX-License-Identifier: MIT
// The sockets of all network namespaces at once: each with its namespace and its own owner, although the
// endpoints are the same everywhere.
#include <fcntl.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <thread>

#include "contract/snapshot_fixture.hpp"
#include "support/child_process.hpp"
#include "support/network_namespace.hpp"
#include "support/privileges.hpp"
#include "support/sockets.hpp"

namespace tcptable::test {
namespace {

Query in_all_namespaces() {
  Query query = everything();
  query.namespaces = Namespaces::all;
  return query;
}

// "net:[123]" as the number.
std::uint64_t namespace_at(const std::string& link) {
  const std::string target = std::filesystem::read_symlink(link);
  return std::stoull(target.substr(target.find('[') + 1));
}

// A listener, and a connection to it that nobody has accepted: three rows, on the same port in each
// namespace.
struct WaitingConnection {
  Fd listener = listen_on(loopback(Family::ipv4, 4321));
  Fd client = open_socket(Family::ipv4, SOCK_STREAM);

  WaitingConnection() { connect_to(client.get(), loopback(Family::ipv4, 4321)); }
};

// A process in a namespace of its own.
class Inhabitant {
 public:
  Inhabitant()
      : child_([this]() -> std::string {
          if (const auto reason = enter_network_namespace()) return *reason;
          sockets_ = std::make_unique<WaitingConnection>();
          return "";
        }) {
    if (!child_.report().empty()) throw std::runtime_error(child_.report());
  }
  pid_t pid() const { return child_.pid(); }
  std::uint64_t inode() const { return namespace_at("/proc/" + std::to_string(pid()) + "/ns/net"); }

 private:
  std::unique_ptr<WaitingConnection> sockets_;
  Child child_;
};

// A namespace in which no thread is: a bind mount keeps it, as `ip netns add` makes them, and this process
// has sockets of it.
class MountedNamespace {
 public:
  explicit MountedNamespace(const std::string& name) : point_("/run/netns/" + name) {
    std::thread([&] { make(); }).join();
    if (!failure_.empty()) throw std::runtime_error(failure_);
  }
  MountedNamespace(const MountedNamespace&) = delete;
  MountedNamespace& operator=(const MountedNamespace&) = delete;
  ~MountedNamespace() {
    ::umount2(point_.c_str(), MNT_DETACH);
    ::unlink(point_.c_str());
  }
  std::uint64_t inode() const { return inode_; }

 private:
  void make() {
    try {
      check(::unshare(CLONE_NEWNET), "unshare(CLONE_NEWNET)");
      if (const auto reason = enter_network_namespace()) throw std::runtime_error(*reason);
      std::filesystem::create_directories("/run/netns");
      const Fd file(check(::open(point_.c_str(), O_CREAT | O_RDONLY | O_CLOEXEC, 0444), point_.c_str()));
      check(::mount("/proc/thread-self/ns/net", point_.c_str(), nullptr, MS_BIND, nullptr), "mount");
      inode_ = namespace_at("/proc/thread-self/ns/net");
      sockets_ = std::make_unique<WaitingConnection>();
    } catch (const std::exception& failure) {
      failure_ = failure.what();
    }
  }

  std::string point_;
  std::uint64_t inode_ = 0;
  std::unique_ptr<WaitingConnection> sockets_;
  std::string failure_;
};

using RowsByNamespace = std::map<std::uint64_t, std::vector<const SocketRow*>>;

RowsByNamespace rows_by_namespace(const Snapshot& snapshot) {
  RowsByNamespace rows;
  for (const SocketRow& row : snapshot.rows()) {
    const NetworkNamespace* in = snapshot.network_namespace(row);
    if (in != nullptr) rows[in->inode].push_back(&row);
  }
  return rows;
}

// One line for each namespace that hasn't the three rows with this owner.
std::string mistakes(const Snapshot& snapshot, const std::map<std::uint64_t, pid_t>& owner_of) {
  const RowsByNamespace rows = rows_by_namespace(snapshot);
  std::string lines;
  for (const auto& [inode, pid] : owner_of) {
    const auto found = rows.find(inode);
    const std::size_t count = found == rows.end() ? 0 : found->second.size();
    if (count != 3) lines += std::to_string(inode) + " has " + std::to_string(count) + " rows\n";
    for (std::size_t i = 0; i < count; ++i) {
      const Process* owner = snapshot.owner(*found->second[i]);
      if (owner == nullptr || owner->pid != pid) lines += std::to_string(inode) + " has another owner\n";
    }
  }
  return lines;
}

const NetworkNamespace* told_of(const Snapshot& snapshot, std::uint64_t inode) {
  const auto all = snapshot.network_namespaces();
  const auto at = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.inode == inode; });
  return at == all.end() ? nullptr : &*at;
}

bool may_enter_namespaces() {
  return ::geteuid() == 0;
}

using EachNamespace = InOwnNamespace;

TEST_F(EachNamespace, AHundredProcessesInNamespacesOfTheirOwnAreAllFound) {
  if (!may_enter_namespaces()) GTEST_SKIP() << "needs root, to enter namespaces";
  std::vector<std::unique_ptr<Inhabitant>> inhabitants;
  std::map<std::uint64_t, pid_t> owner_of;
  for (int i = 0; i < 100; ++i) {
    inhabitants.push_back(std::make_unique<Inhabitant>());
    owner_of[inhabitants.back()->inode()] = inhabitants.back()->pid();
  }
  ASSERT_EQ(owner_of.size(), 100U);
  const std::uint64_t before = namespace_at("/proc/thread-self/ns/net");
  const Snapshot snapshot = snapshot_of(in_all_namespaces());
  EXPECT_EQ(namespace_at("/proc/thread-self/ns/net"), before);
  EXPECT_EQ(mistakes(snapshot, owner_of), "");
  EXPECT_EQ(snapshot.network_namespaces().front().inode, before);
  for (const auto& [inode, pid] : owner_of) {
    const NetworkNamespace* told = told_of(snapshot, inode);
    ASSERT_NE(told, nullptr);
    EXPECT_EQ(told->pid, pid);
    EXPECT_EQ(told->name, "");
    EXPECT_FALSE(told->not_entered);
  }
}

TEST_F(EachNamespace, ABindMountKeepsOneThatHasAName) {
  if (!may_enter_namespaces()) GTEST_SKIP() << "needs root, to enter namespaces";
  const std::string name = "tcptable-test-" + std::to_string(::getpid());
  std::unique_ptr<MountedNamespace> mounted;
  try {
    mounted = std::make_unique<MountedNamespace>(name);
  } catch (const std::exception& failure) {
    GTEST_SKIP() << "needs to mount a namespace: " << failure.what();
  }
  const Snapshot snapshot = snapshot_of(in_all_namespaces());
  EXPECT_EQ(mistakes(snapshot, {{mounted->inode(), ::getpid()}}), "");
  const NetworkNamespace* told = told_of(snapshot, mounted->inode());
  ASSERT_NE(told, nullptr);
  EXPECT_EQ(told->name, name);
  EXPECT_EQ(told->pid, 0);
}

TEST_F(EachNamespace, AThreadMayBeInOneOfItsOwn) {
  if (!may_enter_namespaces()) GTEST_SKIP() << "needs root, to enter namespaces";
  const Child child([]() -> std::string {
    std::unique_ptr<WaitingConnection> sockets;
    std::string lines;
    std::thread([&] {
      if (const auto reason = enter_network_namespace()) lines = *reason;
      sockets = std::make_unique<WaitingConnection>();
      const std::uint64_t inode = namespace_at("/proc/thread-self/ns/net");
      const Snapshot snapshot = snapshot_of(in_all_namespaces());
      lines += mistakes(snapshot, {{inode, ::getpid()}});
      if (told_of(snapshot, inode)->pid != ::getpid()) lines += "another pid";
      std::thread([&] {
        if (const auto reason = enter_network_namespace()) lines += *reason;
        lines += mistakes(snapshot_of(in_all_namespaces()), {{inode, ::getpid()}});
      }).join();
    }).join();
    return lines;
  });
  EXPECT_EQ(child.report(), "");
}

// Another program that looks at all namespaces is in each of them for a moment.
TEST_F(EachNamespace, IsToldByTheProcessThatLivesThereNotByAVisitorsThread) {
  if (!may_enter_namespaces()) GTEST_SKIP() << "needs root, to enter namespaces";
  const Inhabitant inhabitant;
  ASSERT_LT(::getpid(), inhabitant.pid()) << "the lower pid would be told anyway";
  std::promise<void> entered;
  std::promise<void> end;
  std::jthread visitor([&] {
    const Fd there(
        ::open(("/proc/" + std::to_string(inhabitant.pid()) + "/ns/net").c_str(), O_RDONLY | O_CLOEXEC));
    check(::setns(there.get(), CLONE_NEWNET), "setns");
    entered.set_value();
    end.get_future().wait();
  });
  entered.get_future().wait();
  const Snapshot snapshot = snapshot_of(in_all_namespaces());
  end.set_value();
  const NetworkNamespace* told = told_of(snapshot, inhabitant.inode());
  ASSERT_NE(told, nullptr);
  EXPECT_EQ(told->pid, inhabitant.pid());
}

TEST_F(EachNamespace, OwnersFoundLaterAreTheSame) {
  if (!may_enter_namespaces()) GTEST_SKIP() << "needs root, to enter namespaces";
  const Inhabitant one;
  const Inhabitant other;
  Query query = in_all_namespaces();
  query.owners = false;
  query.states = {State::established};  // so that the listeners must be read anew
  auto snapshot = take_snapshot(query);
  ASSERT_TRUE(snapshot);
  ASSERT_TRUE(snapshot->find_owners());
  const RowsByNamespace rows = rows_by_namespace(*snapshot);
  for (const Inhabitant* inhabitant : {&one, &other}) {
    const auto found = rows.find(inhabitant->inode());
    ASSERT_NE(found, rows.end());
    EXPECT_EQ(found->second.size(), 2U);
    for (const SocketRow* row : found->second) {
      ASSERT_NE(snapshot->owner(*row), nullptr);
      EXPECT_EQ(snapshot->owner(*row)->pid, inhabitant->pid());
    }
  }
}

TEST_F(EachNamespace, AnOrdinaryUserGetsHisOwnAndHearsOfTheRest) {
  if (!may_become_nobody()) GTEST_SKIP() << "needs root and a second user id";
  const Inhabitant inhabitant;
  const WaitingConnection own;
  const Child child([&]() -> std::string {
    become_nobody();
    const Snapshot snapshot = snapshot_of(in_all_namespaces());
    std::string lines;
    if (snapshot.rows().size() != 3) lines += std::to_string(snapshot.rows().size()) + " rows\n";
    if (snapshot.network_namespaces().size() != 1) lines += "more than one namespace\n";
    if (snapshot.completeness().processes_of_unknown_namespace == 0) lines += "nothing is missing\n";
    return lines;
  });
  EXPECT_EQ(child.report(), "");
}

TEST_F(EachNamespace, WithoutTheWishThereIsNoneToTell) {
  const Fd listener = listen_on(loopback(Family::ipv4));
  const Snapshot snapshot = snapshot_of(everything());
  EXPECT_TRUE(snapshot.network_namespaces().empty());
  EXPECT_EQ(snapshot.network_namespace(snapshot.rows()[0]), nullptr);
}

}  // namespace
}  // namespace tcptable::test
