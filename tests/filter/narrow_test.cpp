// SPDX-License-Identifier: MIT
// Narrowing leaves out only what can't match, and asks for what the tests need.
#include "tcptable/filter/narrow.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>

#include "cli/made_snapshot.hpp"
#include "filter/fixed_names.hpp"
#include "filter/query_rows.hpp"
#include "filter/random_filter.hpp"
#include "support/sockets.hpp"
#include "tcptable/filter/match.hpp"
#include "tcptable/filter/parser.hpp"
#include "tcptable/filter/snapshot_facts.hpp"

namespace {

using tcptable::Query;
using tcptable::SocketRow;
using tcptable::State;
using tcptable::StateSet;
using tcptable::test::everything;
using tcptable::test::is_in;

tool::filter::Expression parsed(const std::string& filter) {
  return tool::filter::parse(filter, tcptable::test::FixedNames()).value();
}

// Every protocol, family and state but State::bound.
Query all_listed() {
  Query query;
  query.udp = true;
  return query;
}

// The query after the filter's narrowing, which must find that something can match.
Query narrowed(const std::string& filter, Query query = all_listed()) {
  EXPECT_TRUE(narrow(parsed(filter), query)) << filter;
  return query;
}

TEST(FilterNarrow, LeavesOutProtocolsFamiliesAndStates) {
  EXPECT_FALSE(narrowed("proto:tcp").udp);
  EXPECT_FALSE(narrowed("!tcp").tcp);
  EXPECT_FALSE(narrowed("family:ipv6").ipv4);
  EXPECT_FALSE(narrowed("remote:2001:db8::/32").ipv4);
  EXPECT_EQ(narrowed("state:listen").states.mask(), StateSet{State::listen}.mask());
  EXPECT_EQ(narrowed("!state:listen").states.mask(), StateSet::all().without(State::listen).mask());
  EXPECT_EQ(narrowed("!(state:listen or state:close)").states.mask(),
            StateSet::all().without(State::listen).without(State::close).mask());
  EXPECT_EQ(narrowed("state:listen or state:time_wait port:443").states.mask(),
            (StateSet{State::listen, State::time_wait}).mask());
}

TEST(FilterNarrow, LeavesOutUdpWhereNoStateOfItsOwnIsWanted) {
  EXPECT_FALSE(narrowed("state:listen").udp);
  EXPECT_TRUE(narrowed("state:established").udp);
}

TEST(FilterNarrow, KeepsIPv6ForMappedAddressesOfIPv4) {
  EXPECT_TRUE(narrowed("remote:10.0.0.0/8").ipv6);
}

TEST(FilterNarrow, HandsPortsToTheKernel) {
  const auto ports = [](std::uint16_t first, std::uint16_t last) {
    return std::optional(tcptable::PortRange{first, last});
  };
  EXPECT_EQ(narrowed("lport:443").filter.local_port, ports(443, 443));
  EXPECT_EQ(narrowed("rport:80,443 rport>100").filter.remote_port, ports(101, 443));
  EXPECT_EQ(narrowed("( dport = :443 or sport = :443 )").filter.port, ports(443, 443));
  EXPECT_EQ(narrowed("lport:22 tcp or lport:80").filter.local_port, ports(22, 80));
  EXPECT_EQ(narrowed("src 127.0.0.1:80").filter.local_port, ports(80, 80));
  EXPECT_EQ(narrowed(":443").filter.port, ports(443, 443));
  // A connection may have the one port here and the other there.
  EXPECT_EQ(narrowed(":443 :50000").filter.port, ports(443, 443));
  EXPECT_TRUE(narrowed("!lport:443").filter.empty());
  EXPECT_TRUE(narrowed("lport:443 or proc:nginx").filter.empty());
}

TEST(FilterNarrow, HandsAddressesToTheKernel) {
  const auto prefix = [](const std::string& address, std::uint8_t length) {
    const auto end = tcptable::test::endpoint(address);
    return std::optional(tcptable::AddressPrefix{end.address, length, end.family});
  };
  EXPECT_EQ(narrowed("dst 10.0.0.0/8").filter.remote_address, prefix("10.0.0.0", 8));
  EXPECT_EQ(narrowed("dst 10.0.0.0/8 dst 10.1.0.0/16").filter.remote_address, prefix("10.1.0.0", 16));
  EXPECT_EQ(narrowed("remote:10.1.2.3,10.1.3.4").filter.remote_address, prefix("10.1.2.0", 23));
  EXPECT_EQ(narrowed("src 10.0.0.1 or dst 10.0.0.1").filter.address, prefix("10.0.0.1", 32));
  EXPECT_EQ(narrowed("net:2001:db8::/32").filter.address, prefix("2001:db8::", 32));
  EXPECT_TRUE(narrowed("remote:10.0.0.1,[::1]").filter.empty());
}

TEST(FilterNarrow, AsksForBoundSocketsOnlyByName) {
  EXPECT_TRUE(narrowed("state:bound").states.contains(State::bound));
  EXPECT_TRUE(narrowed("state all").states.contains(State::bound));
  EXPECT_FALSE(narrowed("!state:listen").states.contains(State::bound));
  EXPECT_FALSE(narrowed("port:443").states.contains(State::bound));
}

TEST(FilterNarrow, AsksForWhatTheTestsNeed) {
  Query frugal;
  frugal.owners = frugal.cookies = frugal.inodes = frugal.uids = frugal.queues = false;
  EXPECT_FALSE(narrowed("port:443", frugal).owners);
  EXPECT_TRUE(narrowed("port:443 !(proc:nginx)", frugal).owners);
  EXPECT_TRUE(narrowed("nginx", frugal).owners);
  EXPECT_TRUE(narrowed("unit:ssh", frugal).owners);
  EXPECT_TRUE(narrowed("unit:ssh", frugal).cgroups);
  EXPECT_TRUE(narrowed("nginx", frugal).cgroups);
  EXPECT_TRUE(narrowed("rtt>1ms", frugal).tcp_info);
  EXPECT_FALSE(narrowed("port:443", frugal).tcp_info);
  EXPECT_TRUE(narrowed("reason:kernel", frugal).owners);
  EXPECT_TRUE(narrowed("user:0", frugal).uids);
  EXPECT_TRUE(narrowed("inode:1", frugal).inodes);
  EXPECT_TRUE(narrowed("cookie:1", frugal).cookies);
  EXPECT_TRUE(narrowed("sendq>0", frugal).queues);
  EXPECT_TRUE(narrowed("backlog>0", frugal).queues);
  EXPECT_TRUE(narrowed("age>1h", frugal).ages);
  EXPECT_FALSE(narrowed("user:0", frugal).queues);
}

TEST(FilterNarrow, SaysWhereNothingCanMatch) {
  for (const char* filter : {"tcp udp", "ipv4 ipv6", "state:listen state:time_wait", "udp state:listen",
                             "lport:22 lport:80", "exclude all", "!(tcp or udp)"}) {
    Query query = everything();
    EXPECT_FALSE(narrow(parsed(filter), query)) << filter;
    EXPECT_TRUE(query.tcp && query.udp) << "an untouched query";
  }
}

TEST(FilterNarrow, NeverLosesARowThatMatches) {
  tcptable::test::RandomFilter random(20'261'124);
  std::size_t matching = 0;
  std::size_t left_out = 0;
  for (int i = 0; i < 2000; ++i) {
    const std::string text = random.text();
    const auto filter = parsed(text);
    Query query = everything();
    const bool possible = narrow(filter, query);
    tcptable::test::MadeSnapshot made;
    for (int rows = 0; rows < 40; ++rows) {
      const SocketRow row = random.row();
      made.add_ownerless(row, row.owner_status);
    }
    const tcptable::Snapshot snapshot = made.snapshot();
    tool::filter::SnapshotFacts facts(snapshot);
    for (const SocketRow& row : snapshot.rows()) {
      facts.look_at(row);
      const bool kept = possible && is_in(query, row);
      left_out += kept ? 0 : 1;
      if (!matches(filter, facts)) continue;
      ++matching;
      ASSERT_TRUE(kept) << text;
    }
  }
  EXPECT_GT(matching, 5000U);
  EXPECT_GT(left_out, 5000U);
}

TEST(FilterNarrow, ParsesItsOwnTextAgain) {
  tcptable::test::RandomFilter random(7);
  for (int i = 0; i < 2000; ++i) {
    const std::string text = random.text();
    const auto filter = parsed(text);
    ASSERT_EQ(parsed(to_text(filter)), filter) << text;
  }
}

}  // namespace
