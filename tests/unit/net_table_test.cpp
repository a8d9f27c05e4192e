// SPDX-License-Identifier: MIT
// The text of /proc/net/{tcp,tcp6,udp,udp6}, as a little-endian machine prints it.
#include "backend/procfs/net_table.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <string>

#include "support/sockets.hpp"

namespace tcptable::test {
namespace {

using backend::parse_if_inet6;
using backend::parse_net_table;
using backend::Table;

static_assert(std::endian::native == std::endian::little, "the texts below are a little-endian machine's");

constexpr Table kTcp4{Protocol::tcp, Family::ipv4};
constexpr Table kTcp6{Protocol::tcp, Family::ipv6};
constexpr Table kUdp4{Protocol::udp, Family::ipv4};

const std::string kHeading =
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";
const std::string kListener =
    "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000003 00:00000000 00000000  1000        0 4711 1 "
    "0000000000000000 100 0 0 10 0\n";
const std::string kTimeWait =
    "   1: 0100007F:C350 0200000A:1F90 06 00000000:00000000 03:00000EAA 00000000     0        0 0 3 "
    "0000000000000000\n";

TEST(NetTable, AListenerHasItsFields) {
  const auto rows = parse_net_table(kHeading + kListener, kTcp4);
  ASSERT_TRUE(rows);
  ASSERT_EQ(rows->size(), 1U);
  const SocketRow& row = rows->front();
  EXPECT_EQ(row.local, endpoint("127.0.0.1", 8080));
  EXPECT_EQ(row.remote, nowhere(Family::ipv4));
  EXPECT_EQ(row.state, State::listen);
  EXPECT_EQ(row.uid, 1000U);
  EXPECT_EQ(row.inode, 4711U);
  EXPECT_EQ(row.receive_queue, 3U);
  EXPECT_EQ(row.cookie, 0U);
}

TEST(NetTable, ATimeWaitRowIsShorterAndHasNoUid) {
  const auto rows = parse_net_table(kHeading + kTimeWait + kListener, kTcp4);
  ASSERT_TRUE(rows);
  ASSERT_EQ(rows->size(), 2U);
  EXPECT_EQ(rows->front().state, State::time_wait);
  EXPECT_EQ(rows->front().remote, endpoint("10.0.0.2", 8080));
  EXPECT_EQ(rows->front().uid, std::nullopt);
}

TEST(NetTable, AnIpv6AddressIsFourWords) {
  const std::string text =
      kHeading +
      "   0: B80D0120000000000000000001000000:0016 "
      "0000000000000000FFFF00000100007F:D431 01 00000000:00000000 02:000A7214 00000000     0"
      "        0 99 2 0000000000000000 20 4 30 10 -1\n";
  const auto rows = parse_net_table(text, kTcp6);
  ASSERT_TRUE(rows);
  ASSERT_EQ(rows->size(), 1U);
  EXPECT_EQ(rows->front().local, endpoint("2001:db8::1", 22));
  EXPECT_EQ(rows->front().remote, endpoint("::ffff:127.0.0.1", 54321));
  EXPECT_EQ(rows->front().uid, 0U);
}

TEST(NetTable, AnUnconnectedUdpSocketIsClosed) {
  const std::string text =
      kHeading +
      " 1234: 00000000:0035 00000000:0000 07 00000000:00000000 00:00000000 00000000   102"
      "        0 555 2 0000000000000000 0\n";
  const auto rows = parse_net_table(text, kUdp4);
  ASSERT_TRUE(rows);
  ASSERT_EQ(rows->size(), 1U);
  EXPECT_EQ(rows->front().state, State::close);
  EXPECT_EQ(rows->front().protocol, Protocol::udp);
}

TEST(NetTable, ARequestSocketIsSynRecvByEitherNumber) {
  for (const char* number : {" 03 ", " 0C "}) {
    std::string line = kListener;
    line.replace(line.find(" 0A "), 4, number);
    EXPECT_EQ(parse_net_table(kHeading + line, kTcp4)->front().state, State::syn_recv);
  }
}

TEST(NetTable, TheHeadingAloneAndNothingAtAllAreEmptyTables) {
  EXPECT_TRUE(parse_net_table(kHeading, kTcp4)->empty());
  EXPECT_TRUE(parse_net_table("", kTcp4)->empty());
}

TEST(NetTable, ALineCutBeforeItsInodeIsMalformed) {
  const std::size_t inode_at = kListener.find("4711");
  for (std::size_t size = 1; size <= inode_at; ++size) {
    SCOPED_TRACE(kListener.substr(0, size));
    EXPECT_FALSE(parse_net_table(kHeading + kListener.substr(0, size), kTcp4));
  }
}

TEST(NetTable, NumbersThatAreNoneAreMalformed) {
  for (const char* field : {"0100007F", "1F90", " 0A ", "00000003", "1000", "4711"}) {
    SCOPED_TRACE(field);
    std::string line = kListener;
    line.replace(line.find(field) + 1, 1, "x");
    EXPECT_FALSE(parse_net_table(kHeading + line, kTcp4));
  }
}

TEST(NetTable, NumbersThatAreTooLargeAreMalformed) {
  std::string port = kListener;
  port.replace(port.find("1F90"), 4, "11F90");
  EXPECT_FALSE(parse_net_table(kHeading + port, kTcp4));
  std::string inode = kListener;
  inode.replace(inode.find("4711"), 4, "4294967296");
  EXPECT_FALSE(parse_net_table(kHeading + inode, kTcp4));
}

TEST(NetTable, AnAddressOfTheOtherFamilyIsMalformed) {
  EXPECT_FALSE(parse_net_table(kHeading + kListener, kTcp6));
}

TEST(NetTable, UnknownStatesAreMalformed) {
  for (const char* number : {" 00 ", " 0D ", " FF "}) {
    std::string line = kListener;
    line.replace(line.find(" 0A "), 4, number);
    EXPECT_FALSE(parse_net_table(kHeading + line, kTcp4)) << number;
  }
}

class Scopes : public ::testing::Test {
 protected:
  static SocketRow between(const char* local, const char* remote) {
    SocketRow row;
    row.local = endpoint(local, 1);
    row.remote = endpoint(remote, 2);
    return row;
  }

  static Endpoint scoped_local(const SocketRow& row, const std::string& if_inet6) {
    std::vector<SocketRow> rows{row};
    backend::set_scope_ids(rows, parse_if_inet6(if_inet6));
    return rows.front().local;
  }

  const std::string fe80_1_on_2_ = "fe800000000000000000000000000001 02 40 20 80     eth0\n";
  const std::string fe80_1_on_5_ = "fe800000000000000000000000000001 05 40 20 80     eth1\n";
};

TEST_F(Scopes, ALinkLocalEndIsOnTheInterfaceThatHasTheAddress) {
  std::vector<SocketRow> rows{between("fe80::1", "fe80::2")};
  backend::set_scope_ids(rows, parse_if_inet6(fe80_1_on_2_));
  EXPECT_EQ(rows.front().local.scope_id, 2U);
  EXPECT_EQ(rows.front().remote.scope_id, 2U);
}

TEST_F(Scopes, AnAddressOnTwoInterfacesLeavesTheScopeUnknown) {
  EXPECT_EQ(scoped_local(between("fe80::1", "::"), fe80_1_on_2_ + fe80_1_on_5_).scope_id, 0U);
}

TEST_F(Scopes, GlobalAddressesHaveNone) {
  const std::string global = "20010db8000000000000000000000001 02 40 00 80     eth0\n";
  EXPECT_EQ(scoped_local(between("2001:db8::1", "::"), global).scope_id, 0U);
}

TEST_F(Scopes, BrokenLinesAreLeftOut) {
  EXPECT_TRUE(parse_if_inet6("").empty());
  EXPECT_TRUE(parse_if_inet6("fe80 02 40 20 80 eth0\nzz\n\n").empty());
  EXPECT_EQ(parse_if_inet6("garbage\n" + fe80_1_on_2_).size(), 1U);
}

}  // namespace
}  // namespace tcptable::test
