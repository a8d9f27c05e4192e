// SPDX-License-Identifier: MIT
// Real sockets held in every state appear in the table as what they are, by both backends.
#include <algorithm>

#include "contract/snapshot_fixture.hpp"
#include "support/socket_states.hpp"

namespace tcptable::test {
namespace {

class States : public WithEachBackend {};
INSTANTIATE_TEST_SUITE_P(Backend, States, ::testing::Values("bpf", "sock_diag", "procfs"), backend_of);

TEST_P(States, EveryStateAppearsWithItsEndpoints) {
  const auto held = hold_every_state();
  const Snapshot snapshot = snapshot_of(everything());
  EXPECT_EQ(snapshot.backend_name(), GetParam());
  for (const HeldState& socket : held) {
    SCOPED_TRACE(std::string(to_string(socket.state)) + " " + describe(socket.local));
    const SocketRow* row = find_row(snapshot, socket.local, socket.remote);
    ASSERT_NE(row, nullptr);
    EXPECT_EQ(to_string(row->state), to_string(socket.state));
    EXPECT_EQ(row->protocol, Protocol::tcp);
  }
}

TEST_P(States, EverySocketIsListedOnce) {
  const auto held = hold_every_state();
  auto lines = describe_rows(snapshot_of(everything()));
  EXPECT_EQ(std::adjacent_find(lines.begin(), lines.end()), lines.end());
  EXPECT_GE(lines.size(), held.size());
}

TEST_P(States, TheStateFilterGivesItsStatesAndNoOthers) {
  const auto held = hold_every_state();
  for (const State wanted : kHoldableStates) {
    SCOPED_TRACE(to_string(wanted));
    Query query;
    query.states = StateSet{wanted};
    const Snapshot snapshot = snapshot_of(query);
    EXPECT_FALSE(snapshot.rows().empty());
    for (const SocketRow& row : snapshot.rows()) EXPECT_EQ(to_string(row.state), to_string(wanted));
  }
}

// With FIN_WAIT2 as an orphan, which the kernel keeps as a mini-socket, too.
TEST_P(States, AsManyAreCountedAsAreListed) {
  const auto held = hold_every_state();
  HeldState orphan = hold_state(State::fin_wait2, Family::ipv4);
  orphan.sockets.front().reset();
  const StateSet all = StateSet::all();
  for (const StateSet states : {all, all.without(State::listen), all.without(State::time_wait),
                                StateSet{State::established}, StateSet{State::listen, State::syn_recv}}) {
    for (const Family family : {Family::ipv4, Family::ipv6}) {
      SCOPED_TRACE(states.mask());
      Query query;
      query.ipv4 = family == Family::ipv4;
      query.ipv6 = !query.ipv4;
      query.states = states;
      const Snapshot listed = snapshot_of(query);
      EXPECT_EQ(count_sockets(what_can_be_listed(query)), listed.rows().size());
    }
  }
}

// What the kernel doesn't count itself, each alone in its namespace.
void expect_counted_as_listed() {
  for (const Family family : {Family::ipv4, Family::ipv6}) {
    Query query;
    query.ipv4 = family == Family::ipv4;
    query.ipv6 = !query.ipv4;
    const Snapshot listed = snapshot_of(query);
    EXPECT_EQ(count_sockets(what_can_be_listed(query)), listed.rows().size());
  }
}

TEST_P(States, AsManyAreCountedAsAreListedWithAHalfOpenConnection) {
  const HeldState ipv4 = hold_state(State::syn_recv, Family::ipv4);
  expect_counted_as_listed();
  const HeldState ipv6 = hold_state(State::syn_recv, Family::ipv6);
  expect_counted_as_listed();
}

TEST_P(States, AsManyAreCountedAsAreListedWithATimeWait) {
  const HeldState held = hold_state(State::time_wait, Family::ipv6);
  expect_counted_as_listed();
}

TEST_P(States, AsManyAreCountedAsAreListedWithoutMiniSockets) {
  const HeldState listener = hold_state(State::listen, Family::ipv6);
  const HeldState established = hold_state(State::established, Family::ipv4);
  const HeldState connecting = hold_state(State::syn_sent, Family::ipv4);
  expect_counted_as_listed();
}

TEST_P(States, TheFamilyFilterGivesItsFamilyAndNoOther) {
  const auto held = hold_every_state();
  for (const Family family : {Family::ipv4, Family::ipv6}) {
    Query query;
    query.ipv4 = family == Family::ipv4;
    query.ipv6 = family == Family::ipv6;
    const Snapshot snapshot = snapshot_of(query);
    EXPECT_GE(snapshot.rows().size(), kHoldableStates.size());
    for (const SocketRow& row : snapshot.rows()) {
      EXPECT_EQ(row.local.family, family);
      EXPECT_EQ(row.remote.family, family);
    }
  }
}

TEST_P(States, TimeWaitHasNoOwnerAndSaysWhy) {
  const HeldState held = hold_state(State::time_wait, Family::ipv4);
  const Snapshot snapshot = snapshot_of(everything());
  const SocketRow* row = find_row(snapshot, held.local, held.remote);
  ASSERT_NE(row, nullptr);
  EXPECT_EQ(to_string(row->owner_status), "time_wait");
  EXPECT_EQ(snapshot.owner(*row), nullptr);
  EXPECT_TRUE(snapshot.holders(*row).empty());
  EXPECT_EQ(row->uid, std::nullopt);
}

TEST_P(States, AClosedSocketThatTheKernelFinishesAloneIsOrphaned) {
  HeldState fin_wait1 = hold_state(State::fin_wait1, Family::ipv4);
  HeldState fin_wait2 = hold_state(State::fin_wait2, Family::ipv6);
  for (HeldState* held : {&fin_wait1, &fin_wait2}) held->sockets.front().reset();
  const Snapshot snapshot = snapshot_of(everything());
  for (const HeldState* held : {&fin_wait1, &fin_wait2}) {
    SCOPED_TRACE(to_string(held->state));
    const SocketRow* row = find_row(snapshot, held->local, held->remote);
    ASSERT_NE(row, nullptr);
    EXPECT_EQ(to_string(row->state), to_string(held->state));
    EXPECT_EQ(to_string(row->owner_status), "orphaned");
    EXPECT_EQ(snapshot.owner(*row), nullptr);
  }
}

TEST_P(States, EverySocketWithADescriptorIsOwnedByThisProcess) {
  const auto held = hold_every_state();
  const Snapshot snapshot = snapshot_of(everything());
  for (const HeldState& socket : held) {
    if (socket.fd < 0) continue;
    SCOPED_TRACE(std::string(to_string(socket.state)) + " " + describe(socket.local));
    const SocketRow* row = find_row(snapshot, socket.local, socket.remote);
    ASSERT_NE(row, nullptr);
    ASSERT_EQ(to_string(row->owner_status), "known");
    EXPECT_EQ(snapshot.owner(*row)->pid, ::getpid());
    EXPECT_EQ(row->uid, ::geteuid());
  }
}

TEST_P(States, ARequestSocketBelongsToItsListenersOwner) {
  const HeldState held = hold_state(State::syn_recv, Family::ipv4);
  const Snapshot snapshot = snapshot_of(everything());
  const SocketRow* row = find_row(snapshot, held.local, held.remote);
  ASSERT_NE(row, nullptr);
  EXPECT_EQ(row->inode, 0U);
  ASSERT_EQ(to_string(row->owner_status), "known");
  EXPECT_EQ(snapshot.owner(*row)->pid, ::getpid());
}

}  // namespace
}  // namespace tcptable::test
