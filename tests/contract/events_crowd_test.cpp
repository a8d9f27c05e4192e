// SPDX-License-Identifier: MIT
// Thousands of connections, most of which live for less than a millisecond: each is told of once, with its
// process; and what is lost is said.
#include <sys/wait.h>

#include <functional>
#include <map>
#include <set>
#include <thread>

#include "contract/events_fixture.hpp"

namespace tcptable::test {
namespace {

using Milliseconds = std::chrono::milliseconds;

// A process that works beside the test, until it has done its work or is killed.
class Worker {
 public:
  explicit Worker(const std::function<void()>& work) : pid_(check(::fork(), "fork")) {
    if (pid_ != 0) return;
    try {
      work();
    } catch (...) {
      ::_exit(1);
    }
    ::_exit(0);
  }
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;
  ~Worker() {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
  }
  pid_t pid() const { return pid_; }

 private:
  pid_t pid_;
};

Fd accept_from(const Fd& listener) {
  return Fd(check(::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC), "accept4"));
}

// Has room for all of them: where the queue is full the kernel lets a SYN fall, and the client waits a second
// and more before it sends the next.
Fd listen_for(Family family, int connections) {
  return listen_on(loopback(family), connections);
}

void serve(const Fd& listener, int connections) {
  for (int i = 0; i < connections; ++i) accept_from(listener);
}

void connect_and_close(const Endpoint& server, int connections) {
  for (int i = 0; i < connections; ++i) {
    const Fd client = open_socket(server.family, SOCK_STREAM);
    connect_to(client.get(), server);
  }
}

bool is_end_of_connection(const Event& event) {
  return event.kind == EventKind::closed && event.row.remote.port != 0;
}

// What was told of one socket.
struct Life {
  int opened = 0;
  int closed = 0;
  std::set<std::int32_t> owners;
};

std::map<std::uint64_t, Life> lives_of(const std::vector<Event>& events) {
  std::map<std::uint64_t, Life> lives;
  for (const Event& event : events) {
    if (event.row.remote.port == 0) continue;
    Life& life = lives[event.row.cookie];
    (event.kind == EventKind::closed ? life.closed : life.opened) += 1;
    life.owners.insert(event.owner ? event.owner->pid : 0);
  }
  return lives;
}

class Crowd : public WithEvents {};

TEST_F(Crowd, IsToldOfOnceEachWithTheRightProcess) {
  constexpr int kConnections = 2000;
  open_by(EventSource::bpf);
  if (IsSkipped()) return;
  const Fd listener = listen_for(Family::ipv4, kConnections);
  const Endpoint server = local_endpoint(listener.get());
  const Worker acceptor([&] { serve(listener, kConnections); });
  const Worker connector([&] { connect_and_close(server, kConnections); });
  read_until(is_end_of_connection, 2 * kConnections);

  const auto whole_story = [&](std::uint64_t cookie) {
    std::string text;
    for (const Event& event : seen()) {
      if (event.row.cookie == cookie) text += describe(event) + "\n";
    }
    const Snapshot snapshot = snapshot_of({});
    for (const SocketRow& row : snapshot.rows()) {
      if (row.cookie == cookie) text += "now " + std::string(to_string(row.state)) + "\n";
    }
    return text;
  };
  std::map<std::int32_t, int> by_owner;
  for (const auto& [cookie, life] : lives_of(seen())) {
    ASSERT_EQ(life.opened, 1) << whole_story(cookie);
    ASSERT_EQ(life.closed, 1) << whole_story(cookie);
    ASSERT_EQ(life.owners.size(), 1U) << whole_story(cookie);
    ++by_owner[*life.owners.begin()];
  }
  EXPECT_EQ(by_owner,
            (std::map<std::int32_t, int>{{acceptor.pid(), kConnections}, {connector.pid(), kConnections}}));
  const auto short_lived =
      seen_that([](const Event& event) { return event.duration && *event.duration < Milliseconds(1); });
  EXPECT_GT(short_lived.size(), 0U);
  EXPECT_EQ(stream().losses().dropped, 0U);
}

TEST_F(Crowd, IsToldOfAtItsEndWithoutBpf) {
  constexpr int kConnections = 2000;
  open_by(EventSource::multicast);
  const Fd listener = listen_for(Family::ipv4, kConnections);
  const Endpoint server = local_endpoint(listener.get());
  const Worker acceptor([&] { serve(listener, kConnections); });
  const Worker connector([&] { connect_and_close(server, kConnections); });
  read_until(is_end_of_connection, 2 * kConnections);
  read_for(200);
  const auto lives = lives_of(seen());
  EXPECT_EQ(lives.size(), std::size_t{2 * kConnections});
  for (const auto& [cookie, life] : lives) {
    ASSERT_EQ(life.opened, 0) << cookie;
    ASSERT_EQ(life.closed, 1) << cookie;
    for (const std::int32_t owner : life.owners) {
      ASSERT_TRUE(owner == 0 || owner == acceptor.pid() || owner == connector.pid()) << owner;
    }
  }
  EXPECT_EQ(stream().losses().overruns, 0U);
}

TEST_F(Crowd, OfAForkedServerBelongsToTheWorkersThatAccepted) {
  constexpr int kConnections = 400;
  open_by(EventSource::bpf);
  if (IsSkipped()) return;
  const Fd listener = listen_for(Family::ipv6, kConnections);
  const Endpoint server = local_endpoint(listener.get());
  const auto work = [&] {
    for (;;) {
      const Fd accepted = accept_from(listener);
      const pid_t self = ::getpid();
      check(::send(accepted.get(), &self, sizeof self, 0), "send");
    }
  };
  const Worker one(work), two(work), three(work), four(work);
  std::map<std::uint16_t, std::int32_t> acceptors;  // by the client's port
  for (int i = 0; i < kConnections; ++i) {
    const Fd client = open_socket(server.family, SOCK_STREAM);
    connect_to(client.get(), server);
    pid_t acceptor = 0;
    check(::recv(client.get(), &acceptor, sizeof acceptor, MSG_WAITALL), "recv");
    acceptors[local_endpoint(client.get()).port] = acceptor;
  }
  const auto accepted = [](const Event& event) { return event.kind == EventKind::accepted; };
  read_until(is_end_of_connection, 2 * kConnections);
  ASSERT_EQ(seen_that(accepted).size(), std::size_t{kConnections});
  std::set<std::int32_t> workers;
  for (const Event& event : seen_that(accepted)) {
    ASSERT_TRUE(event.owner) << describe(event);
    EXPECT_EQ(event.owner->pid, acceptors[event.row.remote.port]);
    workers.insert(event.owner->pid);
  }
  EXPECT_GT(workers.size(), 1U);
}

TEST_F(Crowd, ThatNobodyReadsIsCountedExactly) {
  constexpr int kConnections = 500;
  constexpr int kEvents = 4 * kConnections + 1;  // and the listener
  EventQuery query;
  query.source = EventSource::bpf;
  query.buffer_size = 16384;
  open(query);
  if (IsSkipped()) return;
  const Fd listener = listen_on(loopback(Family::ipv4), 128);
  for (int i = 0; i < kConnections; ++i) make_connection(listener);
  read_for(300);
  EXPECT_GT(stream().losses().dropped, 0U);
  EXPECT_EQ(seen().size() + stream().losses().dropped, std::size_t{kEvents});
}

TEST_F(Crowd, WhoseWordsAreLostIsStillToldOfWhereItWasInTheTable) {
  constexpr int kKnown = 50;
  const Fd listener = listen_on(loopback(Family::ipv4), 128);
  std::vector<Connection> known;
  std::set<std::uint16_t> ports;
  for (int i = 0; i < kKnown; ++i) {
    known.push_back(make_connection(listener));
    ports.insert(local_endpoint(known.back().client.get()).port);
  }
  EventQuery query;
  query.source = EventSource::multicast;
  query.buffer_size = 4096;
  open(query);
  known.resize(kKnown);
  for (int i = 0; i < 300; ++i) make_connection(listener);
  known.clear();
  std::this_thread::sleep_for(Milliseconds(1000));  // the kernel's worker sends the words
  const auto was_known = [&](const Event& event) { return ports.contains(event.row.local.port); };
  read_until(was_known, kKnown);
  read_for(200);
  EXPECT_GT(stream().losses().overruns, 0U);
  std::map<std::uint16_t, int> told;
  std::size_t by_dump = 0;
  for (const Event& event : seen()) {
    if (!was_known(event)) continue;
    ++told[event.row.local.port];
    by_dump += event.source == EventSource::dump ? 1 : 0;
    ASSERT_TRUE(event.owner) << describe(event);
    EXPECT_EQ(event.owner->pid, ::getpid());
  }
  EXPECT_EQ(told.size(), ports.size());
  for (const auto& [port, times] : told) EXPECT_EQ(times, 1) << port;
  EXPECT_GT(by_dump, 0U);
}

}  // namespace
}  // namespace tcptable::test
