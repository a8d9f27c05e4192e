// SPDX-License-Identifier: MIT
// A session's tables, and what it says has changed between two.
#include <sys/prctl.h>
#include <sys/socket.h>

#include <algorithm>
#include <optional>
#include <thread>

#include "contract/snapshot_fixture.hpp"
#include "support/child_process.hpp"
#include "support/network_namespace.hpp"
#include "support/privileges.hpp"
#include "support/sockets.hpp"

namespace tcptable::test {
namespace {

Query connections_too() {
  return what_can_be_listed(Query());
}

Session open_session(const Query& query = connections_too()) {
  auto session = Session::open(query);
  if (!session) throw std::runtime_error(to_string(session.error()));
  return std::move(*session);
}

Changes changes_of(Session& session) {
  auto changes = session.changes();
  if (!changes) throw std::runtime_error(to_string(changes.error()));
  return *changes;
}

// A connection from a port of choice, and closed without TIME_WAIT, so that it can be made again at once.
Connection connect_from(std::uint16_t port, const Fd& listener) {
  Connection made;
  made.client = open_socket(Family::ipv4, SOCK_STREAM);
  const int yes = 1;
  ::setsockopt(made.client.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  const linger none{1, 0};
  ::setsockopt(made.client.get(), SOL_SOCKET, SO_LINGER, &none, sizeof none);
  bind_to(made.client.get(), loopback(Family::ipv4, port));
  connect_to(made.client.get(), local_endpoint(listener.get()));
  made.server = Fd(::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
  return made;
}

bool has_port(const Snapshot& snapshot, std::span<const std::uint32_t> rows, std::uint16_t port) {
  return std::any_of(rows.begin(), rows.end(),
                     [&](std::uint32_t row) { return snapshot.rows()[row].local.port == port; });
}

class SessionChanges : public WithEachBackend {};

TEST_P(SessionChanges, AtFirstEveryRowIsAdded) {
  const Fd listener = listen_on(loopback(Family::ipv4));
  Session session = open_session();
  const Changes changes = changes_of(session);
  EXPECT_EQ(changes.added.size(), 1U);
  EXPECT_EQ(changes.now.rows().size(), 1U);
  EXPECT_TRUE(changes.before.rows().empty());
  EXPECT_TRUE(changes.removed.empty());
}

TEST_P(SessionChanges, WhatStaysIsNoChange) {
  const Fd listener = listen_on(loopback(Family::ipv4));
  const Connection connection = make_connection(listener);
  Session session = open_session();
  ASSERT_TRUE(session.snapshot());
  const Changes changes = changes_of(session);
  EXPECT_EQ(changes.now.rows().size(), 3U);
  EXPECT_TRUE(changes.added.empty());
  EXPECT_TRUE(changes.removed.empty());
  EXPECT_TRUE(changes.changed.empty());
}

TEST_P(SessionChanges, ANewSocketIsAddedAndAClosedOneRemoved) {
  std::optional<Fd> closed = listen_on(loopback(Family::ipv4));
  const std::uint16_t closed_port = local_endpoint(closed->get()).port;
  Session session = open_session();
  ASSERT_TRUE(session.snapshot());
  const Fd opened = listen_on(loopback(Family::ipv4));
  const std::uint16_t opened_port = local_endpoint(opened.get()).port;
  closed.reset();
  const Changes changes = changes_of(session);
  ASSERT_EQ(changes.added.size(), 1U);
  ASSERT_EQ(changes.removed.size(), 1U);
  EXPECT_TRUE(has_port(changes.now, changes.added, opened_port));
  EXPECT_TRUE(has_port(changes.before, changes.removed, closed_port));
  EXPECT_EQ(changes.before.owner(changes.before.rows()[changes.removed[0]])->pid, ::getpid());
}

TEST_P(SessionChanges, AStateThatIsAnotherIsAChange) {
  const Fd listener = listen_on(loopback(Family::ipv4));
  const Connection connection = make_connection(listener);
  const std::uint16_t port = local_endpoint(connection.client.get()).port;
  Session session = open_session();
  ASSERT_TRUE(session.snapshot());
  ::shutdown(connection.client.get(), SHUT_WR);
  const Changes changes = changes_of(session);
  EXPECT_TRUE(changes.added.empty());
  EXPECT_TRUE(changes.removed.empty());
  ASSERT_EQ(changes.changed.size(), 2U);  // FIN_WAIT here, CLOSE_WAIT there
  for (const RowChange& change : changes.changed) {
    EXPECT_EQ(changes.before.rows()[change.before].state, State::established);
    const SocketRow& now = changes.now.rows()[change.now];
    const bool as_expected = now.local.port == port
                                 ? now.state == State::fin_wait1 || now.state == State::fin_wait2
                                 : now.state == State::close_wait;
    EXPECT_TRUE(as_expected) << to_string(now.state);
  }
}

TEST_P(SessionChanges, AHolderMoreIsAChange) {
  const Fd listener = listen_on(loopback(Family::ipv4));
  Session session = open_session();
  ASSERT_TRUE(session.snapshot());
  const Child heir([] { return std::string(); });
  const Changes changes = changes_of(session);
  ASSERT_EQ(changes.changed.size(), 1U);
  EXPECT_EQ(changes.now.rows()[changes.changed[0].now].holder_count, 2U);
}

TEST_P(SessionChanges, AConnectionOnTheSamePortsIsAnother) {
  const Fd listener = listen_on(loopback(Family::ipv4));
  constexpr std::uint16_t kPort = 45'678;
  std::optional<Connection> connection = connect_from(kPort, listener);
  Session session = open_session();
  ASSERT_TRUE(session.snapshot());
  for (int round = 0; round < 20; ++round) {
    connection.reset();
    connection = connect_from(kPort, listener);
    const Changes changes = changes_of(session);
    EXPECT_TRUE(has_port(changes.now, changes.added, kPort)) << "round " << round;
    EXPECT_TRUE(has_port(changes.before, changes.removed, kPort)) << "round " << round;
    EXPECT_TRUE(changes.changed.empty()) << "round " << round;
  }
}

TEST_P(SessionChanges, AnotherQueryComparesWithNothing) {
  const Fd listener = listen_on(loopback(Family::ipv4));
  Session session = open_session();
  ASSERT_TRUE(session.snapshot());
  Query query = connections_too();
  query.ipv6 = false;
  ASSERT_TRUE(session.set_query(query));
  EXPECT_EQ(changes_of(session).added.size(), 1U);
}

INSTANTIATE_TEST_SUITE_P(EachBackend, SessionChanges, ::testing::Values("bpf", "sock_diag", "procfs"),
                         backend_of);

class SessionOf : public InOwnNamespace {};

TEST_F(SessionOf, AQueryForNothingIsRefused) {
  Query query;
  query.tcp = false;
  EXPECT_EQ(Session::open(query).error().code, Errc::invalid_argument);
}

TEST_F(SessionOf, OwnersAreFoundForASnapshotThatWasTakenWithout) {
  const Fd listener = listen_on(loopback(Family::ipv4));
  Query query;
  query.owners = false;
  Session session = open_session(query);
  EXPECT_EQ(session.find_owners().error().code, Errc::not_found);
  ASSERT_TRUE(session.snapshot());
  const auto found = session.find_owners();
  ASSERT_TRUE(found);
  ASSERT_EQ((*found)->rows().size(), 1U);
  EXPECT_EQ((*found)->owner((*found)->rows()[0])->pid, ::getpid());
}

TEST_F(SessionOf, ThreadsMayEachHaveTheirOwn) {
  const Fd listener = listen_on(loopback(Family::ipv4));
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      Session session = open_session(Query());
      for (int round = 0; round < 20; ++round) {
        const auto taken = session.snapshot();
        if (!taken || (*taken)->rows().size() != 1) ++wrong;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

class SessionByBpf : public InOwnNamespace {
 protected:
  void SetUp() override {
    InOwnNamespace::SetUp();
    if (IsSkipped()) return;
    if (!take_snapshot(connections_too()))
      GTEST_SKIP() << "needs CAP_BPF, CAP_PERFMON, Linux 6.2 and its BTF";
  }

  const ForcedBackend forced_{"bpf"};
};

std::string unless_owned_by(Session& session, std::uint16_t port, pid_t owner) {
  const auto taken = session.snapshot();
  if (!taken) return to_string(taken.error());
  for (const SocketRow& row : (*taken)->rows()) {
    if (row.local.port != port) continue;
    const Process* found = (*taken)->owner(row);
    if (found == nullptr) return "no owner: " + std::string(to_string(row.owner_status));
    return found->pid == owner ? "" : "owned by " + std::to_string(found->pid);
  }
  return "no row";
}

TEST_F(SessionByBpf, AChildGoesOnWithASessionOfItsOwn) {
  const Fd listener = listen_on(loopback(Family::ipv4));
  const std::uint16_t port = local_endpoint(listener.get()).port;
  const pid_t parent = ::getpid();
  Session session = open_session();
  ASSERT_EQ(unless_owned_by(session, port, parent), "");
  const Child child([&] { return unless_owned_by(session, port, parent); });
  EXPECT_EQ(child.report(), "");
  EXPECT_EQ(unless_owned_by(session, port, parent), "");
}

TEST_F(SessionByBpf, GoesOnWithoutAnyCapability) {
  if (!may_become_nobody()) GTEST_SKIP() << "needs root, and another user to become";
  const Fd listener = listen_on(loopback(Family::ipv4));
  const std::uint16_t port = local_endpoint(listener.get()).port;
  const pid_t parent = ::getpid();
  const Child child([&]() -> std::string {
    Session session = open_session();
    if (const auto fault = unless_owned_by(session, port, parent); !fault.empty()) return "before: " + fault;
    become_nobody();
    ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    for (int round = 0; round < 3; ++round) {
      if (const auto fault = unless_owned_by(session, port, parent); !fault.empty()) return fault;
    }
    return "";
  });
  EXPECT_EQ(child.report(), "");
}

using RowsByBpf = InOwnNamespace;

TEST_F(RowsByBpf, HaveOwnersInAChildThatWasMadeSince) {
  const ForcedBackend forced("bpf");
  const Fd listener = listen_on(loopback(Family::ipv4));
  const Connection connection = make_connection(listener);
  const Fd waiting = open_socket(Family::ipv4, SOCK_STREAM);
  connect_to(waiting.get(), local_endpoint(listener.get()));  // and isn't accepted: it is looked at again
  Query query = connections_too();
  query.owners = query.inodes = false;
  Session session = open_session(query);
  if (!session.snapshot()) GTEST_SKIP() << "needs CAP_BPF, CAP_PERFMON, Linux 6.2 and its BTF";
  const Child child([&]() -> std::string {
    const auto found = session.find_owners();
    if (!found) return to_string(found.error());
    const SocketRow* row =
        find_row(**found, local_endpoint(connection.server.get()), remote_endpoint(connection.server.get()));
    const Process* owner = row != nullptr ? (*found)->owner(*row) : nullptr;
    return owner != nullptr ? std::to_string(owner->pid) : "no owner";
  });
  EXPECT_EQ(child.report(), std::to_string(::getpid()));
}

}  // namespace
}  // namespace tcptable::test
