// SPDX-License-Identifier: MIT
// Which rows are shown, in which order.
#include "tcptable/list/order.hpp"

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "cli/made_snapshot.hpp"
#include "cli/shown.hpp"
#include "support/sockets.hpp"

namespace {

using namespace tcptable::test;
using tcptable::OwnerStatus;
using tcptable::State;

MadeSnapshot four_rows() {
  MadeSnapshot made;
  made.add(connection(endpoint("192.0.2.9", 22), endpoint("198.51.100.1", 900)), {"sshd"});
  made.add(listener("0.0.0.0", 8080), {"web"});
  made.add_ownerless(connection(endpoint("10.0.0.1", 5000), endpoint("198.51.100.1", 80), State::time_wait),
                     OwnerStatus::time_wait);
  made.add(listener("0.0.0.0", 22), {"sshd"}).uid = kNobodysId;
  return made;
}

std::vector<const tcptable::SocketRow*> ordered(const tcptable::Snapshot& snapshot,
                                                const tool::Options& options = {}) {
  tool::Names names(false);
  tool::RowReader reader(snapshot, names);
  return tool::ordered_rows(snapshot, options, reader);
}

std::string local_ports(const tcptable::Snapshot& snapshot, const tool::Options& options) {
  std::string ports;
  for (const auto* row : ordered(snapshot, options)) {
    ports += (ports.empty() ? "" : " ") + std::to_string(row->local.port) +
             (row->state == State::listen ? "L" : "");
  }
  return ports;
}

std::string sorted_by(std::string_view column, bool descending = false) {
  tool::Options options;
  options.sort = tool::find_column(column);
  options.descending = descending;
  return local_ports(four_rows().snapshot(), options);
}

TEST(Order, ListenersComeFirstByPortThenConnectionsByLocalPort) {
  EXPECT_EQ(sorted_by(""), "22L 8080L 22 5000");
}

TEST(Order, EveryFieldSortsAndTiesKeepTheUsualOrder) {
  EXPECT_EQ(sorted_by("state"), "22 22L 8080L 5000");
  EXPECT_EQ(sorted_by("local"), "22L 8080L 5000 22");
  EXPECT_EQ(sorted_by("port"), "22L 22 5000 8080L");
  EXPECT_EQ(sorted_by("remote"), "22L 8080L 22 5000");
  EXPECT_EQ(sorted_by("rport"), "5000 22 22L 8080L");
  EXPECT_EQ(sorted_by("user"), "22L 8080L 22 5000");  // the number, root, not known
}

TEST(Order, RowsWithoutAnOwnerComeBehindThoseWithOne) {
  EXPECT_EQ(sorted_by("pid"), "22L 22 8080L 5000");
  EXPECT_EQ(sorted_by("process"), "22L 22 8080L 5000");
}

TEST(Order, DescendingTurnsTheFieldAndNotTheTies) {
  EXPECT_EQ(sorted_by("port", true), "8080L 5000 22L 22");
  EXPECT_EQ(sorted_by("pid", true), "5000 8080L 22L 22");
}

TEST(Order, ListenersOfUdpAreTheSocketsWithoutAPeer) {
  MadeSnapshot made = four_rows();
  made.add(datagram_socket("0.0.0.0", 53), {"dns"});
  auto connected = connection(endpoint("10.0.0.1", 6000), endpoint("10.0.0.2", 53));
  connected.protocol = tcptable::Protocol::udp;
  made.add(connected, {"dns"});
  tool::Options options;
  options.listeners = true;
  EXPECT_EQ(local_ports(made.snapshot(), options), "22L 53 8080L");
}

TEST(Order, DoesNotDependOnTheKernelsOrder) {
  MadeSnapshot forwards, backwards;
  for (std::uint16_t i = 0; i < 50; ++i) {
    forwards.add(
        connection(endpoint("10.0.0.1", 80), endpoint("10.0.0.2", static_cast<std::uint16_t>(1000 + i))),
        {"web"});
    backwards.add(
        connection(endpoint("10.0.0.1", 80), endpoint("10.0.0.2", static_cast<std::uint16_t>(1049 - i))),
        {"web"});
  }
  const auto one = forwards.snapshot();
  const auto other = backwards.snapshot();
  const auto rows = ordered(one);
  const auto same = ordered(other);
  ASSERT_EQ(rows.size(), same.size());
  for (std::size_t i = 0; i < rows.size(); ++i) EXPECT_EQ(rows[i]->remote, same[i]->remote);
}

// So long that several threads sort and print it; each line is as it would be in a short table.
TEST(Order, OfALongTableIsThatOfAShortOne) {
  constexpr int kRows = 20'000;
  MadeSnapshot made;
  for (int i = 0; i < kRows; ++i) {
    const auto port = static_cast<std::uint16_t>(10'000 + (i * 7919) % kRows);  // each once, in no order
    made.add(connection(endpoint("10.0.0.1", port), endpoint("198.51.100.1", 80)),
             {i % 2 == 0 ? "web" : "api"});
  }
  tool::Options options;
  options.columns = *tool::parse_columns("lport,process,pid", {});
  std::istringstream lines(table_of(made, options));
  std::string line;
  ASSERT_TRUE(std::getline(lines, line));  // the heading
  for (int i = 0; i < kRows; ++i) {
    ASSERT_TRUE(std::getline(lines, line)) << i;
    const bool is_web = i % 2 == 0;  // 7919 is odd
    ASSERT_EQ(line, std::to_string(10'000 + i) + (is_web ? "  web      100" : "  api      101"));
  }
  EXPECT_FALSE(std::getline(lines, line));
}

}  // namespace
