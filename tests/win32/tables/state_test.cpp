// SPDX-License-Identifier: MIT
// What rows say of sockets in every state, of link-local addresses and of who accepted: real sockets, through
// the Windows calls. The system's socket headers come first, since iphlpapi.h can't precede them.
#include <unistd.h>

#include "support/child_process.hpp"
#include "support/network_namespace.hpp"
#include "support/socket_states.hpp"

#include "win32/tables/table_test.hpp"

namespace {

using namespace tcptable;

DWORD self() {
  return static_cast<DWORD>(getpid());
}

// The numbers of the page MIB_TCPROW2, not the header's names for them.
DWORD windows_number(State state) {
  switch (state) {
    case State::listen:
      return 2;
    case State::syn_sent:
      return 3;
    case State::syn_recv:
      return 4;
    case State::established:
      return 5;
    case State::fin_wait1:
      return 6;
    case State::fin_wait2:
      return 7;
    case State::close_wait:
      return 8;
    case State::closing:
      return 9;
    case State::last_ack:
      return 10;
    case State::time_wait:
      return 11;
    default:
      return 0;
  }
}

// A socket with a descriptor is ours, and so is the connection that our listener has not accepted yet.
DWORD expected_owner(const test::HeldState& held) {
  return held.fd >= 0 || held.state == State::syn_recv ? self() : 0;
}

template <typename Row>
const Row* find_row(const std::vector<Row>& rows, const test::HeldState& held) {
  for (const Row& row : rows) {
    if (row.dwLocalPort == table_port(held.local.port) && row.dwRemotePort == table_port(held.remote.port))
      return &row;
  }
  return nullptr;
}

DWORD state_of(const MIB_TCPROW2& row) {
  return row.dwState;
}
DWORD state_of(const MIB_TCP6ROW2& row) {
  return static_cast<DWORD>(row.State);
}

template <typename Row>
void expect_row(const std::vector<Row>& rows, const test::HeldState& held) {
  SCOPED_TRACE(std::string(to_string(held.state)));
  const Row* row = find_row(rows, held);
  ASSERT_NE(row, nullptr);
  EXPECT_EQ(state_of(*row), windows_number(held.state));
  EXPECT_EQ(row->dwOwningPid, expected_owner(held));
  EXPECT_EQ(row->dwOffloadState, TcpConnectionOffloadStateInHost);
}

class SocketState : public TableTest {};

TEST_F(SocketState, HasWindowsNumberAndItsOwnerInIpv4) {
  for (const State state : test::kHoldableStates) {
    const test::HeldState held = test::hold_state(state, Family::ipv4);
    expect_row(tcp_table2(), held);
  }
}

TEST_F(SocketState, HasWindowsNumberAndItsOwnerInIpv6) {
  for (const State state : test::kHoldableStates) {
    const test::HeldState held = test::hold_state(state, Family::ipv6);
    expect_row(tcp6_table2(), held);
  }
}

TEST_F(SocketState, ConnectionClassesHaveEveryStateButListen) {
  const auto held = test::hold_every_state();
  const auto rows4 = extended_tcp<MIB_TCPTABLE_OWNER_PID>(kAfInet, TCP_TABLE_OWNER_PID_CONNECTIONS);
  const auto rows6 = extended_tcp<MIB_TCP6TABLE_OWNER_PID>(kAfInet6, TCP_TABLE_OWNER_PID_CONNECTIONS);
  for (const test::HeldState& one : held) {
    SCOPED_TRACE(std::string(to_string(one.state)));
    const bool found =
        one.local.family == Family::ipv4 ? find_row(rows4, one) != nullptr : find_row(rows6, one) != nullptr;
    EXPECT_EQ(found, one.state != State::listen);
  }
}

TEST_F(SocketState, PortsHaveZerosInTheirUpperHalf) {
  const auto held = test::hold_every_state();
  for (const auto& row : tcp_table2()) EXPECT_EQ((row.dwLocalPort | row.dwRemotePort) >> 16, 0U);
  for (const auto& row : tcp6_table2()) EXPECT_EQ((row.dwLocalPort | row.dwRemotePort) >> 16, 0U);
}

class ScopeId : public TableTest {
 protected:
  void SetUp() override {
    TableTest::SetUp();
    if (IsSkipped()) return;
    const auto index = test::add_link_local_interface("link0");
    if (!index) GTEST_SKIP() << "needs dummy or veth interfaces in the kernel";
    interface_ = *index;
  }
  std::uint32_t interface_ = 0;
};

TEST_F(ScopeId, OfALinkLocalAddressIsTheInterfacesIndexInHostOrder) {
  const test::Fd listener = test::listen_on(test::endpoint("fe80::1", 0, interface_));
  const test::Connection connection = test::make_connection(listener);
  const std::uint16_t listener_port = test::local_endpoint(listener.get()).port;
  const std::uint16_t client_port = test::local_endpoint(connection.client.get()).port;
  const auto client = row_with_local_port(tcp6_table2(), client_port);
  EXPECT_EQ(client.dwLocalScopeId, interface_);
  EXPECT_EQ(client.dwRemoteScopeId, interface_);
  const auto owned = row_with_local_port(
      extended_tcp<MIB_TCP6TABLE_OWNER_PID>(kAfInet6, TCP_TABLE_OWNER_PID_ALL), client_port);
  EXPECT_EQ(owned.dwLocalScopeId, interface_);
  EXPECT_EQ(owned.dwRemoteScopeId, interface_);
  const auto listening = row_with_local_port(
      extended_tcp<MIB_TCP6TABLE_OWNER_MODULE>(kAfInet6, TCP_TABLE_OWNER_MODULE_LISTENER), listener_port);
  EXPECT_EQ(listening.dwLocalScopeId, interface_);
  EXPECT_EQ(listening.dwRemoteScopeId, 0U);
}

TEST_F(ScopeId, OfUdpIsTheInterfacesIndexToo) {
  const test::Fd socket = test::open_socket(Family::ipv6, SOCK_DGRAM);
  test::bind_to(socket.get(), test::endpoint("fe80::1", 0, interface_));
  const auto basic = extended_udp<MIB_UDP6TABLE>(kAfInet6, UDP_TABLE_BASIC);
  ASSERT_EQ(basic.size(), 1U);
  EXPECT_EQ(basic[0].dwLocalScopeId, interface_);
  const auto owned = extended_udp<MIB_UDP6TABLE_OWNER_PID>(kAfInet6, UDP_TABLE_OWNER_PID);
  ASSERT_EQ(owned.size(), 1U);
  EXPECT_EQ(owned[0].dwLocalScopeId, interface_);
}

class OwningPid : public TableTest {};

TEST_F(OwningPid, OfAnAcceptedConnectionIsTheProcessThatAccepted) {
  const test::Fd listener = test::listen_on(test::loopback(Family::ipv4));
  const std::uint16_t port = test::local_endpoint(listener.get()).port;
  const auto client = loopback::connect_to("127.0.0.1", port);
  int accepted = -1;
  const test::Child worker([&]() -> std::string {
    accepted = test::check(::accept(listener.get(), nullptr, nullptr), "accept");
    return {};
  });
  ASSERT_EQ(worker.report(), "");
  for (const auto& row : tcp_table2()) {
    if (row.dwLocalPort != table_port(port)) continue;
    const bool listening = row.dwState == static_cast<DWORD>(MIB_TCP_STATE_LISTEN);
    EXPECT_EQ(row.dwOwningPid, listening ? self() : static_cast<DWORD>(worker.pid()));
  }
}

}  // namespace
