// SPDX-License-Identifier: MIT
// Events of single sockets, each held against what the test did.
#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/net.h>
#include <netinet/tcp.h>
#include <poll.h>

#include <array>
#include <cerrno>
#include <memory>
#include <thread>

#include "contract/events_fixture.hpp"
#include "support/compat_calls.hpp"
#include "support/network_namespace.hpp"
#include "support/privileges.hpp"

namespace tcptable::test {
namespace {

using Milliseconds = std::chrono::milliseconds;

auto of_kind(EventKind kind) {
  return [kind](const Event& event) { return event.kind == kind; };
}

// Of the socket that is bound to `local`.
auto of_kind_at(EventKind kind, const Endpoint& local) {
  return [kind, local](const Event& event) { return event.kind == kind && event.row.local == local; };
}

void send_bytes(const Fd& from, const Fd& to, std::size_t size) {
  std::string bytes(size, 'x');
  check(::send(from.get(), bytes.data(), size, 0), "send");
  check(::recv(to.get(), bytes.data(), size, MSG_WAITALL), "recv");
}

void reset_on_close(const Fd& socket) {
  const linger now{1, 0};
  check(::setsockopt(socket.get(), SOL_SOCKET, SO_LINGER, &now, sizeof now), "SO_LINGER");
}

// A listener whose queue is full: what connects now gets no answer.
struct DeafListener {
  Fd listener = listen_on(loopback(Family::ipv4), 0);
  std::vector<Fd> waiting;
  DeafListener() {
    for (int i = 0; i < 2; ++i) {
      waiting.push_back(open_socket(Family::ipv4, SOCK_STREAM | SOCK_NONBLOCK));
      begin_connect(waiting.back());
    }
    std::this_thread::sleep_for(Milliseconds(50));
  }
  void begin_connect(const Fd& client) const {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    check(::getsockname(listener.get(), reinterpret_cast<sockaddr*>(&address), &size), "getsockname");
    const int done = ::connect(client.get(), reinterpret_cast<const sockaddr*>(&address), size);
    if (done != 0 && errno != EINPROGRESS) check(done, "connect");
  }
};

class Events : public WithEvents {
 protected:
  void open_bpf() { open_by(EventSource::bpf); }
  static void expect_mine(const Event& event) {
    ASSERT_TRUE(event.owner) << describe(event);
    EXPECT_EQ(event.row.owner_status, OwnerStatus::known);
    EXPECT_EQ(event.owner->pid, ::getpid());
    const auto self = describe_process(::getpid());
    EXPECT_EQ(event.owner->start_time, self->process.start_time);
    EXPECT_EQ(event.owner->name, self->process.name);
  }
};

TEST_F(Events, TellAConnectionsWholeLife) {
  open_bpf();
  if (IsSkipped()) return;
  for (const Family family : {Family::ipv4, Family::ipv6}) {
    Fd listener = listen_on(loopback(family));
    const Endpoint server = local_endpoint(listener.get());
    Connection connection = make_connection(listener);
    const Endpoint client = local_endpoint(connection.client.get());
    send_bytes(connection.client, connection.server, 1000);
    send_bytes(connection.server, connection.client, 70);
    const auto before = std::chrono::system_clock::now();
    std::this_thread::sleep_for(Milliseconds(30));
    connection.client.reset();
    connection.server.reset();
    listener.reset();
    read_until(of_kind_at(EventKind::closed, server), 2);

    const Event listening = only(of_kind_at(EventKind::listening, server));
    const Event connected = only(of_kind_at(EventKind::connected, client));
    const Event accepted = only(of_kind_at(EventKind::accepted, server));
    const Event client_end = only(of_kind_at(EventKind::closed, client));
    const Event server_end = only([&](const Event& event) {
      return event.kind == EventKind::closed && event.row.local == server && event.row.remote == client;
    });
    const Event listener_end = only([&](const Event& event) {
      return event.kind == EventKind::closed && event.row.state == State::listen && event.row.local == server;
    });
    for (const Event& event : {listening, connected, accepted, client_end, server_end, listener_end})
      expect_mine(event);
    EXPECT_EQ(connected.row.remote, server);
    EXPECT_EQ(accepted.row.remote, client);
    EXPECT_EQ(connected.row.cookie, client_end.row.cookie);
    EXPECT_EQ(accepted.row.cookie, server_end.row.cookie);
    EXPECT_EQ(listening.row.cookie, listener_end.row.cookie);
    ASSERT_TRUE(client_end.traffic && server_end.traffic);
    EXPECT_EQ(client_end.traffic->bytes_sent, 1000U);
    EXPECT_EQ(client_end.traffic->bytes_received, 70U);
    EXPECT_EQ(server_end.traffic->bytes_sent, 70U);
    EXPECT_EQ(server_end.traffic->bytes_received, 1000U);
    EXPECT_GT(client_end.traffic->rtt_us, 0U);
    EXPECT_GE(*client_end.duration, Milliseconds(30));
    EXPECT_LE(*client_end.duration, Milliseconds(9000));
    EXPECT_FALSE(client_end.duration_is_minimum);
    EXPECT_GE(client_end.time, before);
    EXPECT_LE(client_end.time, std::chrono::system_clock::now());
    EXPECT_EQ(client_end.monotonic_time - connected.monotonic_time >= *client_end.duration - Milliseconds(1),
              true);
  }
  EXPECT_EQ(stream().losses().dropped, 0U);
}

TEST_F(Events, SayWhyNoConnectionCameAbout) {
  open_bpf();
  if (IsSkipped()) return;
  const auto failure = [&](const Wanted& wanted) {
    read_until(wanted, 1);
    const Event event = only(wanted);
    expect_mine(event);
    return event.connect_error;
  };
  const auto to = [](const Endpoint& remote) {
    return [remote](const Event& event) {
      return event.kind == EventKind::connect_failed && event.row.remote == remote;
    };
  };
  {
    const Fd client = open_socket(Family::ipv4, SOCK_STREAM);
    EXPECT_THROW(connect_to(client.get(), endpoint("127.0.0.1", 1)), std::system_error);
    EXPECT_EQ(failure(to(endpoint("127.0.0.1", 1))), ECONNREFUSED);
  }
  {
    const Fd client = open_socket(Family::ipv6, SOCK_STREAM);
    EXPECT_THROW(connect_to(client.get(), endpoint("2001:db8::1", 80)), std::system_error);
    EXPECT_EQ(failure(to(endpoint("2001:db8::1", 80))), ENETUNREACH);
  }
  {
    const Fd client = open_socket(Family::ipv4, SOCK_STREAM);
    EXPECT_THROW(connect_to(client.get(), endpoint("192.0.2.1", 80)), std::system_error);
    EXPECT_EQ(failure(to(endpoint("192.0.2.1", 80))), ENETUNREACH);
  }
  const DeafListener deaf;
  {
    Fd client = open_socket(Family::ipv4, SOCK_STREAM | SOCK_NONBLOCK);
    const int milliseconds = 300;
    check(::setsockopt(client.get(), IPPROTO_TCP, TCP_USER_TIMEOUT, &milliseconds, sizeof milliseconds),
          "TCP_USER_TIMEOUT");
    deaf.begin_connect(client);
    const Endpoint local = local_endpoint(client.get());
    EXPECT_EQ(failure(of_kind_at(EventKind::connect_failed, local)), ETIMEDOUT);
  }
  {
    Fd client = open_socket(Family::ipv4, SOCK_STREAM | SOCK_NONBLOCK);
    deaf.begin_connect(client);
    const Endpoint local = local_endpoint(client.get());
    client.reset();
    EXPECT_EQ(failure(of_kind_at(EventKind::connect_failed, local)), 0);
  }
}

TEST_F(Events, TellOfConnectionsThatA32BitProgramAccepts) {
  open_bpf();
  if (IsSkipped()) return;
  if (const auto reason = lacks_compat_calls()) GTEST_SKIP() << *reason;
  const Fd listener = listen_on(loopback(Family::ipv4));
  const Endpoint server = local_endpoint(listener.get());
  const auto descriptor = static_cast<std::uint32_t>(listener.get());
  CompatMemory memory;
  const auto arguments = memory.put(std::array<std::uint32_t, 4>{descriptor, 0, 0, 0});
  const auto accept_by = [&](const std::function<long()>& call) {
    const Fd client = open_socket(Family::ipv4, SOCK_STREAM);
    connect_to(client.get(), server);
    const Fd accepted(static_cast<int>(call()));
    ASSERT_GE(accepted.get(), 0);
    const Endpoint remote = local_endpoint(client.get());
    const auto is_it = [&](const Event& event) {
      return event.kind == EventKind::accepted && event.row.remote == remote;
    };
    read_until(is_it, 1);
    expect_mine(only(is_it));
  };
  accept_by([&] { return compat_call(CompatCall::accept4, descriptor); });
  accept_by([&] { return compat_call(CompatCall::socketcall, SYS_ACCEPT, arguments); });
  accept_by([&] { return compat_call(CompatCall::socketcall, SYS_ACCEPT4, arguments); });
}

TEST_F(Events, SayWhyA32BitProgramsConnectFailedAtOnce) {
  open_bpf();
  if (IsSkipped()) return;
  if (const auto reason = lacks_compat_calls()) GTEST_SKIP() << *reason;
  CompatMemory memory;
  for (const CompatCall call : {CompatCall::connect, CompatCall::socketcall}) {
    const Fd client = open_socket(Family::ipv4, SOCK_STREAM);
    const auto descriptor = static_cast<std::uint32_t>(client.get());
    const Endpoint unreachable = endpoint("192.0.2.1", static_cast<std::uint16_t>(call));
    sockaddr_in peer{};
    peer.sin_family = AF_INET;
    peer.sin_port = htons(unreachable.port);
    peer.sin_addr.s_addr = ::inet_addr("192.0.2.1");
    const auto address = memory.put(peer);
    const auto arguments = memory.put(std::array<std::uint32_t, 3>{descriptor, address, sizeof peer});
    const long result = call == CompatCall::connect ? compat_call(call, descriptor, address, sizeof peer)
                                                    : compat_call(call, SYS_CONNECT, arguments);
    ASSERT_EQ(result, -ENETUNREACH);
    const auto is_it = [&](const Event& event) {
      return event.kind == EventKind::connect_failed && event.row.remote == unreachable;
    };
    read_until(is_it, 1);
    expect_mine(only(is_it));
    EXPECT_EQ(only(is_it).connect_error, ENETUNREACH);
  }
}

TEST_F(Events, TellOfAConnectionThatWasResetBeforeItWasAccepted) {
  open_bpf();
  if (IsSkipped()) return;
  const Fd listener = listen_on(loopback(Family::ipv4));
  const Endpoint server = local_endpoint(listener.get());
  Fd client = open_socket(Family::ipv4, SOCK_STREAM);
  connect_to(client.get(), server);
  const Endpoint local = local_endpoint(client.get());
  reset_on_close(client);
  client.reset();
  Fd accepted(check(::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC), "accept4"));
  accepted.reset();
  read_until(of_kind(EventKind::closed), 2);
  const Event opened = only(of_kind_at(EventKind::accepted, server));
  const Event closed = only(of_kind_at(EventKind::closed, server));
  expect_mine(opened);
  expect_mine(closed);
  EXPECT_EQ(opened.row.remote, local);
  EXPECT_EQ(closed.row.remote, local);
  EXPECT_EQ(opened.row.cookie, closed.row.cookie);
}

TEST_F(Events, TellOfAConnectionThatNobodyAcceptedWithoutAProcess) {
  open_bpf();
  if (IsSkipped()) return;
  Fd listener = listen_on(loopback(Family::ipv4));
  const Endpoint server = local_endpoint(listener.get());
  Fd client = open_socket(Family::ipv4, SOCK_STREAM);
  connect_to(client.get(), server);
  const Endpoint local = local_endpoint(client.get());
  listener.reset();
  const auto its_end = [&](const Event& event) {
    return event.kind == EventKind::closed && event.row.local == server && event.row.remote == local;
  };
  read_until(its_end, 1);
  const Event closed = only(its_end);
  EXPECT_FALSE(closed.owner);
  EXPECT_EQ(closed.row.owner_status, OwnerStatus::kernel);
  EXPECT_TRUE(seen_that(of_kind(EventKind::accepted)).empty());
}

TEST_F(Events, GiveOlderConnectionsToWhomTheTableGaveThem) {
  const Fd listener = listen_on(loopback(Family::ipv4));
  for (const EventSource source : {EventSource::bpf, EventSource::multicast}) {
    SCOPED_TRACE(std::string(to_string(source)));
    Connection connection = make_connection(listener);
    const Endpoint client = local_endpoint(connection.client.get());
    open_by(source);
    if (IsSkipped()) return;
    std::this_thread::sleep_for(Milliseconds(20));
    connection.client.reset();
    connection.server.reset();
    read_until(of_kind_at(EventKind::closed, client), 1);
    const Event closed = only(of_kind_at(EventKind::closed, client));
    expect_mine(closed);
    EXPECT_EQ(closed.source, source);
    EXPECT_TRUE(closed.duration_is_minimum);
    EXPECT_GE(*closed.duration, Milliseconds(20));
  }
}

TEST_F(Events, OfAnotherNetworkNamespaceAreNotTold) {
  open_bpf();
  if (IsSkipped()) return;
  const Child elsewhere([]() -> std::string {
    if (const auto reason = enter_network_namespace()) return *reason;
    make_connection(listen_on(loopback(Family::ipv4)));
    return "";
  });
  ASSERT_EQ(elsewhere.report(), "");
  const Fd here = listen_on(loopback(Family::ipv4));
  read_until(of_kind(EventKind::listening), 1);
  read_for(100);
  EXPECT_EQ(seen().size(), 1U);
}

TEST_F(Events, InATimeNamespaceHaveItsTimesAndItsOwners) {
  open_bpf();
  if (IsSkipped()) return;
  const auto listen_and_read = []() -> std::string {
    EventQuery by_bpf;
    by_bpf.source = EventSource::bpf;
    auto opened = EventStream::open(by_bpf);
    if (!opened) return to_string(opened.error());
    const auto before = std::chrono::steady_clock::now();
    const Fd listener = listen_on(loopback(Family::ipv4));
    const auto after = std::chrono::steady_clock::now();
    std::array<Event, 1> events;
    const auto count = opened->read(events);
    if (!count || *count != 1 || !events[0].owner) return "no event of mine";
    const Event& event = events[0];
    if (event.monotonic_time < before || event.monotonic_time > after) return "another time";
    const auto command = command_line_of(*event.owner);
    return command ? std::string() : to_string(command.error());
  };
  try {
    EXPECT_EQ(run_in_time_namespace(listen_and_read), "");
  } catch (const std::system_error& failure) {
    GTEST_SKIP() << "needs CAP_SYS_ADMIN and CAP_SYS_TIME for a time namespace: " << failure.what();
  }
}

TEST_F(Events, WithoutPrivilegeAreClosingsAndSayWhy) {
  if (!may_become_nobody()) GTEST_SKIP() << "needs root and a second user id";
  const Child nobody([&]() -> std::string {
    become_nobody();
    ::unsetenv("TCPTABLE_BACKEND");  // one that is forced needs no reason
    const Fd listener = listen_on(loopback(Family::ipv4));
    Connection connection = make_connection(listener);
    const Endpoint client = local_endpoint(connection.client.get());
    auto opened = EventStream::open({});
    if (!opened) return to_string(opened.error());
    if (opened->source() != EventSource::multicast) return "not by multicast";
    if (!opened->why_not_bpf() || opened->why_not_bpf()->code != Errc::not_permitted) return "no reason";
    connection.client.reset();
    std::vector<Event> events(16);
    for (int i = 0; i < 100; ++i) {
      const auto count = opened->read(events);
      if (!count) return to_string(count.error());
      for (std::size_t at = 0; at < *count; ++at) {
        if (events[at].row.local == client && events[at].kind == EventKind::closed)
          return events[at].owner ? std::to_string(events[at].owner->pid)
                                  : std::string(to_string(events[at].row.owner_status));
      }
      std::this_thread::sleep_for(Milliseconds(20));
    }
    return "no event";
  });
  EXPECT_EQ(nobody.report(), std::to_string(nobody.pid()));
}

TEST_F(Events, OfUdpAreClosings) {
  EventQuery query;
  query.udp = true;
  open(query);
  Fd socket = open_socket(Family::ipv6, SOCK_DGRAM);
  bind_to(socket.get(), loopback(Family::ipv6));
  const Endpoint local = local_endpoint(socket.get());
  socket.reset();
  read_until(of_kind_at(EventKind::closed, local), 1);
  const Event closed = only(of_kind_at(EventKind::closed, local));
  EXPECT_EQ(closed.row.protocol, Protocol::udp);
  EXPECT_EQ(closed.source, EventSource::multicast);
  EXPECT_EQ(closed.row.owner_status, OwnerStatus::exited);  // it came and went between two looks
}

TEST_F(Events, NeedAQuestionThatCanBeAnswered) {
  EventQuery nothing;
  nothing.tcp = false;
  EXPECT_EQ(EventStream::open(nothing).error().code, Errc::invalid_argument);
  EventQuery by_dump;
  by_dump.source = EventSource::dump;
  EXPECT_EQ(EventStream::open(by_dump).error().code, Errc::invalid_argument);
  const ForcedBackend forced("procfs");
  EXPECT_EQ(EventStream::open({}).error().code, Errc::not_supported);
}

}  // namespace
}  // namespace tcptable::test
