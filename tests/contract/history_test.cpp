// SPDX-License-Identifier: MIT
// What a history knows that no table tells.
#include <gtest/gtest.h>

#include <algorithm>
#include <thread>

#include "contract/events_fixture.hpp"

namespace tcptable::test {
namespace {

class History : public WithEvents {
 protected:
  static const SocketRow& row_at(const Snapshot& snapshot, const Endpoint& local, const Endpoint& remote) {
    const SocketRow* row = find_row(snapshot, local, remote);
    if (row == nullptr) throw std::runtime_error("no such row");
    return *row;
  }

  // A connection whose client closes first: its end stays in TIME_WAIT.
  struct Closed {
    Endpoint client;
    Endpoint server;
  };
  static Closed close_client_first(Connection connection) {
    const Closed ends{local_endpoint(connection.client.get()), local_endpoint(connection.server.get())};
    connection.client.reset();
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    connection.server.reset();
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    return ends;
  }
};

TEST_F(History, KnowsTheLastOwnerOfATimeWait) {
  SocketHistory history;
  Connection connection = make_connection(listen_on(loopback(Family::ipv4)));
  history.learn(snapshot_of({}));
  const Closed ends = close_client_first(std::move(connection));
  const Snapshot after = snapshot_of({});
  history.learn(after);
  const SocketRow& row = row_at(after, ends.client, ends.server);
  ASSERT_EQ(row.state, State::time_wait);
  ASSERT_EQ(after.owner(row), nullptr);
  const RememberedSocket* known = history.find(row.cookie);
  ASSERT_NE(known, nullptr);
  ASSERT_TRUE(known->last_owner);
  EXPECT_EQ(known->last_owner->pid, ::getpid());
  EXPECT_FALSE(known->opened_at);
}

TEST_F(History, KnowsFromEventsWhoOpenedASocketAndWhen) {
  open_by(EventSource::bpf);
  if (IsSkipped()) return;
  SocketHistory history;
  const auto before = std::chrono::system_clock::now();
  const Closed ends = close_client_first(make_connection(listen_on(loopback(Family::ipv4))));
  read_until([](const Event& event) { return event.kind == EventKind::closed; }, 3);
  for (const Event& event : seen()) history.learn(event);
  const Snapshot after = snapshot_of({});
  const RememberedSocket* known = history.find(row_at(after, ends.client, ends.server).cookie);
  ASSERT_NE(known, nullptr);
  ASSERT_TRUE(known->last_owner && known->opened_at);
  EXPECT_EQ(known->last_owner->pid, ::getpid());
  EXPECT_GE(*known->opened_at, before - std::chrono::milliseconds(1));
  EXPECT_LE(*known->opened_at, std::chrono::system_clock::now());
  EXPECT_TRUE(known->ended);
}

TEST_F(History, NamesWhatIsMissingAndForgetsTheOldest) {
  SocketHistory history(2);
  std::vector<Fd> listeners;
  for (int i = 0; i < 4; ++i) listeners.push_back(listen_on(loopback(Family::ipv4)));
  EXPECT_TRUE(history.learn(snapshot_of({})).empty());
  EXPECT_EQ(history.size(), 4U);
  listeners.resize(1);
  EXPECT_EQ(history.learn(snapshot_of({})).size(), 3U);
  EXPECT_TRUE(history.learn(snapshot_of({})).empty());
  EXPECT_EQ(history.size(), 3U);  // the living one, and two of those that have ended
}

}  // namespace
}  // namespace tcptable::test
