// SPDX-License-Identifier: MIT
// Sockets whose holder is out of the ordinary: subflows of MPTCP, files registered with io_uring, and
// processes that /proc hides from the caller.
#include <grp.h>
#include <linux/io_uring.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/syscall.h>

#include <cstdlib>
#include <optional>
#include <utility>

#include "contract/snapshot_fixture.hpp"
#include "support/child_process.hpp"
#include "support/network_namespace.hpp"
#include "support/sockets.hpp"

namespace tcptable::test {
namespace {

class UnusualSockets : public WithEachBackend {};
INSTANTIATE_TEST_SUITE_P(Backend, UnusualSockets, ::testing::Values("bpf", "sock_diag", "procfs"),
                         backend_of);

std::string owner_text(const Snapshot& snapshot, const Endpoint& local, const Endpoint& remote) {
  const SocketRow* row = find_row(snapshot, local, remote);
  if (row == nullptr) return "no row";
  const Process* owner = snapshot.owner(*row);
  return std::string(to_string(row->owner_status)) +
         (owner != nullptr && owner->pid == ::getpid() ? ", mine" : "");
}

// Both ends of an MPTCP connection, and its listener.
struct MptcpConnection {
  Fd listener;
  Fd client;
  Fd server;
};

std::optional<MptcpConnection> make_mptcp_connection() {
  constexpr int kMptcp = 262;  // IPPROTO_MPTCP, linux/in.h since 5.6
  Fd listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, kMptcp));
  if (listener.get() < 0) return std::nullopt;
  bind_to(listener.get(), loopback(Family::ipv4));
  check(::listen(listener.get(), 1), "listen");
  Fd client(check(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, kMptcp), "socket"));
  connect_to(client.get(), local_endpoint(listener.get()));
  Fd server(check(::accept(listener.get(), nullptr, nullptr), "accept"));
  return MptcpConnection{std::move(listener), std::move(client), std::move(server)};
}

// Each end is one row, its first subflow's, which has the inode of the descriptor.
void expect_all_mine(const Snapshot& snapshot, const MptcpConnection& connection) {
  const Endpoint here = local_endpoint(connection.server.get());
  const Endpoint there = local_endpoint(connection.client.get());
  EXPECT_EQ(snapshot.rows().size(), 3U);
  EXPECT_EQ(owner_text(snapshot, here, nowhere(Family::ipv4)), "known, mine");
  EXPECT_EQ(owner_text(snapshot, here, there), "known, mine");
  EXPECT_EQ(owner_text(snapshot, there, here), "known, mine");
}

constexpr const char* kNeedsMptcp = "needs MPTCP in the kernel";

TEST_P(UnusualSockets, AnMptcpSubflowBelongsToTheProcessThatHasTheConnection) {
  const auto connection = make_mptcp_connection();
  if (!connection) GTEST_SKIP() << kNeedsMptcp;
  expect_all_mine(snapshot_of(everything()), *connection);
}

// Rows by sock_diag, told by cookie: the choice for whatever BPF's rows lack, once the programs are loaded.
class OwnersByBpfOfDumpedRows : public WithEachBackend {};
INSTANTIATE_TEST_SUITE_P(Backend, OwnersByBpfOfDumpedRows, ::testing::Values("bpf"), backend_of);

TEST_P(OwnersByBpfOfDumpedRows, AnMptcpSubflowBelongsToTheProcessThatHasTheConnection) {
  const auto connection = make_mptcp_connection();
  if (!connection) GTEST_SKIP() << kNeedsMptcp;
  snapshot_of(everything());  // loads the programs
  ::unsetenv("TCPTABLE_BACKEND");
  const Snapshot snapshot = snapshot_of(everything());
  ASSERT_EQ(snapshot.backend_name(), "sock_diag");
  ASSERT_EQ(snapshot.owner_source(), "bpf");
  expect_all_mine(snapshot, *connection);
}

TEST_P(UnusualSockets, ASocketThatOnlyAnIoUringHoldsHasAReason) {
  io_uring_params parameters{};
  const Fd ring(static_cast<int>(::syscall(SYS_io_uring_setup, 1, &parameters)));
  if (ring.get() < 0) GTEST_SKIP() << "needs io_uring, and permission to use it";
  Fd listener = listen_on(loopback(Family::ipv4));
  const Endpoint local = local_endpoint(listener.get());
  const int descriptor = listener.get();
  check(::syscall(SYS_io_uring_register, ring.get(), IORING_REGISTER_FILES, &descriptor, 1),
        "io_uring_register");
  listener.reset();
  const Snapshot snapshot = snapshot_of(everything());
  const SocketRow* row = find_row(snapshot, local, nowhere(Family::ipv4));
  ASSERT_NE(row, nullptr);
  EXPECT_EQ(snapshot.owner(*row), nullptr);
  const OwnerStatus status = row->owner_status;
  EXPECT_TRUE(status == OwnerStatus::kernel || status == OwnerStatus::other_pid_namespace ||
              (status == OwnerStatus::not_permitted && !snapshot.completeness().owners))
      << to_string(status);
}

// hidepid=2: the table is complete, the owners are not, and no directory could be seen to be unreadable.
TEST_P(UnusualSockets, OfProcessesThatProcHidesAreNotPermittedAndNotWithoutOwner) {
  constexpr uid_t kNobody = 65534;
  if (::geteuid() != 0) GTEST_SKIP() << "needs root to hide processes from another user";
  Fd roots = listen_on(loopback(Family::ipv4));
  const Endpoint roots_local = local_endpoint(roots.get());
  const Child nobody([&]() -> std::string {
    roots.reset();
    if (::unshare(CLONE_NEWNS) != 0 || ::mount("none", "/proc", nullptr, MS_PRIVATE, nullptr) != 0 ||
        ::mount("proc", "/proc", "proc", 0, "hidepid=2") != 0 || ::setgroups(0, nullptr) != 0 ||
        ::setresgid(kNobody, kNobody, kNobody) != 0 || ::setresuid(kNobody, kNobody, kNobody) != 0) {
      return "not permitted here";
    }
    const Snapshot snapshot = snapshot_of(everything());
    return owner_text(snapshot, roots_local, nowhere(Family::ipv4)) +
           (snapshot.completeness().owners ? ", complete" : ", partial");
  });
  if (nobody.report() == "not permitted here") GTEST_SKIP() << "needs CAP_SYS_ADMIN to mount /proc";
  EXPECT_EQ(nobody.report(), GetParam() == std::string("bpf")
                                 ? "loading the BPF programs: not permitted (EPERM)"
                                 : "not_permitted, partial");
}

// A namespace may have the table of its connections to itself (tcp_child_ehash_entries); listeners of all
// namespaces share one.
TEST_P(UnusualSockets, OfANamespaceWithATableOfItsOwnDisturbNobody) {
  const Fd own = listen_on(loopback(Family::ipv4));
  Fd others;
  const Child neighbour([&]() -> std::string {
    if (const auto reason = enter_small_network_namespace()) return *reason;
    others = listen_on(loopback(Family::ipv4));
    return {};
  });
  if (!neighbour.report().empty()) GTEST_SKIP() << neighbour.report();
  const Snapshot snapshot = snapshot_of(everything());
  ASSERT_EQ(snapshot.rows().size(), 1U);
  EXPECT_EQ(owner_text(snapshot, local_endpoint(own.get()), nowhere(Family::ipv4)), "known, mine");
}

}  // namespace
}  // namespace tcptable::test
