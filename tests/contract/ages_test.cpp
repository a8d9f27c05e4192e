// SPDX-License-Identifier: MIT
// minimum_age_ms is a bound to rely on: no socket is younger than it says.
#include <chrono>
#include <thread>

#include "contract/snapshot_fixture.hpp"
#include "support/network_namespace.hpp"
#include "support/socket_states.hpp"

namespace tcptable::test {
namespace {

using Clock = std::chrono::steady_clock;
using Ages = InOwnNamespace;

struct Aged {
  Clock::time_point before_it_was_made;
  Connection connection;
  Fd listener;
};

Aged make_aged(Family family) {
  Aged aged{Clock::now(), {}, listen_on(loopback(family))};
  aged.connection = make_connection(aged.listener);
  return aged;
}

Query with_ages() {
  Query query;
  query.ages = true;
  return query;
}

// No row of the snapshot may be older than the first socket of the test.
void expect_no_age_above(const Snapshot& snapshot, Clock::time_point first_made) {
  const auto most = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - first_made);
  for (const SocketRow& row : snapshot.rows()) {
    EXPECT_LE(row.minimum_age_ms, most.count()) << to_string(row.state) << " " << describe(row.local);
  }
}

TEST_F(Ages, OfSocketsThatNeverSentDataNeverExceedTheTruth) {
  for (const Family family : {Family::ipv4, Family::ipv6}) {
    ASSERT_EQ(enter_network_namespace(), std::nullopt);
    const Aged aged = make_aged(family);
    expect_no_age_above(snapshot_of(with_ages()), aged.before_it_was_made);
    std::this_thread::sleep_for(std::chrono::milliseconds(60));
    expect_no_age_above(snapshot_of(with_ages()), aged.before_it_was_made);
  }
}

TEST_F(Ages, OfSocketsThatSentOneWayNeverExceedTheTruth) {
  const Aged aged = make_aged(Family::ipv4);
  ASSERT_EQ(::send(aged.connection.client.get(), "x", 1, 0), 1);
  expect_no_age_above(snapshot_of(with_ages()), aged.before_it_was_made);
  std::this_thread::sleep_for(std::chrono::milliseconds(60));
  expect_no_age_above(snapshot_of(with_ages()), aged.before_it_was_made);
}

TEST_F(Ages, InEveryStateNeverExceedTheTruth) {
  const auto start = Clock::now();
  const auto held = hold_every_state();
  expect_no_age_above(snapshot_of(with_ages()), start);
}

TEST_F(Ages, OfAReconnectedSocketNeverExceedTheTruth) {
  const Fd listener = listen_on(loopback(Family::ipv4));
  const auto start = Clock::now();
  Connection connection = make_connection(listener);
  ASSERT_EQ(::send(connection.client.get(), "x", 1, 0), 1);
  std::this_thread::sleep_for(std::chrono::milliseconds(60));
  sockaddr unspecified{};
  unspecified.sa_family = AF_UNSPEC;
  check(::connect(connection.client.get(), &unspecified, sizeof unspecified), "disconnect");
  connect_to(connection.client.get(), local_endpoint(listener.get()));
  expect_no_age_above(snapshot_of(with_ages()), start);
}

TEST_F(Ages, OfAnIdleConnectionGrow) {
  const Aged aged = make_aged(Family::ipv4);
  const auto age_of_client = [&] {
    const Snapshot snapshot = snapshot_of(with_ages());
    const int client = aged.connection.client.get();
    const SocketRow* row = find_row(snapshot, local_endpoint(client), remote_endpoint(client));
    return row == nullptr ? 0U : row->minimum_age_ms;
  };
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  EXPECT_GT(age_of_client(), 0U);
}

TEST_F(Ages, AreZeroWhenNotAskedFor) {
  const Aged aged = make_aged(Family::ipv4);
  std::this_thread::sleep_for(std::chrono::milliseconds(60));
  const Snapshot snapshot = snapshot_of(everything());
  for (const SocketRow& row : snapshot.rows()) EXPECT_EQ(row.minimum_age_ms, 0U);
}

}  // namespace
}  // namespace tcptable::test
