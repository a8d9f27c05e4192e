// SPDX-License-Identifier: MIT
// The owner of one socket is the one that the table names, whatever was remembered from before.
#include <fcntl.h>
#include <sched.h>

#include <chrono>
#include <functional>
#include <memory>
#include <sstream>
#include <thread>

#include "contract/snapshot_fixture.hpp"
#include "support/child_process.hpp"
#include "support/descriptor_passing.hpp"
#include "support/privileges.hpp"
#include "support/socket_states.hpp"

namespace tcptable::test {
namespace {

class OneOwner : public InOwnNamespace {
 protected:
  // "known 123", "time_wait", or the error's text.
  std::string ask(const SocketKey& key) { return text_of(finder_.owner_of(key)); }

  static std::string text_of(const Result<SocketOwner>& answer) {
    if (!answer) return to_string(answer.error());
    std::string text(to_string(answer->row.owner_status));
    if (answer->owner) text += " " + std::to_string(answer->owner->pid);
    return text;
  }

  static std::string known(pid_t pid) { return "known " + std::to_string(pid); }
  static std::string mine() { return known(::getpid()); }

  OwnerFinder finder_;
};

SocketKey listener_key(const Fd& listener) {
  const Endpoint local = local_endpoint(listener.get());
  return {Protocol::tcp, local, nowhere(local.family)};
}

SocketKey client_key(const Connection& connection) {
  return {Protocol::tcp, local_endpoint(connection.client.get()), remote_endpoint(connection.client.get())};
}

SocketKey server_key(const Connection& connection) {
  return {Protocol::tcp, local_endpoint(connection.server.get()), remote_endpoint(connection.server.get())};
}

// A process that inherits all descriptors of the test, younger by its start time than all before it.
std::unique_ptr<Child> fork_holder() {
  constexpr std::chrono::milliseconds kTwoClockTicks(20);
  std::this_thread::sleep_for(kTwoClockTicks);
  return std::make_unique<Child>([] { return std::string(); });
}

const std::string kNotFound = to_string(Error{Errc::not_found, Step::receive_reply, ENOENT});

TEST_F(OneOwner, IsThatOfTheTableForEveryRow) {
  const auto held = hold_every_state();
  const Fd udp = open_socket(Family::ipv6, SOCK_DGRAM);
  bind_to(udp.get(), loopback(Family::ipv6));
  const Snapshot snapshot = snapshot_of(everything());
  ASSERT_GT(snapshot.rows().size(), held.size());
  for (const SocketRow& row : snapshot.rows()) {
    SCOPED_TRACE(std::string(to_string(row.state)) + " " + describe(row.local) + " " + describe(row.remote));
    const auto answer = finder_.owner_of(key_of(row));
    ASSERT_TRUE(answer) << to_string(answer.error());
    EXPECT_EQ(to_string(answer->row.owner_status), to_string(row.owner_status));
    EXPECT_EQ(answer->row.cookie, row.cookie);
    const Process* owner = snapshot.owner(row);
    ASSERT_EQ(answer->owner.has_value(), owner != nullptr);
    if (owner == nullptr) continue;
    EXPECT_EQ(answer->owner->pid, owner->pid);
    EXPECT_EQ(answer->owner->start_time, owner->start_time);
    EXPECT_EQ(answer->owner->name, owner->name);
  }
}

TEST_F(OneOwner, NoSocketIsNotFound) {
  const Fd listener = listen_on(loopback(Family::ipv4));
  const std::uint16_t port = local_endpoint(listener.get()).port;
  EXPECT_EQ(ask({Protocol::tcp, loopback(Family::ipv4, port), loopback(Family::ipv4, 1)}), kNotFound);
  EXPECT_EQ(ask({Protocol::tcp, loopback(Family::ipv4, 1), nowhere(Family::ipv4)}), kNotFound);
  EXPECT_EQ(ask({Protocol::udp, loopback(Family::ipv4, port), loopback(Family::ipv4, 1)}), kNotFound);
}

TEST_F(OneOwner, OfANewConnectionIsFoundWhateverNumberItGot) {
  const Fd listener = listen_on(loopback(Family::ipv4));
  EXPECT_EQ(ask(listener_key(listener)), mine());
  std::vector<Connection> connections;
  for (int i = 0; i < 20; ++i) {
    connections.push_back(make_connection(listener));
    EXPECT_EQ(ask(client_key(connections.back())), mine());
    EXPECT_EQ(ask(server_key(connections.back())), mine());
    if (i % 3 == 0) connections.erase(connections.begin() + i / 3);  // its numbers are used again
  }
}

TEST_F(OneOwner, IsTheProcessThatHasTheSocketNow) {
  const UnixPair pair = make_unix_pair();
  Connection connection = make_connection(listen_on(loopback(Family::ipv4)));
  const SocketKey key = client_key(connection);
  EXPECT_EQ(ask(key), mine());
  send_descriptor(pair.here.get(), connection.client.get());
  Fd received;
  const Child receiver([&] {
    connection.client.reset();
    received = receive_descriptor(pair.there.get());
    return std::string();
  });
  ASSERT_EQ(receiver.report(), "");
  connection.client.reset();
  EXPECT_EQ(ask(key), known(receiver.pid()));
}

// As a debugger may: the process is the younger one, and looked at first.
TEST_F(OneOwner, IsNotAProcessThatHasOnlyThePathOfTheSocket) {
  Fd listener = listen_on(loopback(Family::ipv4));
  const SocketKey key = listener_key(listener);
  const std::string number = std::to_string(listener.get());
  const Child younger([&] {
    const int path = ::open(("/proc/self/fd/" + number).c_str(), O_PATH | O_CLOEXEC);
    listener.reset();
    return path < 0 ? std::string("open by O_PATH") : std::string();
  });
  ASSERT_EQ(younger.report(), "");
  EXPECT_EQ(ask(key), mine());
  EXPECT_EQ(ask(key), mine());
}

// The path is seen when another socket is looked for, and remembered as if it were the socket.
TEST_F(OneOwner, IsFoundAgainWhereAnotherProcessHasOpenedItsPathMeanwhile) {
  Fd held;
  const Child holder([&] {
    held = listen_on(loopback(Family::ipv4));
    return std::to_string(held.get()) + " " + std::to_string(local_endpoint(held.get()).port);
  });
  std::istringstream report(holder.report());
  std::string number;
  std::uint16_t port = 0;
  report >> number >> port;
  const SocketKey key{Protocol::tcp, loopback(Family::ipv4, port), nowhere(Family::ipv4)};
  EXPECT_EQ(ask(key), known(holder.pid()));
  const std::string descriptor = "/proc/" + std::to_string(holder.pid()) + "/fd/" + number;
  const Fd path(check(::open(descriptor.c_str(), O_PATH | O_CLOEXEC), "open"));
  const Fd listener = listen_on(loopback(Family::ipv4));
  EXPECT_EQ(ask(listener_key(listener)), mine());
  EXPECT_EQ(ask(key), known(holder.pid()));
}

TEST_F(OneOwner, OfAForkedFamilyIsTheOldestThatStillHoldsTheSocket) {
  Fd listener = listen_on(loopback(Family::ipv4));
  const SocketKey key = listener_key(listener);
  auto elder = fork_holder();
  const auto younger = fork_holder();
  EXPECT_EQ(ask(key), mine());
  EXPECT_EQ(OwnerFinder().owner_of(key)->owner->pid,
            ::getpid());  // without a memory it meets the youngest first
  listener.reset();
  const std::string left = ask(key);
  EXPECT_TRUE(left == known(elder->pid()) || left == known(younger->pid())) << left;
  elder.reset();
  EXPECT_EQ(ask(key), known(younger->pid()));
}

TEST_F(OneOwner, OfAnUnacceptedConnectionIsItsListeners) {
  for (const char* address : {"127.0.0.1", "0.0.0.0", "::1", "::"}) {
    SCOPED_TRACE(address);
    const Fd listener = listen_on(endpoint(address));
    const Endpoint server = local_endpoint(listener.get());
    Fd client = open_socket(server.family, SOCK_STREAM);
    connect_to(client.get(), loopback(server.family, server.port));
    EXPECT_EQ(ask({Protocol::tcp, loopback(server.family, server.port), local_endpoint(client.get())}),
              mine());
  }
}

TEST_F(OneOwner, OfAnUnacceptedConnectionIsAmbiguousWhereTwoProcessesListen) {
  const Fd here = listen_beside_others(loopback(Family::ipv4));
  const Endpoint server = local_endpoint(here.get());
  Fd there;
  const Child other([&] {
    there = listen_beside_others(server);
    return std::string();
  });
  ASSERT_EQ(other.report(), "");
  Fd client = open_socket(Family::ipv4, SOCK_STREAM);
  connect_to(client.get(), server);
  EXPECT_EQ(ask({Protocol::tcp, server, local_endpoint(client.get())}), "ambiguous");
}

TEST_F(OneOwner, OfAPortIsTheWildcardListeners) {
  const Fd listener = listen_on(endpoint("::"));
  const std::uint16_t port = local_endpoint(listener.get()).port;
  EXPECT_EQ(ask({Protocol::tcp, endpoint("127.0.0.1", port), endpoint("0.0.0.0")}), mine());
  EXPECT_EQ(ask({Protocol::tcp, endpoint("::1", port), endpoint("::")}), mine());
}

TEST_F(OneOwner, OfADatagramIsTheConnectedSocketsElseThePorts) {
  for (const Family family : {Family::ipv4, Family::ipv6}) {
    SCOPED_TRACE(address_text(loopback(family)));
    const Fd server = open_socket(family, SOCK_DGRAM);
    bind_to(server.get(), nowhere(family));
    const Endpoint port = loopback(family, local_endpoint(server.get()).port);
    const Fd client = open_socket(family, SOCK_DGRAM);
    connect_to(client.get(), port);
    const Endpoint peer = local_endpoint(client.get());
    const auto connected = finder_.owner_of({Protocol::udp, peer, port});
    const auto unconnected = finder_.owner_of({Protocol::udp, port, peer});
    EXPECT_EQ(text_of(connected), mine());
    EXPECT_EQ(text_of(unconnected), mine());
    EXPECT_EQ(connected->row.state, State::established);
    EXPECT_EQ(unconnected->row.state, State::close);
    Endpoint stranger = peer;
    ++stranger.port;
    EXPECT_EQ(ask({Protocol::udp, peer, stranger}), kNotFound);
  }
}

TEST_F(OneOwner, OfAThreadsOwnDescriptorIsItsProcess) {
  SocketKey key;
  std::string answer;
  std::thread([&] {
    check(::unshare(CLONE_FILES), "unshare(CLONE_FILES)");
    const Fd listener = listen_on(loopback(Family::ipv4));
    answer = ask(listener_key(listener));
  }).join();
  EXPECT_EQ(answer, mine());
}

TEST_F(OneOwner, IsKeptFromAnOrdinaryUserWithTheReason) {
  if (!may_become_nobody()) GTEST_SKIP() << "needs root and a second user id";
  const Fd listener = listen_on(loopback(Family::ipv4));
  const Child child([&]() -> std::string {
    become_nobody();
    const Fd own = listen_on(loopback(Family::ipv6));
    check(::close(listener.get()), "close");
    return ask(listener_key(own)) + ", " +
           ask({Protocol::tcp, local_endpoint(own.get()), nowhere(Family::ipv6)});
  });
  EXPECT_EQ(child.report(), known(child.pid()) + ", " + known(child.pid()));
  const Child blind([&]() -> std::string {
    const SocketKey key = listener_key(listener);
    check(::close(listener.get()), "close");
    become_nobody();
    return ask(key);
  });
  EXPECT_EQ(blind.report(), "not_permitted");
}

TEST_F(OneOwner, OfManyAtOnceIsThatOfEach) {
  const Fd listener = listen_on(loopback(Family::ipv4));
  std::vector<Connection> connections;
  std::vector<SocketKey> keys;
  std::vector<std::string> expected;
  const auto expect = [&](const SocketKey& key, const std::string& answer) {
    keys.push_back(key);
    expected.push_back(answer);
  };
  for (int i = 0; i < 50; ++i) {
    connections.push_back(make_connection(listener));
    expect(client_key(connections.back()), mine());
    expect({Protocol::tcp, loopback(Family::ipv4, 1), loopback(Family::ipv4, 2)}, kNotFound);
    expect(server_key(connections.back()), mine());
  }
  const HeldState time_wait = hold_state(State::time_wait, Family::ipv4);
  expect({Protocol::tcp, time_wait.local, time_wait.remote}, "time_wait");
  Fd client = open_socket(Family::ipv4, SOCK_STREAM);
  connect_to(client.get(), local_endpoint(listener.get()));
  expect({Protocol::tcp, local_endpoint(listener.get()), local_endpoint(client.get())}, mine());
  const auto answers = finder_.owners_of(keys);
  ASSERT_EQ(answers.size(), keys.size());
  for (std::size_t i = 0; i < keys.size(); ++i) EXPECT_EQ(text_of(answers[i]), expected[i]) << i;
  EXPECT_TRUE(finder_.owners_of({}).empty());
}

TEST_F(OneOwner, IsAnsweredOnceByTheFunctionToo) {
  const Fd listener = listen_on(loopback(Family::ipv4));
  EXPECT_EQ(text_of(owner_of(listener_key(listener))), mine());
}

}  // namespace
}  // namespace tcptable::test
