// SPDX-License-Identifier: MIT
// The texts of /proc/net/snmp, netstat and snmp6 as Linux 6.18 writes them, cut to what a test looks at.
#include "model/counters.hpp"

#include <gtest/gtest.h>

#include <string>

namespace tcptable::test {
namespace {

using model::add_snmp;
using model::add_snmp6;
using model::Counters;

const std::string kSnmp =
    "Ip: Forwarding DefaultTTL InReceives InHdrErrors InAddrErrors ForwDatagrams InUnknownProtos InDiscards "
    "InDelivers OutRequests OutDiscards OutNoRoutes ReasmTimeout ReasmReqds ReasmOKs ReasmFails FragOKs "
    "FragFails FragCreates OutTransmits\n"
    "Ip: 2 64 18446744073709551615 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17\n"
    "Icmp: InMsgs InErrors InCsumErrors InDestUnreachs OutMsgs OutErrors OutDestUnreachs\n"
    "Icmp: 20 21 22 23 24 25 26\n"
    "IcmpMsg: InType3 InType255 OutType8\n"
    "IcmpMsg: 23 1 4294967296\n"
    "Tcp: RtoAlgorithm RtoMin RtoMax MaxConn ActiveOpens PassiveOpens AttemptFails EstabResets CurrEstab "
    "InSegs OutSegs RetransSegs InErrs OutRsts InCsumErrors\n"
    "Tcp: 1 200 120000 -1 24 12 2 4 1 8589934592 697 5 6 7 0\n"
    "Udp: InDatagrams NoPorts InErrors OutDatagrams RcvbufErrors SndbufErrors InCsumErrors IgnoredMulti "
    "MemErrors\n"
    "Udp: 30 31 32 33 0 0 0 0 0\n";
const std::string kNetstat =
    "TcpExt: SyncookiesSent TW ListenOverflows ListenDrops\nTcpExt: 9 18 19 20 \n"
    "IpExt: InNoRoutes InTruncatedPkts InOctets OutOctets\nIpExt: 40 41 42 43\n";
const std::string kSnmp6 =
    "Ip6InReceives                   \t50\nIp6InHdrErrors                  \t51\n"
    "Ip6InNoRoutes                   \t52\nIp6InAddrErrors                 \t53\n"
    "Ip6InUnknownProtos              \t54\nIp6InDiscards                   \t55\n"
    "Ip6InDelivers                   \t56\nIp6OutForwDatagrams             \t57\n"
    "Ip6OutRequests                  \t58\nIp6OutDiscards                  \t59\n"
    "Ip6OutNoRoutes                  \t60\nIp6ReasmTimeout                 \t61\n"
    "Ip6ReasmReqds                   \t62\nIp6ReasmOKs                     \t63\n"
    "Ip6ReasmFails                   \t64\nIp6FragOKs                      \t65\n"
    "Ip6FragFails                    \t66\nIp6FragCreates                  \t67\n"
    "Ip6InOctets                     \t68\nIp6OutOctets                    \t69\n"
    "Icmp6InMsgs                     \t70\nIcmp6InErrors                   \t71\n"
    "Icmp6OutMsgs                    \t72\nIcmp6OutErrors                  \t73\n"
    "Icmp6InType134                  \t74\nIcmp6OutType143                 \t75\n"
    "Udp6InDatagrams                 \t80\nUdp6NoPorts                     \t81\n"
    "Udp6InErrors                    \t82\nUdp6OutDatagrams                \t83\n";

Counters counters_of(const std::string& snmp, const std::string& snmp6 = "") {
  Counters counters;
  EXPECT_TRUE(add_snmp(counters, snmp));
  EXPECT_TRUE(add_snmp6(counters, snmp6));
  return counters;
}

Counters all_counters() {
  return counters_of(kSnmp + kNetstat, kSnmp6);
}

TEST(Counters, TcpsAreRead) {
  const auto tcp = model::tcp_counters(all_counters());
  ASSERT_TRUE(tcp);
  EXPECT_EQ(tcp->rto_min_ms, 200U);
  EXPECT_EQ(tcp->rto_max_ms, 120000U);
  EXPECT_EQ(tcp->max_connections, UINT64_MAX);
  EXPECT_EQ(tcp->active_opens, 24U);
  EXPECT_EQ(tcp->passive_opens, 12U);
  EXPECT_EQ(tcp->attempt_fails, 2U);
  EXPECT_EQ(tcp->established_resets, 4U);
  EXPECT_EQ(tcp->in_segments, 8589934592U);
  EXPECT_EQ(tcp->out_segments, 697U);
  EXPECT_EQ(tcp->retransmitted_segments, 5U);
  EXPECT_EQ(tcp->in_errors, 6U);
  EXPECT_EQ(tcp->out_resets, 7U);
  EXPECT_EQ(tcp->listen_overflows, 19U);
  EXPECT_EQ(tcp->listen_drops, 20U);
  EXPECT_EQ(tcp->syn_cookies_sent, 9U);
}

TEST(Counters, UdpsAreEachFamilysOwn) {
  const auto udp = model::udp_counters(all_counters(), Family::ipv4);
  const auto udp6 = model::udp_counters(all_counters(), Family::ipv6);
  ASSERT_TRUE(udp);
  ASSERT_TRUE(udp6);
  EXPECT_EQ(udp->in_datagrams, 30U);
  EXPECT_EQ(udp->no_ports, 31U);
  EXPECT_EQ(udp->in_errors, 32U);
  EXPECT_EQ(udp->out_datagrams, 33U);
  EXPECT_EQ(udp6->in_datagrams, 80U);
  EXPECT_EQ(udp6->no_ports, 81U);
  EXPECT_EQ(udp6->in_errors, 82U);
  EXPECT_EQ(udp6->out_datagrams, 83U);
}

TEST(Counters, IpsAreEachFamilysOwn) {
  const auto ip = model::ip_counters(all_counters(), Family::ipv4);
  const auto ip6 = model::ip_counters(all_counters(), Family::ipv6);
  ASSERT_TRUE(ip);
  ASSERT_TRUE(ip6);
  EXPECT_EQ(ip->in_receives, UINT64_MAX);
  EXPECT_EQ(ip->forwarded, 3U);
  EXPECT_EQ(ip->out_no_routes, 9U);
  EXPECT_EQ(ip->reassembled, 12U);
  EXPECT_EQ(ip->fragments_created, 16U);
  EXPECT_EQ(ip->in_no_routes, 40U);
  EXPECT_EQ(ip->in_octets, 42U);
  EXPECT_EQ(ip->out_octets, 43U);
  EXPECT_EQ(ip6->in_receives, 50U);
  EXPECT_EQ(ip6->in_no_routes, 52U);
  EXPECT_EQ(ip6->forwarded, 57U);
  EXPECT_EQ(ip6->fragments_created, 67U);
  EXPECT_EQ(ip6->out_octets, 69U);
}

TEST(Counters, IcmpsAreByTypeAndZeroForATypeThatWasNeverSeen) {
  const auto icmp = model::icmp_counters(all_counters(), Family::ipv4);
  const auto icmp6 = model::icmp_counters(all_counters(), Family::ipv6);
  ASSERT_TRUE(icmp);
  ASSERT_TRUE(icmp6);
  EXPECT_EQ(icmp->in.messages, 20U);
  EXPECT_EQ(icmp->in.errors, 21U);
  EXPECT_EQ(icmp->in.by_type[3], 23U);
  EXPECT_EQ(icmp->in.by_type[255], 1U);
  EXPECT_EQ(icmp->in.by_type[8], 0U);
  EXPECT_EQ(icmp->out.messages, 24U);
  EXPECT_EQ(icmp->out.by_type[8], 4294967296U);
  EXPECT_EQ(icmp6->in.messages, 70U);
  EXPECT_EQ(icmp6->out.errors, 73U);
  EXPECT_EQ(icmp6->in.by_type[134], 74U);
  EXPECT_EQ(icmp6->out.by_type[143], 75U);
}

TEST(Counters, ATextThatBreaksTheFormatIsMalformed) {
  for (const char* text : {"Tcp: InSegs\n", "Tcp: InSegs\nUdp: 1\n", "Tcp: InSegs OutSegs\nTcp: 1\n",
                           "Tcp: InSegs\nTcp: x\n", "Tcp InSegs\nTcp 1\n", "\n\n", "Tcp: A\nTcp: 1x\n",
                           "Tcp: A\nTcp: 18446744073709551616\n", "Tcp: A\nTcp: -\n"}) {
    Counters counters;
    const auto added = add_snmp(counters, text);
    ASSERT_FALSE(added) << text;
    EXPECT_EQ(added.error().code, Errc::malformed_reply);
  }
  for (const char* text : {"Ip6InReceives\n", "Ip6InReceives x\n", "\n", " 1\n"}) {
    Counters counters;
    EXPECT_FALSE(add_snmp6(counters, text)) << text;
  }
}

TEST(Counters, ATextCutAnywhereIsReadAsFarAsItGoesOrMalformed) {
  for (std::size_t size = 0; size <= kSnmp.size(); ++size) {
    Counters counters;
    static_cast<void>(add_snmp(counters, kSnmp.substr(0, size)));
  }
  for (std::size_t size = 0; size <= kSnmp6.size(); ++size) {
    Counters counters;
    static_cast<void>(add_snmp6(counters, kSnmp6.substr(0, size)));
  }
}

TEST(Counters, ACounterThatIsMissingIsAnErrorAndNotZero) {
  const Counters none;
  EXPECT_FALSE(model::tcp_counters(none));
  EXPECT_FALSE(model::udp_counters(counters_of(kSnmp), Family::ipv6));
  EXPECT_FALSE(model::ip_counters(counters_of(kSnmp), Family::ipv4)) << "without netstat";
  EXPECT_FALSE(model::icmp_counters(none, Family::ipv4));
}

}  // namespace
}  // namespace tcptable::test
