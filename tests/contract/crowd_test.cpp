// SPDX-License-Identifier: MIT
// Tables too large for one datagram, one directory read, one thread of the walk, or one pass of the dump.

#include <algorithm>
#include <atomic>
#include <thread>

#include "contract/snapshot_fixture.hpp"
#include "support/network_namespace.hpp"
#include "support/sockets.hpp"

namespace tcptable::test {
namespace {

class Crowd : public WithEachBackend {};
INSTANTIATE_TEST_SUITE_P(Backend, Crowd, ::testing::Values("bpf", "sock_diag", "procfs"), backend_of);

std::vector<Connection> make_connections(const Fd& listener, int count) {
  std::vector<Connection> connections;
  for (int i = 0; i < count; ++i) connections.push_back(make_connection(listener));
  return connections;
}

// How many rows this process owns; each socket must be listed once.
std::size_t rows_of_this_process(const Snapshot& snapshot) {
  auto lines = describe_rows(snapshot);
  EXPECT_EQ(std::adjacent_find(lines.begin(), lines.end()), lines.end());
  const auto rows = snapshot.rows();
  return static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), [&](const SocketRow& row) {
    const Process* owner = snapshot.owner(row);
    return owner != nullptr && owner->pid == ::getpid();
  }));
}

// So many that the walk shares them out over threads.
TEST_P(Crowd, ThreeThousandSocketsAllHaveTheirOwner) {
  constexpr int kConnections = 1500;
  if (!allow_descriptors(2 * kConnections + 64)) GTEST_SKIP() << "needs a hard RLIMIT_NOFILE of 3064";
  const Fd listener = listen_on(loopback(Family::ipv4));
  const auto connections = make_connections(listener, kConnections);
  EXPECT_EQ(rows_of_this_process(snapshot_of(everything())), 2 * connections.size() + 1);
}

// Fewer hash buckets than sockets: chains are long, and sock_diag dumps twice.
TEST_P(Crowd, MoreSocketsThanHashBucketsAreAllListedOnce) {
  constexpr int kConnections = 300;
  if (!allow_descriptors(2 * kConnections + 64)) GTEST_SKIP() << "needs a hard RLIMIT_NOFILE of 664";
  if (const auto reason = enter_small_network_namespace()) GTEST_SKIP() << *reason;
  const Fd listener = listen_on(loopback(Family::ipv4));
  const auto connections = make_connections(listener, kConnections);
  EXPECT_EQ(rows_of_this_process(snapshot_of(everything())), 2 * connections.size() + 1);
}

// The same under connections that come and go: what stays open is there, once, and nobody else's.
TEST_P(Crowd, SocketsThatStayAreListedWhileOthersComeAndGo) {
  constexpr int kConnections = 200;
  if (!allow_descriptors(2 * kConnections + 64)) GTEST_SKIP() << "needs a hard RLIMIT_NOFILE of 464";
  const Fd listener = listen_on(loopback(Family::ipv4));
  const auto connections = make_connections(listener, kConnections);
  std::atomic<bool> stop{false};
  std::thread churn([&] {
    const Fd busy = listen_on(loopback(Family::ipv6));
    while (!stop) make_connection(busy);
  });
  for (int repeat = 0; repeat < 5; ++repeat) {
    Query query;
    query.ipv6 = false;
    EXPECT_EQ(rows_of_this_process(snapshot_of(query)), 2 * connections.size() + 1);
  }
  stop = true;
  churn.join();
}

}  // namespace
}  // namespace tcptable::test
