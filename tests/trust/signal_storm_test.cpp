// SPDX-License-Identifier: MIT
// System calls that signals interrupt are made again: answers are right, and none is an error.
#include "trust/signal_storm.hpp"

#include "contract/snapshot_fixture.hpp"
#include "support/sockets.hpp"

namespace tcptable::test {
namespace {

class SignalStorms : public WithEachBackend {};
INSTANTIATE_TEST_SUITE_P(Backend, SignalStorms, ::testing::Values("bpf", "sock_diag", "procfs"), backend_of);

// More than one datagram of a dump.
std::vector<Connection> many_connections(const Fd& listener) {
  constexpr int kConnections = 300;
  std::vector<Connection> made;
  for (int i = 0; i < kConnections; ++i) made.push_back(make_connection(listener));
  return made;
}

std::size_t owned_rows(const Snapshot& snapshot) {
  return snapshot.count_by_owner_status()[static_cast<std::size_t>(OwnerStatus::known)];
}

TEST_P(SignalStorms, SnapshotsAreWholeAndOwned) {
  if (!allow_descriptors(1024)) GTEST_SKIP() << "needs a hard RLIMIT_NOFILE of 1024";
  const Fd listener = listen_on(loopback(Family::ipv4));
  const auto connections = many_connections(listener);
  const Snapshot calm = snapshot_of(everything());
  const auto expected = describe_rows(calm);
  const SignalStorm storm;
  constexpr int kSnapshots = 30;
  constexpr int kEnoughSignals = 200;
  for (int i = 0; i < kSnapshots || SignalStorm::signals() < kEnoughSignals; ++i) {
    const auto snapshot = take_snapshot(what_can_be_listed(everything()));
    ASSERT_TRUE(snapshot) << to_string(snapshot.error());
    ASSERT_EQ(describe_rows(*snapshot), expected) << i;
    ASSERT_EQ(owned_rows(*snapshot), owned_rows(calm)) << i;
    ASSERT_TRUE(snapshot->completeness().rows);
  }
}

}  // namespace
}  // namespace tcptable::test
