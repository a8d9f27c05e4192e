// SPDX-License-Identifier: MIT
// sock_diag and /proc/net tell the same of the same sockets, row by row.
#include "contract/snapshot_fixture.hpp"
#include "support/network_namespace.hpp"
#include "support/socket_states.hpp"

namespace tcptable::test {
namespace {

using Agreement = InOwnNamespace;

std::vector<std::string> described_by(const char* backend, const Query& query) {
  const ForcedBackend forced(backend);
  const Snapshot snapshot = snapshot_of(query);
  EXPECT_EQ(snapshot.backend_name(), backend);
  return describe_rows(snapshot);
}

// Both backends' lines, compared; returns sock_diag's.
std::vector<std::string> agreed_rows(const Query& query = everything()) {
  const auto by_sock_diag = described_by("sock_diag", query);
  EXPECT_EQ(by_sock_diag, described_by("procfs", query));
  return by_sock_diag;
}

struct BoundUdp {
  Fd socket;
  Endpoint local;
};

BoundUdp bind_udp(const Endpoint& where) {
  Fd socket = open_socket(where.family, SOCK_DGRAM);
  bind_to(socket.get(), where);
  const Endpoint local = local_endpoint(socket.get());
  return {std::move(socket), local};
}

TEST_F(Agreement, OnEveryStateOfBothFamilies) {
  const auto held = hold_every_state();
  EXPECT_GE(agreed_rows().size(), held.size());
}

TEST_F(Agreement, OnAnEmptyTable) {
  EXPECT_TRUE(agreed_rows().empty());
}

TEST_F(Agreement, OnTheQueuesOfConnectionsAndListeners) {
  const Fd listener = listen_on(loopback(Family::ipv4));
  const Connection connection = make_connection(listener);
  const Fd waiting = open_socket(Family::ipv4, SOCK_STREAM);
  connect_to(waiting.get(), local_endpoint(listener.get()));
  ASSERT_EQ(::send(connection.client.get(), "12345", 5, 0), 5);
  for (const char* backend : {"sock_diag", "procfs"}) {
    SCOPED_TRACE(backend);
    const ForcedBackend forced(backend);
    const Snapshot snapshot = snapshot_of(everything());
    const Endpoint server = local_endpoint(listener.get());
    const auto* listening = find_row(snapshot, server, nowhere(Family::ipv4));
    const auto* receiving = find_row(snapshot, server, local_endpoint(connection.client.get()));
    ASSERT_NE(listening, nullptr);
    ASSERT_NE(receiving, nullptr);
    EXPECT_EQ(listening->receive_queue, 1U);
    EXPECT_EQ(receiving->receive_queue, 5U);
  }
}

TEST_F(Agreement, OnUdpSocketsConnectedAndNot) {
  for (const Family family : {Family::ipv4, Family::ipv6}) {
    const BoundUdp open = bind_udp(loopback(family));
    const BoundUdp connected = bind_udp(loopback(family));
    connect_to(connected.socket.get(), open.local);
    agreed_rows();
    const Snapshot snapshot = snapshot_of(everything());
    const SocketRow* open_row = find_row(snapshot, open.local, nowhere(family));
    const SocketRow* connected_row = find_row(snapshot, connected.local, open.local);
    ASSERT_NE(open_row, nullptr);
    ASSERT_NE(connected_row, nullptr);
    EXPECT_EQ(open_row->protocol, Protocol::udp);
    EXPECT_EQ(to_string(open_row->state), "close");
    EXPECT_EQ(to_string(connected_row->state), "established");
  }
}

TEST_F(Agreement, OnADualStackListenerAndItsMappedConnections) {
  const Fd listener = listen_on(endpoint("::"));
  const Endpoint server = local_endpoint(listener.get());
  Fd client = open_socket(Family::ipv4, SOCK_STREAM);
  connect_to(client.get(), endpoint("127.0.0.1", server.port));
  const Fd accepted(check(::accept(listener.get(), nullptr, nullptr), "accept"));
  agreed_rows();

  const Snapshot snapshot = snapshot_of(everything());
  const Endpoint mapped_server = local_endpoint(accepted.get());
  EXPECT_EQ(address_text(mapped_server), "::ffff:127.0.0.1");
  EXPECT_NE(find_row(snapshot, mapped_server, remote_endpoint(accepted.get())), nullptr);
  EXPECT_NE(find_row(snapshot, local_endpoint(client.get()), remote_endpoint(client.get())), nullptr);
  EXPECT_NE(find_row(snapshot, server, nowhere(Family::ipv6)), nullptr);
}

TEST_F(Agreement, OnTheScopeOfLinkLocalAddresses) {
  const auto interface = add_link_local_interface("link0");
  if (!interface) GTEST_SKIP() << "needs dummy or veth interfaces in the kernel";
  const Fd listener = listen_on(endpoint("fe80::1", 0, *interface));
  const Connection connection = make_connection(listener);
  const BoundUdp udp = bind_udp(endpoint("fe80::1", 0, *interface));
  const auto lines = agreed_rows();
  EXPECT_EQ(lines.size(), 4U);

  const Snapshot snapshot = snapshot_of(everything());
  const Endpoint server = local_endpoint(listener.get());
  ASSERT_EQ(server.scope_id, *interface);
  EXPECT_NE(find_row(snapshot, server, nowhere(Family::ipv6)), nullptr);
  EXPECT_NE(find_row(snapshot, server, local_endpoint(connection.client.get())), nullptr);
  EXPECT_NE(find_row(snapshot, udp.local, nowhere(Family::ipv6)), nullptr);
}

TEST_F(Agreement, OnEachSubsetOfProtocolsAndFamilies) {
  const Fd tcp4 = listen_on(loopback(Family::ipv4));
  const Fd tcp6 = listen_on(loopback(Family::ipv6));
  const BoundUdp udp4 = bind_udp(loopback(Family::ipv4));
  const BoundUdp udp6 = bind_udp(loopback(Family::ipv6));
  for (unsigned bits = 0; bits < 16; ++bits) {
    Query query;
    query.tcp = (bits & 1U) != 0;
    query.udp = (bits & 2U) != 0;
    query.ipv4 = (bits & 4U) != 0;
    query.ipv6 = (bits & 8U) != 0;
    const std::size_t protocols = (query.tcp ? 1U : 0U) + (query.udp ? 1U : 0U);
    const std::size_t families = (query.ipv4 ? 1U : 0U) + (query.ipv6 ? 1U : 0U);
    if (protocols == 0 || families == 0) continue;  // no query
    SCOPED_TRACE(bits);
    EXPECT_EQ(agreed_rows(query).size(), protocols * families);
  }
}

}  // namespace
}  // namespace tcptable::test
