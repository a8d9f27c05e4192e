// SPDX-License-Identifier: MIT
// What each member of a row says.
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <thread>

#include "win32/tables/table_test.hpp"

namespace {

using loopback::accept_from;
using loopback::connect_to;
using loopback::listen_on;

class RowContent : public TableTest {};

constexpr DWORD kLoopback4 = 0x0100007f;  // 127.0.0.1, network byte order in memory, little-endian machine

DWORD self() {
  return static_cast<DWORD>(getpid());
}

TEST_F(RowContent, ListenerHasItsPortInNetworkOrderAndNoRemoteEnd) {
  const auto listener = listen_on("127.0.0.1");
  const auto row = row_with_local_port(tcp_table2(), listener.local_port());
  EXPECT_EQ(row.dwState, static_cast<DWORD>(MIB_TCP_STATE_LISTEN));
  EXPECT_EQ(row.dwLocalAddr, kLoopback4);
  EXPECT_EQ(row.dwLocalPort >> 16, 0U);
  EXPECT_EQ(row.dwRemoteAddr, 0U);
  EXPECT_EQ(row.dwRemotePort, 0U);
  EXPECT_EQ(row.dwOwningPid, self());
  EXPECT_EQ(row.dwOffloadState, TcpConnectionOffloadStateInHost);
}

TEST_F(RowContent, BothEndsOfAConnectionMirrorEachOther) {
  const auto listener = listen_on("127.0.0.1");
  const auto client = connect_to("127.0.0.1", listener.local_port());
  const auto server = accept_from(listener);
  const auto row = row_with_local_port(tcp_table2(), client.local_port());
  EXPECT_EQ(row.dwState, static_cast<DWORD>(MIB_TCP_STATE_ESTAB));
  EXPECT_EQ(row.dwRemoteAddr, kLoopback4);
  EXPECT_EQ(row.dwRemotePort, table_port(listener.local_port()));
  EXPECT_EQ(row.dwOwningPid, self());
}

TEST_F(RowContent, ConnectionThatWaitsToBeAcceptedHasTheListenersOwner) {
  const auto listener = listen_on("127.0.0.1");
  const auto client = connect_to("127.0.0.1", listener.local_port());
  int waiting = 0;
  for (const auto& row : extended_tcp<MIB_TCPTABLE_OWNER_PID>(kAfInet, TCP_TABLE_OWNER_PID_CONNECTIONS)) {
    if (row.dwLocalPort != table_port(listener.local_port())) continue;
    ++waiting;
    EXPECT_EQ(row.dwOwningPid, self());
  }
  EXPECT_EQ(waiting, 1);
}

TEST_F(RowContent, OldestHolderOwnsASocketThatAForkedChildHoldsToo) {
  const auto listener = listen_on("127.0.0.1");
  const loopback::HoldingChild child;
  EXPECT_EQ(row_with_local_port(tcp_table2(), listener.local_port()).dwOwningPid, self());
}

TEST_F(RowContent, ChildOwnsTheSocketOnceTheParentHasClosedIt) {
  auto listener = listen_on("127.0.0.1");
  const std::uint16_t port = listener.local_port();
  const loopback::HoldingChild child;
  listener.close();
  EXPECT_EQ(row_with_local_port(tcp_table2(), port).dwOwningPid, static_cast<DWORD>(child.pid()));
}

TEST_F(RowContent, Ipv6AddressIsInNetworkOrderAndLoopbackHasNoScope) {
  const auto listener = listen_on("::1");
  const auto client = connect_to("::1", listener.local_port());
  const auto server = accept_from(listener);
  const auto row = row_with_local_port(tcp6_table2(), client.local_port());
  const UCHAR expected[16] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
  EXPECT_EQ(std::memcmp(row.LocalAddr.u.Byte, expected, 16), 0);
  EXPECT_EQ(std::memcmp(row.RemoteAddr.u.Byte, expected, 16), 0);
  EXPECT_EQ(row.dwLocalScopeId, 0U);
  EXPECT_EQ(row.dwRemoteScopeId, 0U);
  EXPECT_EQ(row.dwRemotePort, table_port(listener.local_port()));
  EXPECT_EQ(row.State, MIB_TCP_STATE_ESTAB);
  EXPECT_EQ(row.dwOwningPid, self());
}

TEST_F(RowContent, Ipv6OwnerPidAndModuleRowsSayTheSame) {
  const auto listener = listen_on("::1");
  const auto pid_row = row_with_local_port(
      extended_tcp<MIB_TCP6TABLE_OWNER_PID>(kAfInet6, TCP_TABLE_OWNER_PID_ALL), listener.local_port());
  const auto module_row = row_with_local_port(
      extended_tcp<MIB_TCP6TABLE_OWNER_MODULE>(kAfInet6, TCP_TABLE_OWNER_MODULE_ALL), listener.local_port());
  EXPECT_EQ(pid_row.dwOwningPid, self());
  EXPECT_EQ(module_row.dwOwningPid, self());
  EXPECT_EQ(std::memcmp(pid_row.ucLocalAddr, module_row.ucLocalAddr, 16), 0);
  EXPECT_EQ(pid_row.dwState, static_cast<DWORD>(MIB_TCP_STATE_LISTEN));
  EXPECT_EQ(module_row.dwState, static_cast<DWORD>(MIB_TCP_STATE_LISTEN));
}

TEST_F(RowContent, OwningModuleInfoOfAnOrdinaryProcessIsZero) {
  const auto listener = listen_on("127.0.0.1");
  const auto row = row_with_local_port(
      extended_tcp<MIB_TCPTABLE_OWNER_MODULE>(kAfInet, TCP_TABLE_OWNER_MODULE_ALL), listener.local_port());
  for (const ULONGLONG word : row.OwningModuleInfo) EXPECT_EQ(word, 0U);
}

TEST_F(RowContent, OrderedTableAscendsByAddressThenPortAsNumbers) {
  std::vector<loopback::Socket> sockets;
  for (const char* address : {"127.0.9.1", "127.0.0.200", "127.0.0.1", "127.1.0.0", "0.0.0.0"}) {
    for (int i = 0; i < 3; ++i) sockets.push_back(listen_on(address));
  }
  const auto rows = tcp_table2(TRUE);
  const auto key = [](const MIB_TCPROW2& row) {
    const auto number = [](DWORD value) { return __builtin_bswap32(value); };
    return std::array{number(row.dwLocalAddr), number(row.dwLocalPort), number(row.dwRemoteAddr),
                      number(row.dwRemotePort)};
  };
  EXPECT_TRUE(std::is_sorted(rows.begin(), rows.end(),
                             [&](const auto& a, const auto& b) { return key(a) < key(b); }));
  EXPECT_EQ(rows.front().dwLocalAddr, 0U);
}

TEST_F(RowContent, BothBackendsGiveTheSameTable) {
  const auto listener = listen_on("127.0.0.1");
  const auto client = connect_to("127.0.0.1", listener.local_port());
  const auto server = accept_from(listener);
  const auto by_sock_diag = tcp_table2(TRUE);
  ASSERT_EQ(setenv("TCPTABLE_BACKEND", "procfs", 1), 0);
  const auto by_procfs = tcp_table2(TRUE);
  unsetenv("TCPTABLE_BACKEND");
  ASSERT_EQ(by_sock_diag.size(), by_procfs.size());
  EXPECT_EQ(std::memcmp(by_sock_diag.data(), by_procfs.data(), by_procfs.size() * sizeof(MIB_TCPROW2)), 0);
}

TEST_F(RowContent, SixteenThreadsGetTheSameTable) {
  const auto listener = listen_on("127.0.0.1");
  std::vector<std::thread> threads;
  for (int i = 0; i < 16; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < 10; ++round) {
        EXPECT_EQ(row_with_local_port(tcp_table2(TRUE), listener.local_port()).dwOwningPid, self());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

}  // namespace
