// SPDX-License-Identifier: MIT
// What the kernel counts for each connection of a table.
#include <netinet/tcp.h>

#include <array>
#include <cstring>

#include "contract/snapshot_fixture.hpp"
#include "support/network_namespace.hpp"
#include "support/socket_states.hpp"

namespace tcptable::test {
namespace {

using TcpInfos = InOwnNamespace;

Query with_tcp_info() {
  Query query = everything();
  query.owners = false;
  query.tcp_info = true;
  return query;
}

std::string congestion_control_of(int fd) {
  std::array<char, 16> name{};
  socklen_t size = name.size();
  check(::getsockopt(fd, IPPROTO_TCP, TCP_CONGESTION, name.data(), &size), "TCP_CONGESTION");
  return name.data();
}

TEST_F(TcpInfos, EachRowHasItsOwn) {
  const Fd listener = listen_on(loopback(Family::ipv4), 64);
  std::vector<Connection> connections;
  for (int i = 0; i < 20; ++i) {
    connections.push_back(make_connection(listener));
    const std::string data(static_cast<std::size_t>(100 + i), 'x');
    check(::send(connections.back().client.get(), data.data(), data.size(), 0), "send");
  }
  const Snapshot snapshot = snapshot_of(with_tcp_info());
  EXPECT_EQ(snapshot.backend_name(), "sock_diag");
  for (int i = 0; i < 20; ++i) {
    const int client = connections[static_cast<std::size_t>(i)].client.get();
    const SocketRow* sending = find_row(snapshot, local_endpoint(client), remote_endpoint(client));
    const SocketRow* receiving = find_row(snapshot, remote_endpoint(client), local_endpoint(client));
    ASSERT_NE(sending, nullptr);
    ASSERT_NE(receiving, nullptr);
    const TcpInfo* sent = snapshot.tcp_info(*sending);
    const TcpInfo* received = snapshot.tcp_info(*receiving);
    ASSERT_NE(sent, nullptr);
    ASSERT_NE(received, nullptr);
    EXPECT_EQ(sent->bytes_sent, static_cast<std::uint64_t>(100 + i));
    EXPECT_EQ(received->bytes_received, static_cast<std::uint64_t>(100 + i));
    EXPECT_EQ(sent->congestion_control, congestion_control_of(client));
    EXPECT_TRUE(sent->pacing_rate);
    EXPECT_EQ(sent->upper_layer, "");
  }
}

TEST_F(TcpInfos, TheCongestionControlIsTheSocketsOwn) {
  const Fd listener = listen_on(loopback(Family::ipv4));
  const Connection connection = make_connection(listener);
  const int client = connection.client.get();
  check(::setsockopt(client, IPPROTO_TCP, TCP_CONGESTION, "reno", 4), "TCP_CONGESTION");
  const Snapshot snapshot = snapshot_of(with_tcp_info());
  const SocketRow* row = find_row(snapshot, local_endpoint(client), remote_endpoint(client));
  ASSERT_NE(row, nullptr);
  EXPECT_EQ(snapshot.tcp_info(*row)->congestion_control, "reno");
}

TEST_F(TcpInfos, TheKernelsTlsIsAnUpperLayer) {
  const Fd listener = listen_on(loopback(Family::ipv4));
  const Connection connection = make_connection(listener);
  const int client = connection.client.get();
  if (::setsockopt(client, IPPROTO_TCP, TCP_ULP, "tls", 3) != 0) GTEST_SKIP() << "needs CONFIG_TLS";
  const Snapshot snapshot = snapshot_of(with_tcp_info());
  const SocketRow* row = find_row(snapshot, local_endpoint(client), remote_endpoint(client));
  ASSERT_NE(row, nullptr);
  EXPECT_EQ(snapshot.tcp_info(*row)->upper_layer, "tls");
}

TEST_F(TcpInfos, ASubflowsUpperLayerIsMptcp) {
  constexpr int kMultipath = 262;  // IPPROTO_MPTCP
  const Fd listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, kMultipath));
  if (listener.get() < 0) GTEST_SKIP() << "needs Multipath TCP in the kernel (CONFIG_MPTCP)";
  bind_to(listener.get(), loopback(Family::ipv4));
  check(::listen(listener.get(), 8), "listen");
  const Fd client(check(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, kMultipath), "socket"));
  connect_to(client.get(), local_endpoint(listener.get()));
  const Snapshot snapshot = snapshot_of(with_tcp_info());
  const SocketRow* row = find_row(snapshot, local_endpoint(client.get()), local_endpoint(listener.get()));
  ASSERT_NE(row, nullptr);
  EXPECT_EQ(snapshot.tcp_info(*row)->upper_layer, "mptcp");
}

TEST_F(TcpInfos, StatesWithoutConnectionAndUdpHaveNone) {
  const auto held = hold_every_state();
  const Fd udp = open_socket(Family::ipv4, SOCK_DGRAM);
  bind_to(udp.get(), loopback(Family::ipv4));
  const Snapshot snapshot = snapshot_of(with_tcp_info());
  for (const SocketRow& row : snapshot.rows()) {
    SCOPED_TRACE(to_string(row.state));
    const bool mini = row.state == State::time_wait || row.state == State::syn_recv;
    const bool orphaned_fin_wait2 = row.state == State::fin_wait2 && row.inode == 0;
    if (row.protocol == Protocol::udp || mini) {
      EXPECT_EQ(snapshot.tcp_info(row), nullptr);
    } else if (!orphaned_fin_wait2) {
      EXPECT_NE(snapshot.tcp_info(row), nullptr);
    }
  }
}

TEST_F(TcpInfos, WithoutTheWishNoRowHasOne) {
  const Fd listener = listen_on(loopback(Family::ipv4));
  const Snapshot snapshot = snapshot_of(everything());
  ASSERT_EQ(snapshot.rows().size(), 1U);
  EXPECT_EQ(snapshot.tcp_info(snapshot.rows()[0]), nullptr);
  EXPECT_EQ(snapshot.cgroup(snapshot.rows()[0]), nullptr);
}

TEST_F(TcpInfos, ACopiedRowHasNone) {
  const Fd listener = listen_on(loopback(Family::ipv4));
  const Snapshot snapshot = snapshot_of(with_tcp_info());
  const SocketRow copy = snapshot.rows()[0];
  EXPECT_EQ(snapshot.tcp_info(copy), nullptr);
  EXPECT_NE(snapshot.tcp_info(snapshot.rows()[0]), nullptr);
}

TEST_F(TcpInfos, BuffersAreThoseThatTheProcessHasSet) {
  const Fd socket = open_socket(Family::ipv6, SOCK_DGRAM);
  const int size = 100'000;
  check(::setsockopt(socket.get(), SOL_SOCKET, SO_RCVBUF, &size, sizeof size), "SO_RCVBUF");
  bind_to(socket.get(), loopback(Family::ipv6));
  const HeldState gone = hold_state(State::time_wait, Family::ipv4);
  Query query;
  query.udp = query.memory = true;
  const Snapshot snapshot = snapshot_of(query);
  const SocketRow* row = find_row(snapshot, local_endpoint(socket.get()), endpoint("::", 0));
  ASSERT_NE(row, nullptr);
  ASSERT_NE(snapshot.memory(*row), nullptr);
  EXPECT_EQ(snapshot.memory(*row)->receive_buffer, 2U * 100'000);  // socket(7): the kernel doubles it
  EXPECT_EQ(snapshot.memory(*row)->drops, 0U);
  const SocketRow* mini = find_row(snapshot, gone.local, gone.remote);
  ASSERT_NE(mini, nullptr);
  EXPECT_EQ(snapshot.memory(*mini), nullptr);
  const Snapshot without = snapshot_of({});
  EXPECT_EQ(without.memory(without.rows()[0]), nullptr);
}

}  // namespace
}  // namespace tcptable::test
