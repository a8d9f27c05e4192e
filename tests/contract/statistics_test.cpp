// SPDX-License-Identifier: MIT
// The counters, against traffic of the test's own in a namespace of its own.
#include <sched.h>

#include <fstream>
#include <thread>

#include "contract/snapshot_fixture.hpp"
#include "support/network_namespace.hpp"
#include "support/socket_states.hpp"
#include "support/sockets.hpp"

namespace tcptable::test {
namespace {

template <typename T>
T value_of(Result<T> result) {
  if (!result) throw std::runtime_error(to_string(result.error()));
  return std::move(*result);
}

class Statistics : public InOwnNamespace {};

class StatisticsOfAFamily : public ::testing::TestWithParam<Family> {
 protected:
  void SetUp() override {
    if (const auto reason = enter_network_namespace()) GTEST_SKIP() << *reason;
  }
  static Family other() { return GetParam() == Family::ipv4 ? Family::ipv6 : Family::ipv4; }

  // One datagram to a port on which nobody listens.
  static void send_to_nobody() {
    Fd closed = open_socket(GetParam(), SOCK_DGRAM);
    bind_to(closed.get(), loopback(GetParam()));
    const Endpoint nobody = local_endpoint(closed.get());
    const Fd sender = open_socket(GetParam(), SOCK_DGRAM);
    connect_to(sender.get(), nobody);
    closed.reset();
    check(::send(sender.get(), "x", 1, 0), "send");
  }
};

std::string name_of(const ::testing::TestParamInfo<Family>& info) {
  return info.param == Family::ipv4 ? "ipv4" : "ipv6";
}

INSTANTIATE_TEST_SUITE_P(Family, StatisticsOfAFamily, ::testing::Values(Family::ipv4, Family::ipv6), name_of);

TEST_P(StatisticsOfAFamily, AConnectionIsCountedInItsFamilyAndItsListenerIsNot) {
  const TcpStatistics before = value_of(tcp_statistics(GetParam()));
  const Fd listener = listen_on(loopback(GetParam()));
  const Connection connection = make_connection(listener);
  const TcpStatistics after = value_of(tcp_statistics(GetParam()));
  EXPECT_EQ(before.connections, 0U);
  EXPECT_EQ(after.connections, 2U);
  EXPECT_EQ(after.established, 2U);
  EXPECT_EQ(after.active_opens - before.active_opens, 1U);
  EXPECT_EQ(after.passive_opens - before.passive_opens, 1U);
  EXPECT_GE(after.in_segments - before.in_segments, 3U);
  EXPECT_GE(after.out_segments - before.out_segments, 3U);
  EXPECT_EQ(after.rto_min_ms, 200U);
  EXPECT_EQ(after.max_connections, UINT64_MAX);
  const TcpStatistics others = value_of(tcp_statistics(other()));
  EXPECT_EQ(others.connections, 0U);
  EXPECT_EQ(others.established, 0U);
  EXPECT_EQ(others.active_opens, after.active_opens) << "Linux counts both families together";
}

TEST_P(StatisticsOfAFamily, CloseWaitCountsAsEstablishedAndTimeWaitDoesNot) {
  const HeldState close_wait = hold_state(State::close_wait, GetParam());  // its peer is in FIN_WAIT2
  EXPECT_EQ(value_of(tcp_statistics(GetParam())).established, 1U);
  EXPECT_EQ(value_of(tcp_statistics(GetParam())).connections, 2U);
  const HeldState time_wait = hold_state(State::time_wait, GetParam());
  EXPECT_EQ(value_of(tcp_statistics(GetParam())).established, 1U);
  EXPECT_EQ(value_of(tcp_statistics(GetParam())).connections, 3U);
}

TEST_P(StatisticsOfAFamily, DatagramsAndSocketsAreCountedInTheirFamily) {
  const UdpStatistics before = value_of(udp_statistics(GetParam()));
  const UdpStatistics others_before = value_of(udp_statistics(other()));
  const Fd receiver = open_socket(GetParam(), SOCK_DGRAM);
  bind_to(receiver.get(), loopback(GetParam()));
  const Fd sender = open_socket(GetParam(), SOCK_DGRAM);
  connect_to(sender.get(), local_endpoint(receiver.get()));
  for (int i = 0; i < 5; ++i) check(::send(sender.get(), "x", 1, 0), "send");
  char byte = 0;
  for (int i = 0; i < 5; ++i) check(::recv(receiver.get(), &byte, 1, 0), "recv");
  const UdpStatistics after = value_of(udp_statistics(GetParam()));
  EXPECT_EQ(after.in_datagrams - before.in_datagrams, 5U);
  EXPECT_EQ(after.out_datagrams - before.out_datagrams, 5U);
  EXPECT_EQ(after.sockets, 2U);
  const UdpStatistics others = value_of(udp_statistics(other()));
  EXPECT_EQ(others.in_datagrams, others_before.in_datagrams);
  EXPECT_EQ(others.sockets, 0U);
}

TEST_P(StatisticsOfAFamily, ADatagramToNobodyIsAnsweredByIcmp) {
  const auto type = static_cast<std::size_t>(GetParam() == Family::ipv4 ? 3 : 1);  // destination unreachable
  const UdpStatistics udp = value_of(udp_statistics(GetParam()));
  const IcmpStatistics icmp = value_of(icmp_statistics(GetParam()));
  send_to_nobody();
  EXPECT_EQ(value_of(udp_statistics(GetParam())).no_ports - udp.no_ports, 1U);
  const IcmpStatistics now = value_of(icmp_statistics(GetParam()));
  EXPECT_EQ(now.in.by_type[type] - icmp.in.by_type[type], 1U);
  EXPECT_EQ(now.out.by_type[type] - icmp.out.by_type[type], 1U);
  EXPECT_EQ(now.in.messages - icmp.in.messages, 1U);
}

TEST_P(StatisticsOfAFamily, PacketsAreCountedInTheirFamily) {
  const IpStatistics before = value_of(ip_statistics(GetParam()));
  const IpStatistics others_before = value_of(ip_statistics(other()));
  const Fd listener = listen_on(loopback(GetParam()));
  { const Connection connection = make_connection(listener); }
  const IpStatistics after = value_of(ip_statistics(GetParam()));
  EXPECT_GE(after.in_receives - before.in_receives, 3U);
  EXPECT_EQ(after.in_delivers - before.in_delivers, after.in_receives - before.in_receives);
  EXPECT_GE(after.out_requests - before.out_requests, 3U);
  EXPECT_GE(after.in_octets - before.in_octets, 120U);
  const IpStatistics others = value_of(ip_statistics(other()));
  EXPECT_EQ(others.in_delivers, others_before.in_delivers);
}

TEST_P(StatisticsOfAFamily, InterfacesAndAddressesAreThoseOfTheNamespace) {
  const IpStatistics alone = value_of(ip_statistics(GetParam()));
  EXPECT_EQ(alone.addresses, 1U) << "the loopback's";
  EXPECT_EQ(alone.default_ttl, 64U);
  EXPECT_EQ(alone.reassembly_seconds, GetParam() == Family::ipv4 ? 30U : 60U);
  if (!add_link_local_interface("tcptable0")) GTEST_SKIP() << "needs a kind of virtual interface";
  const IpStatistics more = value_of(ip_statistics(GetParam()));
  EXPECT_GT(more.interfaces, alone.interfaces);
  if (GetParam() == Family::ipv6) {
    EXPECT_GT(more.addresses, alone.addresses);
    EXPECT_GT(more.routes, alone.routes) << "fe80::/64";
  }
}

TEST_P(StatisticsOfAFamily, ForwardingIsTheNamespacesSetting) {
  EXPECT_FALSE(value_of(ip_statistics(GetParam())).forwarding);
  const char* path =
      GetParam() == Family::ipv4 ? "/proc/sys/net/ipv4/ip_forward" : "/proc/sys/net/ipv6/conf/all/forwarding";
  std::ofstream setting(path);
  setting << "1" << std::flush;
  if (!setting) GTEST_SKIP() << "needs the right to write " << path;
  EXPECT_TRUE(value_of(ip_statistics(GetParam())).forwarding);
}

TEST_F(Statistics, AreThoseOfTheCallingThreadsNamespace) {
  const Fd listener = listen_on(loopback(Family::ipv4));
  const Connection connection = make_connection(listener);
  ASSERT_GT(value_of(tcp_statistics(Family::ipv4)).active_opens, 0U);
  TcpStatistics elsewhere;
  IpStatistics ip;
  bool moved = false;
  std::thread([&] {
    moved = ::unshare(CLONE_NEWNET) == 0;
    elsewhere = value_of(tcp_statistics(Family::ipv4));
    ip = value_of(ip_statistics(Family::ipv4));
  }).join();
  if (!moved) GTEST_SKIP() << "needs the right to make a network namespace";
  EXPECT_EQ(elsewhere.active_opens, 0U);
  EXPECT_EQ(elsewhere.connections, 0U);
  EXPECT_EQ(ip.addresses, 0U) << "its loopback is down";
}

}  // namespace
}  // namespace tcptable::test
