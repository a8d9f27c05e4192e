// SPDX-License-Identifier: MIT
// ss's own words select the same sockets as in ss, asked in one network namespace at one moment.
#include <gtest/gtest.h>
#include <tcptable/snapshot.hpp>

#include <array>
#include <cstdio>
#include <memory>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "support/network_namespace.hpp"
#include "support/socket_states.hpp"
#include "support/sockets.hpp"
#include "tcptable/filter/match.hpp"
#include "tcptable/filter/narrow.hpp"
#include "tcptable/filter/parser.hpp"
#include "tcptable/filter/snapshot_facts.hpp"

namespace {

using tcptable::Family;
using tcptable::test::close_until_fin_wait2;
using tcptable::test::Connection;
using tcptable::test::endpoint;
using tcptable::test::Fd;
using tcptable::test::listen_on;
using tcptable::test::loopback;
using tcptable::test::make_connection;

struct Closer {
  void operator()(FILE* pipe) const { pclose(pipe); }
};

std::string output_of(const std::string& command) {
  const std::unique_ptr<FILE, Closer> pipe(popen(command.c_str(), "r"));
  std::string text;
  std::array<char, 4096> buffer;
  while (const std::size_t count = pipe ? fread(buffer.data(), 1, buffer.size(), pipe.get()) : 0)
    text.append(buffer.data(), count);
  return text;
}

// "ADDRESS:PORT" as ss writes it.
std::string ss_text(const tcptable::Endpoint& end, bool is_listener_peer) {
  const std::string address = address_text(end);
  const std::string port = is_listener_peer ? "*" : std::to_string(end.port);
  return (end.family == Family::ipv6 ? '[' + address + ']' : address) + ':' + port;
}

class FilterLikeSs : public ::testing::Test {
 protected:
  void SetUp() override {
    if (output_of("ss -V 2>/dev/null").empty()) GTEST_SKIP() << "needs ss (iproute2)";
    if (const auto reason = tcptable::test::enter_network_namespace()) GTEST_SKIP() << *reason;
    for (Family family : {Family::ipv4, Family::ipv6}) {
      listeners_.push_back(listen_on(loopback(family, 80)));
      listeners_.push_back(listen_on(loopback(family, 2000)));
      for (int i = 0; i < 2; ++i) connections_.push_back(make_connection(listeners_.back()));
    }
    listeners_.push_back(listen_on(endpoint("0.0.0.0", 22)));
    connections_.push_back(make_connection(listeners_.front()));
    close_until_fin_wait2(connections_.back().server);
    connections_.push_back(make_connection(listeners_.front()));
    close_until_fin_wait2(connections_.back().server);
    connections_.back().client.reset();  // time_wait
  }

  static std::multiset<std::string> by_ss(const std::string& filter) {
    std::istringstream lines(output_of("ss -tanH " + filter));
    std::multiset<std::string> sockets;
    for (std::string line; std::getline(lines, line);) {
      std::istringstream words(line);
      std::vector<std::string> fields;
      for (std::string word; words >> word;) fields.push_back(word);
      // The state stands first, but where only one was asked for.
      if (fields.size() >= 4) sockets.insert(fields[fields.size() - 2] + ' ' + fields.back());
    }
    return sockets;
  }

  static std::multiset<std::string> by_filter(const std::string& text) {
    const auto filter = tool::filter::parse(text, tool::filter::system_names());
    if (!filter) return {text + ": " + filter.error().message};
    tcptable::Query query;
    query.owners = false;
    if (!narrow(*filter, query)) return {};
    const auto snapshot = tcptable::take_snapshot(query);
    if (!snapshot) return {to_string(snapshot.error())};
    tool::filter::SnapshotFacts facts(*snapshot);
    std::multiset<std::string> sockets;
    for (const tcptable::SocketRow& row : snapshot->rows()) {
      facts.look_at(row);
      if (!matches(*filter, facts)) continue;
      const bool listens = row.state == tcptable::State::listen;
      sockets.insert(ss_text(row.local, false) + ' ' + ss_text(row.remote, listens));
    }
    return sockets;
  }

  // The same filter, in the words that a shell gives to ss.
  static void expect_same(const std::string& filter) {
    std::string quoted;
    for (char c : filter)
      quoted += std::string(std::string_view("()!<>|&*[]").find(c) != std::string::npos ? "\\" : "") + c;
    EXPECT_EQ(by_filter(filter), by_ss(quoted)) << filter;
  }

  std::vector<Fd> listeners_;
  std::vector<Connection> connections_;
};

TEST_F(FilterLikeSs, SeesTheSameSocketsAtAll) {
  EXPECT_EQ(by_filter("").size(), 5U + 8U + 2U + 1U);
  expect_same("");
}

TEST_F(FilterLikeSs, SelectsTheSameStates) {
  for (const char* filter :
       {"state all", "state established", "state listening", "state time-wait", "state fin-wait-2",
        "state close-wait", "state connected", "state synchronized", "state bucket", "state big",
        "exclude listening", "exclude connected", "excl time-wait", "state established state listening",
        "state closed", "state connected exclude established", "exclude listening exclude established",
        "exclude bucket"}) {
    expect_same(filter);
  }
}

TEST_F(FilterLikeSs, SelectsTheSamePorts) {
  for (const char* filter :
       {"sport = :80",      "dport = :2000",  "sport :22",        "sport 22",     "sport = 80",
        "sport eq :80",     "dport != :80",   "sport neq :22",    "sport ne :22", "dport gt :1024",
        "dport > :1024",    "sport ge :80",   "sport geq :80",    "sport >= :80", "sport le :80",
        "sport leq :80",    "sport lt :80",   "dport lt :1024",   "sport = :ssh", "sport = inet:80",
        "sport = inet6:80", "sport inet::80", "dport inet6::2000"}) {
    expect_same(filter);
  }
}

TEST_F(FilterLikeSs, SelectsTheSameAddresses) {
  for (const char* filter :
       {"dst 127.0.0.1", "src 127.0.0.1:80", "dst 127.0.0.0/8", "dst 127/8", "dst = 127.0.0.1", "src [::1]",
        "src [::1]:80", "dst [::1]:2000", "dst 0.0.0.0/0", "src 0.0.0.0", "src 10.0.0.0/8", "src :80",
        "src *:80", "dst any", "dst inet:127.0.0.1", "src inet6:[::1]:80", "src 127.0.0.0/8:22"}) {
    expect_same(filter);
  }
}

TEST_F(FilterLikeSs, CombinesTheSameWay) {
  for (const char* filter :
       {"( dport = :80 or sport = :22 )", "dport = :80 or sport = :22", "sport = :80 and dst 127.0.0.1",
        "sport = :80 & dst 127.0.0.1", "sport = :80 && dst 127.0.0.1", "sport = :80 dst 127.0.0.1",
        "sport = :80 | sport = :22", "sport = :80 || sport = :22", "! sport = :80", "not sport = :80",
        "! ( sport = :80 or dst [::1] )", "sport = :22 or ( sport = :80 and dst 127.0.0.1 )",
        "! sport = :80 and ! dst 127.0.0.1",
        "state established ( dport = :2000 or sport = :2000 ) dst 127.0.0.0/8",
        "state connected ! dst 127.0.0.1", "dev lo", "dev != lo", "! dev = lo"}) {
    expect_same(filter);
  }
}

// ss goes from left to right here, against its own manual.
TEST_F(FilterLikeSs, LetsAndBindTighterAsTheManualSays) {
  const std::string mixed = "sport = :22 or sport = :80 and dst 127.0.0.1";
  const auto as_the_manual_says = by_ss("sport = :22 or \\( sport = :80 and dst 127.0.0.1 \\)");
  EXPECT_EQ(by_filter(mixed), as_the_manual_says);
  EXPECT_NE(by_ss(mixed), as_the_manual_says) << "ss has changed: docs/filter.md should say so";
}

}  // namespace
