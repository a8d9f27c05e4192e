// SPDX-License-Identifier: MIT
// Filters on a snapshot made by hand, whose rows are told apart by their local ports.
#include "tcptable/filter/match.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

#include "cli/made_snapshot.hpp"
#include "filter/fixed_names.hpp"
#include "support/sockets.hpp"
#include "tcptable/filter/parser.hpp"
#include "tcptable/filter/snapshot_facts.hpp"
#include "tcptable/filter/text_pattern.hpp"

namespace {

using tcptable::OwnerStatus;
using tcptable::Protocol;
using tcptable::State;
using tcptable::test::endpoint;
using tool::filter::TextPattern;
using Ports = std::set<int>;

class FilterMatch : public ::testing::Test {
 protected:
  FilterMatch() {
    using namespace tcptable::test;
    made_.add(listener("0.0.0.0", 1), {"nginx", "nginx: worker"}).send_queue = 511;
    auto& busy = made_.add(connection(endpoint("10.0.0.1", 2), endpoint("10.9.8.7", 443)), {"curl"});
    busy.receive_queue = 5;
    busy.minimum_age_ms = 7'200'000;
    busy.uid = 33;
    made_.add(
        connection(endpoint("::ffff:10.0.0.1", 3), endpoint("::ffff:192.0.2.1", 8042), State::close_wait),
        {"systemd-resolve"});
    made_.add_ownerless(connection(endpoint("::1", 4), endpoint("::1", 22), State::time_wait),
                        OwnerStatus::time_wait);
    made_.add_ownerless(connection(endpoint("fe80::1", 5, 2), endpoint("fe80::2", 22, 2)),
                        OwnerStatus::not_permitted);
    made_.add(datagram_socket("127.0.0.53", 6), {"systemd-resolve"}).interface = 1;
  }

  Ports matched(const std::string& filter) {
    const auto parsed = tool::filter::parse(filter, tcptable::test::FixedNames());
    if (!parsed) {
      ADD_FAILURE() << filter << ": " << parsed.error().message;
      return {};
    }
    const tcptable::Snapshot snapshot = made_.snapshot();
    tool::filter::SnapshotFacts facts(snapshot);
    Ports ports;
    for (const tcptable::SocketRow& row : snapshot.rows()) {
      facts.look_at(row);
      if (matches(*parsed, facts)) ports.insert(row.local.port);
    }
    return ports;
  }

  tcptable::test::MadeSnapshot made_;
};

TEST_F(FilterMatch, AnEmptyFilterMatchesEverything) {
  EXPECT_EQ(matched(""), (Ports{1, 2, 3, 4, 5, 6}));
}

TEST_F(FilterMatch, TellsStatesProtocolsAndFamiliesApart) {
  EXPECT_EQ(matched("state:listen"), (Ports{1}));
  EXPECT_EQ(matched("state connected"), (Ports{2, 3, 4, 5}));
  EXPECT_EQ(matched("state bucket"), (Ports{4}));
  EXPECT_EQ(matched("!state:listen proto:tcp"), (Ports{2, 3, 4, 5}));
  EXPECT_EQ(matched("udp"), (Ports{6}));
  EXPECT_EQ(matched("family:ipv6"), (Ports{3, 4, 5}));
}

TEST_F(FilterMatch, ComparesPortsOfTheEndsThatAreThere) {
  EXPECT_EQ(matched("port:443"), (Ports{2}));
  EXPECT_EQ(matched("port:6"), (Ports{6}));
  EXPECT_EQ(matched("port:0"), Ports{});
  EXPECT_EQ(matched("rport:0"), (Ports{1, 6}));
  EXPECT_EQ(matched("rport:8000-8099,22"), (Ports{3, 4, 5}));
  EXPECT_EQ(matched("lport<3"), (Ports{1, 2}));
  EXPECT_EQ(matched("rport!=22"), (Ports{1, 2, 3, 6}));
}

TEST_F(FilterMatch, ComparesAddressesByPrefixAndMappedOnesAsIPv4) {
  EXPECT_EQ(matched("net:10.0.0.0/8"), (Ports{2, 3}));
  EXPECT_EQ(matched("remote:10/8"), (Ports{2}));
  EXPECT_EQ(matched("remote:::ffff:192.0.2.1"), (Ports{3}));
  EXPECT_EQ(matched("local:10.0.0.1:3"), (Ports{3}));
  EXPECT_EQ(matched("10.9.8.7:443"), (Ports{2}));
  EXPECT_EQ(matched("10.9.8.7:2"), Ports{});
  EXPECT_EQ(matched("[::1]"), (Ports{4}));
  EXPECT_EQ(matched("fe80::/10"), (Ports{5}));
  EXPECT_EQ(matched("fe80::1%eth0"), (Ports{5}));
  EXPECT_EQ(matched("fe80::1%lo"), Ports{});
  EXPECT_EQ(matched("local:0.0.0.0"), (Ports{1}));
  EXPECT_EQ(matched("local:127.0.0.32/27"), (Ports{6}));
  EXPECT_EQ(matched("local:127.0.0.64/27"), Ports{});
}

TEST_F(FilterMatch, FindsEveryHolder) {
  EXPECT_EQ(matched("proc:nginx"), (Ports{1}));
  EXPECT_EQ(matched("proc:\"nginx: worker\""), (Ports{1}));
  EXPECT_EQ(matched("pid:101"), (Ports{1}));
  EXPECT_EQ(matched("pid:102"), (Ports{2}));
}

TEST_F(FilterMatch, ComparesNamesWithWildcardsAndAsTheKernelCutsThem) {
  EXPECT_EQ(matched("proc:ngin"), Ports{});
  EXPECT_EQ(matched("proc:ngin*"), (Ports{1}));
  EXPECT_EQ(matched("proc:?url"), (Ports{2}));
  EXPECT_EQ(matched("proc:systemd-resolved"), (Ports{3, 6}));
  EXPECT_EQ(matched("proc:*-res*"), (Ports{3, 6}));
  EXPECT_EQ(matched("proc:\"*-res*\""), Ports{});
  EXPECT_EQ(matched("CURL"), (Ports{2}));
  EXPECT_EQ(matched("proc~RESOLVE"), (Ports{3, 6}));
}

TEST_F(FilterMatch, ComparesNumbers) {
  EXPECT_EQ(matched("recvq>0"), (Ports{2}));
  EXPECT_EQ(matched("backlog>100"), (Ports{1}));
  EXPECT_EQ(matched("backlog<100"), Ports{});
  EXPECT_EQ(matched("age>1h"), (Ports{2}));
  EXPECT_EQ(matched("user:www-data"), (Ports{2}));
  EXPECT_EQ(matched("iface:lo"), (Ports{6}));
  EXPECT_EQ(matched("iface!=lo tcp"), (Ports{1, 2, 3, 4, 5}));
  EXPECT_EQ(matched("reason:time_wait"), (Ports{4}));
}

TEST_F(FilterMatch, TakesNothingForGrantedThatIsNotKnown) {
  // Row 4 certainly has no process; row 5 has one that may not be seen.
  EXPECT_EQ(matched("pid!=102"), (Ports{1, 3, 4, 6}));
  EXPECT_EQ(matched("!proc:curl"), (Ports{1, 3, 4, 6}));
  EXPECT_EQ(matched("!(proc:curl or lport:9)"), (Ports{1, 3, 4, 6}));
  EXPECT_EQ(matched("proc:curl or lport:5"), (Ports{2, 5}));
  EXPECT_EQ(matched("age<1h"), Ports{});
  EXPECT_EQ(matched("!age<1h"), (Ports{2}));
}

TextPattern wildcard(const std::string& text) {
  return {TextPattern::How::wildcard, text};
}

TEST(FilterText, WildcardsStandForAnyText) {
  using tool::filter::fits;
  using tool::filter::Key;
  EXPECT_TRUE(fits(Key::cgroup, wildcard("*"), ""));
  EXPECT_TRUE(fits(Key::cgroup, wildcard("a*b*c"), "aXbYbZc"));
  EXPECT_FALSE(fits(Key::cgroup, wildcard("a*b*c"), "aXbYbZ"));
  EXPECT_TRUE(fits(Key::cgroup, wildcard("?"), "\xe6\x97\xa5"));
  EXPECT_FALSE(fits(Key::cgroup, wildcard("?"), ""));
  EXPECT_TRUE(fits(Key::cgroup, wildcard("*" + std::string(2000, 'a')), std::string(4000, 'a')));
  EXPECT_FALSE(fits(Key::cgroup, wildcard("*a*a*a*a*a*a*a*a*b"), std::string(4000, 'a')));
}

TEST(FilterText, ShortensUnitsPathsAndContainersAsPeopleDo) {
  using tool::filter::fits;
  using tool::filter::Key;
  const auto equal = [](const std::string& text) { return TextPattern{TextPattern::How::equal, text}; };
  EXPECT_TRUE(fits(Key::unit, equal("ssh"), "ssh.service"));
  EXPECT_FALSE(fits(Key::unit, equal("ssh"), "ssh.socket"));
  EXPECT_TRUE(fits(Key::unit, equal("ssh.socket"), "ssh.socket"));
  EXPECT_TRUE(fits(Key::unit, wildcard("ss*"), "ssh.service"));
  EXPECT_TRUE(fits(Key::exe, equal("nginx"), "/usr/sbin/nginx"));
  EXPECT_FALSE(fits(Key::exe, equal("/nginx"), "/usr/sbin/nginx"));
  const std::string id = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
  EXPECT_TRUE(fits(Key::container, equal(id.substr(0, 12)), id));
  EXPECT_FALSE(fits(Key::container, equal(id.substr(0, 11)), id));
}

}  // namespace
