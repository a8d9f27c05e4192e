// SPDX-License-Identifier: MIT
// The statistics structures against sockets of the test's own, and against each other.
#include <unistd.h>

#include <cstring>
#include <numeric>

#include "win32/tables/table_test.hpp"

namespace {

using loopback::accept_from;
using loopback::connect_to;
using loopback::listen_on;

constexpr ULONG kOk = NO_ERROR;

class Statistics : public TableTest {
 protected:
  // A listener and a connection of each family, and a UDP socket of each.
  void SetUp() override {
    TableTest::SetUp();
    if (IsSkipped()) return;
    for (const char* address : {"127.0.0.1", "::1"}) {
      sockets_.push_back(listen_on(address));
      sockets_.push_back(connect_to(address, sockets_.back().local_port()));
      sockets_.push_back(accept_from(sockets_[sockets_.size() - 2]));
      sockets_.push_back(loopback::udp_on(address));
    }
    sockets_.push_back(loopback::udp_on("::1"));
  }

  std::vector<loopback::Socket> sockets_;
};

TEST_F(Statistics, TcpCountsItsConnectionsByFamily) {
  for (const ULONG family : {kAfInet, kAfInet6}) {
    MIB_TCPSTATS stats{};
    ASSERT_EQ(GetTcpStatisticsEx(&stats, family), kOk);
    EXPECT_EQ(stats.RtoAlgorithm, TcpRtoAlgorithmVanj);
    EXPECT_EQ(stats.dwRtoMin, 200U);
    EXPECT_EQ(stats.dwMaxConn, MIB_TCP_MAXCONN_DYNAMIC);
    EXPECT_EQ(stats.dwNumConns, 2U);
    EXPECT_EQ(stats.dwCurrEstab, 2U);
    EXPECT_EQ(stats.dwActiveOpens, 2U);
    EXPECT_EQ(stats.dwPassiveOpens, 2U);
    EXPECT_GE(stats.dwInSegs, 6U);
  }
}

TEST_F(Statistics, TheFunctionWithoutFamilyIsIpv4s) {
  MIB_TCPSTATS tcp{};
  MIB_TCPSTATS tcp_ex{};
  ASSERT_EQ(GetTcpStatistics(&tcp), kOk);
  ASSERT_EQ(GetTcpStatisticsEx(&tcp_ex, kAfInet), kOk);
  EXPECT_EQ(std::memcmp(&tcp, &tcp_ex, sizeof tcp), 0);
  MIB_UDPSTATS udp{};
  MIB_UDPSTATS udp6{};
  ASSERT_EQ(GetUdpStatistics(&udp), kOk);
  ASSERT_EQ(GetUdpStatisticsEx(&udp6, kAfInet6), kOk);
  EXPECT_EQ(udp.dwNumAddrs, 1U);
  EXPECT_EQ(udp6.dwNumAddrs, 2U);
  MIB_IPSTATS ip{};
  MIB_IPSTATS ip_ex{};
  ASSERT_EQ(GetIpStatistics(&ip), kOk);
  ASSERT_EQ(GetIpStatisticsEx(&ip_ex, kAfInet), kOk);
  EXPECT_EQ(std::memcmp(&ip, &ip_ex, sizeof ip), 0);
}

TEST_F(Statistics, TheWideStructuresSayTheSame) {
  for (const ULONG family : {kAfInet, kAfInet6}) {
    MIB_TCPSTATS narrow{};
    MIB_TCPSTATS2 wide{};
    ASSERT_EQ(GetTcpStatisticsEx(&narrow, family), kOk);
    ASSERT_EQ(GetTcpStatisticsEx2(&wide, family), kOk);
    EXPECT_EQ(wide.dw64InSegs, narrow.dwInSegs);
    EXPECT_EQ(wide.dw64OutSegs, narrow.dwOutSegs);
    EXPECT_EQ(wide.dwNumConns, narrow.dwNumConns);
    EXPECT_EQ(wide.RtoAlgorithm, narrow.RtoAlgorithm);
    MIB_UDPSTATS udp{};
    MIB_UDPSTATS2 udp2{};
    ASSERT_EQ(GetUdpStatisticsEx(&udp, family), kOk);
    ASSERT_EQ(GetUdpStatisticsEx2(&udp2, family), kOk);
    EXPECT_EQ(udp2.dw64InDatagrams, udp.dwInDatagrams);
    EXPECT_EQ(udp2.dw64OutDatagrams, udp.dwOutDatagrams);
    EXPECT_EQ(udp2.dwNumAddrs, udp.dwNumAddrs);
  }
}

TEST_F(Statistics, NumAddrsIsTheNumberOfRowsOfTheFamilysTable) {
  MIB_UDPSTATS stats{};
  ASSERT_EQ(GetUdpStatisticsEx(&stats, kAfInet6), kOk);
  EXPECT_EQ(stats.dwNumAddrs, extended_udp<MIB_UDP6TABLE>(kAfInet6, UDP_TABLE_BASIC).size());
}

TEST_F(Statistics, IpHasTheLoopbackAlone) {
  MIB_IPSTATS stats{};
  ASSERT_EQ(GetIpStatistics(&stats), kOk);
  EXPECT_EQ(stats.dwForwarding, static_cast<DWORD>(MIB_IP_NOT_FORWARDING));
  EXPECT_EQ(stats.dwDefaultTTL, 64U);
  EXPECT_EQ(stats.dwReasmTimeout, 30U) << "seconds: IP_FRAG_TIME, include/net/ip.h";
  EXPECT_EQ(stats.dwNumAddr, 1U);
  EXPECT_GE(stats.dwNumIf, 1U);
  EXPECT_GE(stats.dwInReceives, 3U);
  EXPECT_EQ(stats.dwInDelivers, stats.dwInReceives);
}

TEST_F(Statistics, IcmpByNameAndByTypeAgree) {
  MIB_ICMP icmp{};
  MIB_ICMP_EX by_type{};
  ASSERT_EQ(GetIcmpStatistics(&icmp), kOk);
  ASSERT_EQ(GetIcmpStatisticsEx(&by_type, kAfInet), kOk);
  EXPECT_EQ(by_type.icmpInStats.dwMsgs, icmp.stats.icmpInStats.dwMsgs);
  EXPECT_EQ(by_type.icmpInStats.rgdwTypeCount[ICMP4_DST_UNREACH], icmp.stats.icmpInStats.dwDestUnreachs);
  MIB_ICMP_EX icmp6{};
  ASSERT_EQ(GetIcmpStatisticsEx(&icmp6, kAfInet6), kOk);
  const DWORD* types = icmp6.icmpOutStats.rgdwTypeCount;
  EXPECT_EQ(std::accumulate(types, types + 256, DWORD{0}), icmp6.icmpOutStats.dwMsgs);
}

TEST_F(Statistics, MissingPointersAndOtherFamiliesAreInvalidAndWriteNothing) {
  constexpr ULONG kInvalid = ERROR_INVALID_PARAMETER;
  for (const ULONG family : {0U, 1U, 3U, 22U, 0xffff'ffffU}) {
    MIB_TCPSTATS tcp{};
    tcp.dwMaxConn = 77;
    EXPECT_EQ(GetTcpStatisticsEx(&tcp, family), kInvalid);
    EXPECT_EQ(tcp.dwMaxConn, 77U);
    MIB_ICMP_EX icmp{};
    EXPECT_EQ(GetIcmpStatisticsEx(&icmp, family), kInvalid);
  }
  EXPECT_EQ(GetTcpStatistics(nullptr), kInvalid);
  EXPECT_EQ(GetIcmpStatistics(nullptr), kInvalid);
  MIB_TCPSTATS tcp6{};
  EXPECT_EQ(GetTcpStatisticsEx(&tcp6, 10), kOk) << "Linux' number of AF_INET6";
}

}  // namespace
