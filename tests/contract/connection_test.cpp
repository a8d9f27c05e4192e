// SPDX-License-Identifier: MIT
// One socket by its endpoints: found in every state and family, never mistaken, and closed if it may be.
#include <net/if.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sched.h>

#include <algorithm>

#include "contract/snapshot_fixture.hpp"
#include "support/child_process.hpp"
#include "support/closing.hpp"
#include "support/network_namespace.hpp"
#include "support/privileges.hpp"
#include "support/socket_states.hpp"

namespace tcptable::test {
namespace {

class OneSocket : public InOwnNamespace {};

class Closing : public OneSocket {
 protected:
  void SetUp() override {
    OneSocket::SetUp();
    if (const auto reason = reason_against_closing()) GTEST_SKIP() << *reason;
  }
};

SocketKey key_of_udp(int fd, const Endpoint& remote) {
  return {Protocol::udp, local_endpoint(fd), remote};
}

std::string outcome_of(const Result<void>& closed) {
  return closed ? "closed" : to_string(closed.error());
}

Errc failure_of(const Result<SocketRow>& found) {
  return found ? Errc::io : found.error().code;
}

// What a blocked reader is told when its connection is closed for it.
int pending_error(int fd) {
  int error = 0;
  socklen_t size = sizeof error;
  check(::getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size), "SO_ERROR");
  return error;
}

TEST_F(OneSocket, EveryRowOfTheTableIsFoundByItsKey) {
  const auto held = hold_every_state();
  const Snapshot snapshot = snapshot_of(everything());
  ASSERT_GE(snapshot.rows().size(), held.size());
  for (const SocketRow& row : snapshot.rows()) {
    SCOPED_TRACE(std::string(to_string(row.state)) + " " + describe(row.local) + " " + describe(row.remote));
    const auto found = find_socket(key_of(row));
    ASSERT_TRUE(found) << to_string(found.error());
    EXPECT_EQ(found->cookie, row.cookie);
    EXPECT_EQ(found->inode, row.inode);
    EXPECT_EQ(found->state, row.state);
    EXPECT_EQ(found->local, row.local);
    EXPECT_EQ(found->remote, row.remote);
  }
}

TEST_F(OneSocket, AnotherSocketsCookieFindsNothing) {
  const Fd listener = listen_on(loopback(Family::ipv4));
  const Connection connection = make_connection(listener);
  SocketKey key{Protocol::tcp, local_endpoint(connection.client.get()), local_endpoint(listener.get())};
  ASSERT_TRUE(find_socket(key));
  key.cookie = find_socket({Protocol::tcp, local_endpoint(listener.get()), nowhere(Family::ipv4)})->cookie;
  EXPECT_EQ(failure_of(find_socket(key)), Errc::not_found);
}

TEST_F(OneSocket, AConnectionThatHasGoneIsNotItsListener) {
  const Fd listener = listen_on(endpoint("0.0.0.0"));
  const std::uint16_t port = local_endpoint(listener.get()).port;
  const SocketKey gone{Protocol::tcp, loopback(Family::ipv4, port), loopback(Family::ipv4, 1)};
  EXPECT_EQ(failure_of(find_socket(gone)), Errc::not_found);
}

TEST_F(OneSocket, AWildcardListenerIsFoundUnderItsOwnNameOnly) {
  const Fd listener = listen_on(endpoint("0.0.0.0"));
  const Endpoint bound = local_endpoint(listener.get());
  EXPECT_TRUE(find_socket({Protocol::tcp, bound, nowhere(Family::ipv4)}));
  const SocketKey narrower{Protocol::tcp, loopback(Family::ipv4, bound.port), nowhere(Family::ipv4)};
  EXPECT_EQ(failure_of(find_socket(narrower)), Errc::not_found);
}

TEST_F(OneSocket, ADualStackConnectionIsFoundUnderBothItsNames) {
  const Fd listener = listen_on(endpoint("::"));
  const std::uint16_t port = local_endpoint(listener.get()).port;
  Fd client = open_socket(Family::ipv4, SOCK_STREAM);
  connect_to(client.get(), loopback(Family::ipv4, port));
  const Endpoint peer = local_endpoint(client.get());
  const auto plain = find_socket({Protocol::tcp, loopback(Family::ipv4, port), peer});
  const auto mapped = find_socket(
      {Protocol::tcp, endpoint("::ffff:127.0.0.1", port), endpoint("::ffff:127.0.0.1", peer.port)});
  ASSERT_TRUE(plain);
  ASSERT_TRUE(mapped);
  EXPECT_EQ(plain->cookie, mapped->cookie);
  EXPECT_EQ(plain->local.family, Family::ipv6);
}

TEST_F(OneSocket, UdpSocketsAreFoundWithAndWithoutPeer) {
  for (const Family family : {Family::ipv4, Family::ipv6}) {
    const Fd server = open_socket(family, SOCK_DGRAM);
    bind_to(server.get(), loopback(family));
    const Fd client = open_socket(family, SOCK_DGRAM);
    connect_to(client.get(), local_endpoint(server.get()));
    const auto found_server = find_socket(key_of_udp(server.get(), nowhere(family)));
    const auto found_client = find_socket(key_of_udp(client.get(), local_endpoint(server.get())));
    ASSERT_TRUE(found_server);
    ASSERT_TRUE(found_client);
    EXPECT_EQ(found_client->state, State::established);
    EXPECT_NE(found_client->cookie, found_server->cookie);
    // The server has no peer, whoever sends to it.
    EXPECT_EQ(failure_of(find_socket(key_of_udp(server.get(), local_endpoint(client.get())))),
              Errc::not_found);
  }
}

TEST_F(OneSocket, ASocketBoundToAnInterfaceIsFoundWithoutNamingIt) {
  const Fd listener = listen_on(loopback(Family::ipv4));
  Fd client = open_socket(Family::ipv4, SOCK_STREAM);
  check(::setsockopt(client.get(), SOL_SOCKET, SO_BINDTODEVICE, "lo", 3), "SO_BINDTODEVICE");
  connect_to(client.get(), local_endpoint(listener.get()));
  SocketKey key{Protocol::tcp, local_endpoint(client.get()), local_endpoint(listener.get())};
  const auto found = find_socket(key);
  ASSERT_TRUE(found) << to_string(found.error());
  EXPECT_EQ(found->interface, ::if_nametoindex("lo"));
  key.interface = found->interface + 1;
  EXPECT_EQ(failure_of(find_socket(key)), Errc::not_found);
}

TEST_F(OneSocket, ALinkLocalSocketIsFoundByItsScope) {
  const auto index = add_link_local_interface("there");
  if (!index) GTEST_SKIP() << "needs dummy or veth interfaces in the kernel";
  const Fd listener = listen_on(endpoint("fe80::1", 0, *index));
  const Endpoint bound = local_endpoint(listener.get());
  const auto found = find_socket({Protocol::tcp, bound, nowhere(Family::ipv6)});
  ASSERT_TRUE(found) << to_string(found.error());
  EXPECT_EQ(found->local.scope_id, *index);
  EXPECT_TRUE(find_socket({Protocol::tcp, endpoint("fe80::1", bound.port), nowhere(Family::ipv6)}));
  const Endpoint elsewhere = endpoint("fe80::1", bound.port, ::if_nametoindex("lo"));
  EXPECT_EQ(failure_of(find_socket({Protocol::tcp, elsewhere, nowhere(Family::ipv6)})), Errc::not_found);
}

TEST_F(OneSocket, CountersComeWithTheConnectionAndWithNothingElse) {
  for (const State state : kHoldableStates) {
    SCOPED_TRACE(to_string(state));
    const HeldState held = hold_state(state, Family::ipv4);
    const auto details = inspect_socket({Protocol::tcp, held.local, held.remote});
    ASSERT_TRUE(details) << to_string(details.error());
    EXPECT_EQ(details->tcp_info.has_value(), state != State::syn_recv && state != State::time_wait);
    EXPECT_FALSE(details->multipath_subflow);
  }
}

TEST_F(Closing, EveryStateButListenCanBeClosed) {
  bool time_wait_stays = false;
  for (const Family family : {Family::ipv4, Family::ipv6}) {
    for (const State state : kHoldableStates) {
      if (state == State::listen) continue;
      SCOPED_TRACE(std::string(to_string(state)) + " " + address_text(loopback(family)));
      const HeldState held = hold_state(state, family);
      const SocketKey key{Protocol::tcp, held.local, held.remote};
      const auto closed = close_connection(key);
      const bool refused = !closed && closed.error().code == Errc::not_supported;
      time_wait_stays = time_wait_stays || (state == State::time_wait && refused);
      if (state == State::time_wait && refused) continue;
      EXPECT_EQ(outcome_of(closed), "closed");
      EXPECT_EQ(failure_of(find_socket(key)), Errc::not_found);
      if (held.fd < 0) continue;
      EXPECT_EQ(pending_error(held.fd), ECONNABORTED);
    }
  }
  if (time_wait_stays) GTEST_SKIP() << "needs a kernel that closes TIME_WAIT: 6.1 does, 5.10 does not";
}

TEST_F(Closing, TellsThePeerByAReset) {
  const Fd listener = listen_on(loopback(Family::ipv4));
  const Connection connection = make_connection(listener);
  const SocketKey client{Protocol::tcp, local_endpoint(connection.client.get()),
                         local_endpoint(listener.get())};
  ASSERT_EQ(outcome_of(close_connection(client)), "closed");
  EXPECT_EQ(pending_error(connection.server.get()), ECONNRESET);
  EXPECT_EQ(pending_error(connection.client.get()), ECONNABORTED);
}

TEST_F(OneSocket, AListenerIsRefusedAndLives) {
  for (const char* address : {"127.0.0.1", "0.0.0.0", "::1", "::"}) {
    SCOPED_TRACE(address);
    const Fd listener = listen_on(endpoint(address));
    const Endpoint bound = local_endpoint(listener.get());
    const auto closed = close_connection({Protocol::tcp, bound, nowhere(bound.family)});
    ASSERT_FALSE(closed);
    EXPECT_EQ(closed.error().code, Errc::is_listener);
    EXPECT_EQ(state_of(listener.get()), State::listen);
  }
}

TEST_F(Closing, AListenerIsEndedByTheCallForListenersAlone) {
  const Fd listener = listen_on(loopback(Family::ipv4));
  const Connection connection = make_connection(listener);
  const auto refused = close_listener(
      {Protocol::tcp, local_endpoint(connection.client.get()), local_endpoint(listener.get())});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::not_found);
  const auto row =
      find_socket(SocketKey{Protocol::tcp, local_endpoint(listener.get()), nowhere(Family::ipv4)});
  ASSERT_TRUE(row);
  ASSERT_TRUE(close_listener(key_of(*row)));
  EXPECT_EQ(state_of(listener.get()), State::close);
  EXPECT_FALSE(close_listener(key_of(*row)));
  EXPECT_EQ(state_of(connection.client.get()), State::established);
}

TEST_F(OneSocket, UdpIsNotClosed) {
  const Fd socket = open_socket(Family::ipv4, SOCK_DGRAM);
  bind_to(socket.get(), loopback(Family::ipv4));
  const auto closed = close_connection(key_of_udp(socket.get(), nowhere(Family::ipv4)));
  ASSERT_FALSE(closed);
  EXPECT_EQ(closed.error().code, Errc::not_supported);
}

TEST_F(OneSocket, AKernelThatCanNotCloseSaysSoAndEverySocketLives) {
  if (const auto reason = reason_against_refusing()) GTEST_SKIP() << *reason;
  const std::string refusal = to_string(Error{Errc::not_supported, Step::receive_reply, EOPNOTSUPP});
  for (const State state : kHoldableStates) {
    SCOPED_TRACE(to_string(state));
    const HeldState held = hold_state(state, Family::ipv4);
    const SocketKey key{Protocol::tcp, held.local, held.remote};
    EXPECT_EQ(outcome_of(state == State::listen ? close_listener(key) : close_connection(key)), refusal);
    const auto found = find_socket(key);
    ASSERT_TRUE(found) << to_string(found.error());
    EXPECT_EQ(found->state, state);
  }
  const SocketKey nothing{Protocol::tcp, loopback(Family::ipv4, 1), loopback(Family::ipv4, 2)};
  EXPECT_EQ(outcome_of(close_connection(nothing)),
            to_string(Error{Errc::not_found, Step::receive_reply, ENOENT}));
}

TEST_F(OneSocket, AMultipathSubflowIsRefusedAndTheConnectionLives) {
  constexpr int kMultipath = 262;  // IPPROTO_MPTCP
  Fd listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, kMultipath));
  if (listener.get() < 0) GTEST_SKIP() << "needs Multipath TCP in the kernel (CONFIG_MPTCP)";
  bind_to(listener.get(), loopback(Family::ipv4));
  check(::listen(listener.get(), 8), "listen");
  Fd client(check(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, kMultipath), "socket"));
  connect_to(client.get(), local_endpoint(listener.get()));
  const Fd server(check(::accept(listener.get(), nullptr, nullptr), "accept"));
  for (const SocketKey& end :
       {SocketKey{Protocol::tcp, local_endpoint(client.get()), local_endpoint(listener.get())},
        SocketKey{Protocol::tcp, local_endpoint(listener.get()), local_endpoint(client.get())}}) {
    const auto closed = close_connection(end);
    ASSERT_FALSE(closed);
    EXPECT_EQ(closed.error().code, Errc::is_multipath);
  }
  EXPECT_EQ(::send(client.get(), "x", 1, MSG_NOSIGNAL), 1);
  char byte = 0;
  EXPECT_EQ(::recv(server.get(), &byte, 1, 0), 1);
}

TEST_F(Closing, AnOrdinaryUserFindsEverySocketAndClosesNone) {
  if (!may_become_nobody()) GTEST_SKIP() << "needs root and a second user id";
  const Fd listener = listen_on(loopback(Family::ipv4));
  const Connection connection = make_connection(listener);
  const SocketKey key{Protocol::tcp, local_endpoint(connection.client.get()), local_endpoint(listener.get())};
  const Child child([&]() -> std::string {
    become_nobody();
    const auto details = inspect_socket(key);
    if (!details || !details->tcp_info) return "not found";
    const auto closed = close_connection(key);
    return closed ? "closed" : to_string(closed.error());
  });
  EXPECT_EQ(child.report(), to_string(Error{Errc::not_permitted, Step::receive_reply, EPERM}));
  EXPECT_EQ(state_of(connection.client.get()), State::established);
}

TEST_F(Closing, RootOfAUserNamespaceClosesConnectionsOfItsOwnNetworkOnly) {
  const Fd listener = listen_on(loopback(Family::ipv4));
  const Connection connection = make_connection(listener);
  const SocketKey outside{Protocol::tcp, local_endpoint(connection.client.get()),
                          local_endpoint(listener.get())};
  const Child child([&]() -> std::string {
    if (::unshare(CLONE_NEWUSER) != 0) return "needs user namespaces";
    if (const auto closed = close_connection(outside); closed || closed.error().code != Errc::not_permitted) {
      return "the parent's connection: " + outcome_of(closed);
    }
    if (const auto reason = enter_network_namespace()) return "needs user namespaces: " + *reason;
    const Fd inner_listener = listen_on(loopback(Family::ipv4));
    const Connection inner = make_connection(inner_listener);
    return outcome_of(close_connection(
        {Protocol::tcp, local_endpoint(inner.client.get()), local_endpoint(inner_listener.get())}));
  });
  if (child.report().starts_with("needs")) GTEST_SKIP() << child.report();
  EXPECT_EQ(child.report(), "closed");
  EXPECT_EQ(state_of(connection.client.get()), State::established);
}

}  // namespace
}  // namespace tcptable::test
