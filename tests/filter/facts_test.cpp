// SPDX-License-Identifier: MIT
// Facts that stand beside the rows of a snapshot: counters, control groups, the owners' processes.
#include <gtest/gtest.h>
#include <unistd.h>
#include <tcptable/process.hpp>

#include <set>
#include <string>
#include <utility>

#include "filter/fixed_names.hpp"
#include "tcptable/filter/match.hpp"
#include "tcptable/filter/parser.hpp"
#include "tcptable/filter/snapshot_facts.hpp"

namespace {

using tcptable::OwnerStatus;
using tcptable::Protocol;
using tcptable::RowDetails;
using tcptable::Snapshot;
using tcptable::State;
using Ports = std::set<int>;

tcptable::TcpInfo measured() {
  tcptable::TcpInfo info;
  info.rtt_us = 150'000;
  info.segments_retransmitted = 3;
  info.bytes_acked = 2048;
  info.pacing_rate = UINT64_MAX;  // not paced
  info.minimum_rtt_us = UINT32_MAX;
  info.congestion_control = "bbr";
  return info;  // delivery_rate is absent: an old kernel
}

tcptable::SocketCgroup in_group(const std::string& path) {
  return {path, tcptable::parse_cgroup_path(path), tcptable::CgroupSource::socket};
}

// Row 1 is measured, in nginx.service and held by this process; 2 is in TIME_WAIT; 3 has no details though it
// could have some; 4 is UDP.
Snapshot detailed() {
  Snapshot::Parts parts;
  for (const State state : {State::established, State::time_wait, State::established, State::close}) {
    tcptable::SocketRow row;
    row.local.port = static_cast<std::uint16_t>(parts.rows.size() + 1);
    row.state = state;
    row.owner_status = state == State::time_wait ? OwnerStatus::time_wait : OwnerStatus::not_permitted;
    parts.rows.push_back(row);
  }
  parts.rows[3].protocol = Protocol::udp;
  parts.rows[0].owner_status = OwnerStatus::known;
  parts.rows[0].holder_count = 1;
  parts.holders = {0};
  parts.processes = {tcptable::describe_process(getpid()).value().process};
  parts.details.tcp_infos = {measured()};
  parts.details.tcp_info_of_row = {0, RowDetails::kNone, RowDetails::kNone, RowDetails::kNone};
  parts.cgroups = {in_group("/system.slice/nginx.service")};
  parts.cgroup_of_row = {0, RowDetails::kNone, RowDetails::kNone, RowDetails::kNone};
  return Snapshot(std::move(parts));
}

Ports matched(const std::string& filter) {
  const auto expression = tool::filter::parse(filter, tcptable::test::FixedNames()).value();
  const Snapshot snapshot = detailed();
  tool::filter::SnapshotFacts facts(snapshot);
  Ports ports;
  for (const tcptable::SocketRow& row : snapshot.rows()) {
    facts.look_at(row);
    if (matches(expression, facts)) ports.insert(row.local.port);
  }
  return ports;
}

TEST(FilterFacts, ComparesCounters) {
  EXPECT_EQ(matched("rtt>100ms"), Ports{1});
  EXPECT_EQ(matched("rtt<100ms"), Ports{});
  EXPECT_EQ(matched("retrans>0 bytes_out:2K"), Ports{1});
  EXPECT_EQ(matched("cc:bbr"), Ports{1});
}

TEST(FilterFacts, KnowsWhereThereCanBeNoCounters) {
  // Neither TIME_WAIT nor UDP has an rtt; row 3 has one, which was not told.
  EXPECT_EQ(matched("!rtt>100ms"), (Ports{2, 4}));
  EXPECT_EQ(matched("!cc:bbr"), (Ports{2, 4}));
}

TEST(FilterFacts, TellsNoneFromUnknownAmongCounters) {
  EXPECT_EQ(matched("!pacing<1M lport:1"), Ports{1}) << "it is not paced at all";
  EXPECT_EQ(matched("!min_rtt<1s lport:1"), Ports{1}) << "there was no sample";
  EXPECT_EQ(matched("pacing>1M"), Ports{});
  EXPECT_EQ(matched("min_rtt>1s"), Ports{});
  EXPECT_EQ(matched("!delivery_rate<1M lport:1"), Ports{}) << "the kernel doesn't tell";
  EXPECT_EQ(matched("!ulp:tls lport:1"), Ports{1});
}

TEST(FilterFacts, ComparesControlGroups) {
  EXPECT_EQ(matched("unit:nginx"), Ports{1});
  EXPECT_EQ(matched("slice:system"), Ports{1});
  EXPECT_EQ(matched("cgroup:/system.slice/*"), Ports{1});
  EXPECT_EQ(matched("nginx"), Ports{1}) << "a bare word looks at the unit, too";
  EXPECT_EQ(matched("!container:*"), (Ports{1, 2})) << "the groups of 3 and 4 are not known";
}

TEST(FilterFacts, ReadsTheOwnersProcess) {
  const std::string pid = std::to_string(getpid());
  EXPECT_EQ(matched("pid:" + pid + " exe:filter_facts_test"), Ports{1});
  EXPECT_EQ(matched("cmdline:filter_facts_test start>=2020-01-01"), Ports{1});
  EXPECT_EQ(matched("start<2020-01-01"), Ports{});
  EXPECT_EQ(matched("!exe:filter_facts_test"), Ports{2}) << "the owners of 3 and 4 may not be seen";
}

}  // namespace
