// SPDX-License-Identifier: MIT
// Which rows each class has.
#include <unistd.h>

#include <algorithm>

#include "win32/tables/table_test.hpp"

namespace {

using loopback::accept_from;
using loopback::connect_to;
using loopback::listen_on;

template <typename Rows>
std::size_t count_state(const Rows& rows, DWORD state) {
  return static_cast<std::size_t>(
      std::count_if(rows.begin(), rows.end(), [&](const auto& row) { return row.dwState == state; }));
}

// A listener, an established pair, a half-closed pair and a connection in TIME_WAIT.
class TableClass : public TableTest {
 protected:
  void SetUp() override {
    TableTest::SetUp();
    if (IsSkipped()) return;
    listener_ = listen_on("127.0.0.1");
    client_ = connect_to("127.0.0.1", listener_.local_port());
    server_ = accept_from(listener_);
    half_closed_ = connect_to("127.0.0.1", listener_.local_port());
    accept_from(listener_).close();
    auto gone = connect_to("127.0.0.1", listener_.local_port());
    auto gone_server = accept_from(listener_);
    gone_port_ = gone.local_port();
    gone.close();
    usleep(20'000);  // the FIN's way: the side that closes first keeps TIME_WAIT
    gone_server.close();
    usleep(20'000);
  }

  loopback::Socket listener_, client_, server_, half_closed_;
  std::uint16_t gone_port_ = 0;
};

TEST_F(TableClass, ListenerClassesHaveListenersOnly) {
  EXPECT_EQ(extended_tcp<MIB_TCPTABLE>(kAfInet, TCP_TABLE_BASIC_LISTENER).size(), 1U);
  EXPECT_EQ(extended_tcp<MIB_TCPTABLE_OWNER_PID>(kAfInet, TCP_TABLE_OWNER_PID_LISTENER).size(), 1U);
  const auto rows = extended_tcp<MIB_TCPTABLE_OWNER_MODULE>(kAfInet, TCP_TABLE_OWNER_MODULE_LISTENER);
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].dwState, static_cast<DWORD>(MIB_TCP_STATE_LISTEN));
}

TEST_F(TableClass, ConnectionClassesHaveEverythingThatDoesNotListen) {
  const auto rows = extended_tcp<MIB_TCPTABLE_OWNER_PID>(kAfInet, TCP_TABLE_OWNER_PID_CONNECTIONS);
  EXPECT_EQ(count_state(rows, MIB_TCP_STATE_LISTEN), 0U);
  EXPECT_EQ(count_state(rows, MIB_TCP_STATE_ESTAB), 2U);
  EXPECT_EQ(count_state(rows, MIB_TCP_STATE_CLOSE_WAIT), 1U);
  EXPECT_EQ(count_state(rows, MIB_TCP_STATE_FIN_WAIT2), 1U);
  EXPECT_GE(count_state(rows, MIB_TCP_STATE_TIME_WAIT), 1U);
}

TEST_F(TableClass, AllClassesHaveListenersAndConnections) {
  const auto all = extended_tcp<MIB_TCPTABLE_OWNER_PID>(kAfInet, TCP_TABLE_OWNER_PID_ALL);
  const auto listeners = extended_tcp<MIB_TCPTABLE_OWNER_PID>(kAfInet, TCP_TABLE_OWNER_PID_LISTENER);
  const auto connections = extended_tcp<MIB_TCPTABLE_OWNER_PID>(kAfInet, TCP_TABLE_OWNER_PID_CONNECTIONS);
  EXPECT_EQ(all.size(), listeners.size() + connections.size());
  EXPECT_EQ(extended_tcp<MIB_TCPTABLE>(kAfInet, TCP_TABLE_BASIC_ALL).size(), all.size());
  EXPECT_EQ(extended_tcp<MIB_TCPTABLE_OWNER_MODULE>(kAfInet, TCP_TABLE_OWNER_MODULE_ALL).size(), all.size());
  EXPECT_EQ(tcp_table2().size(), all.size());
}

TEST_F(TableClass, TimeWaitRowsAreListedWithOwnerZero) {
  const auto row = row_with_local_port(tcp_table2(), gone_port_);
  EXPECT_EQ(row.dwState, static_cast<DWORD>(MIB_TCP_STATE_TIME_WAIT));
  EXPECT_EQ(row.dwOwningPid, 0U);
}

TEST_F(TableClass, BoundSocketsThatNeitherListenNorConnectAreInNoTable) {
  const auto bound = loopback::bound_tcp("127.0.0.1");
  const DWORD port = table_port(bound.local_port());
  for (const auto& row : tcp_table2()) EXPECT_NE(row.dwLocalPort, port);
}

TEST_F(TableClass, Ipv6SocketsAreNotFoldedIntoIpv4Tables) {
  const auto dual = loopback::listen_dual_stack();
  const auto client = connect_to("127.0.0.1", dual.local_port());
  const auto server = accept_from(dual);
  const DWORD port = table_port(dual.local_port());
  int v4_rows = 0;
  for (const auto& row : tcp_table2()) v4_rows += row.dwLocalPort == port;
  EXPECT_EQ(v4_rows, 0);
  int mapped = 0;
  int listening = 0;
  for (const auto& row : tcp6_table2()) {
    if (row.dwLocalPort != port) continue;
    listening += row.State == MIB_TCP_STATE_LISTEN;
    mapped += row.State == MIB_TCP_STATE_ESTAB && row.LocalAddr.u.Byte[10] == 0xff &&
              row.LocalAddr.u.Byte[12] == 127;
  }
  EXPECT_EQ(listening, 1);
  EXPECT_EQ(mapped, 1);
}

TEST_F(TableClass, UdpSocketsAreListedByTheirLocalEndpoint) {
  const auto socket = loopback::udp_on("127.0.0.1");
  const auto basic = extended_udp<MIB_UDPTABLE>(kAfInet, UDP_TABLE_BASIC);
  ASSERT_EQ(basic.size(), 1U);
  EXPECT_EQ(basic[0].dwLocalPort, table_port(socket.local_port()));
  const auto owned = extended_udp<MIB_UDPTABLE_OWNER_PID>(kAfInet, UDP_TABLE_OWNER_PID);
  ASSERT_EQ(owned.size(), 1U);
  EXPECT_EQ(owned[0].dwOwningPid, static_cast<DWORD>(getpid()));
  const auto module = extended_udp<MIB_UDPTABLE_OWNER_MODULE>(kAfInet, UDP_TABLE_OWNER_MODULE);
  ASSERT_EQ(module.size(), 1U);
  EXPECT_EQ(module[0].dwFlags, 0);
}

TEST_F(TableClass, Udp6SocketsAreInTheIpv6Tables) {
  const auto socket = loopback::udp_on("::1");
  const auto basic = extended_udp<MIB_UDP6TABLE>(kAfInet6, UDP_TABLE_BASIC);
  ASSERT_EQ(basic.size(), 1U);
  EXPECT_EQ(basic[0].dwLocalAddr.u.Byte[15], 1);
  const auto owned = extended_udp<MIB_UDP6TABLE_OWNER_PID>(kAfInet6, UDP_TABLE_OWNER_PID);
  ASSERT_EQ(owned.size(), 1U);
  EXPECT_EQ(owned[0].dwOwningPid, static_cast<DWORD>(getpid()));
  const auto module = extended_udp<MIB_UDP6TABLE_OWNER_MODULE>(kAfInet6, UDP_TABLE_OWNER_MODULE);
  ASSERT_EQ(module.size(), 1U);
  EXPECT_EQ(module[0].dwLocalPort, table_port(socket.local_port()));
}

}  // namespace
