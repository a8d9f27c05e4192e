// SPDX-License-Identifier: MIT
// What is made of dumps that skip rows, or describe sockets that were closed meanwhile. Where the scripted
// kernel doesn't tell how many hash buckets it has, chains count as long.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <vector>

#include "backend/backend.hpp"
#include "support/scripted_netlink.hpp"

namespace tcptable::test {
namespace {

constexpr std::uint32_t kSockets = 300;
constexpr std::uint8_t kEstablished = 1;
constexpr std::uint8_t kHalfOpen = 3;
constexpr std::uint8_t kClosed = 7;
constexpr std::uint8_t kListening = 10;

class SockDiagBackend : public ::testing::Test {
 protected:
  // What comes in one datagram can't be torn.
  void deliver_by_parts(const Datagram& dump) {
    kernel_.deliver(dump);
    kernel_.deliver(Datagram().listener(kSockets).done());
  }

  // A dump of the sockets with the cookies 1 to kSockets, but for `skipped`, and of `more`.
  void deliver_dump(std::vector<std::uint32_t> skipped, std::vector<std::uint32_t> more = {}) {
    Datagram dump;
    for (std::uint32_t cookie = 1; cookie < kSockets; ++cookie) {
      if (std::find(skipped.begin(), skipped.end(), cookie) == skipped.end()) dump.listener(cookie);
    }
    for (const std::uint32_t cookie : more) dump.listener(cookie);
    deliver_by_parts(dump);
  }

  backend::RowTable collect(const Query& query = ipv4()) {
    backend::RowTable table;
    const auto collected = backend::kSockDiag.collect(kernel_, query, table);
    EXPECT_TRUE(collected) << to_string(collected.error());
    return table;
  }

  bool asks_for(State state) const {
    inet_diag_req_v2 request{};
    const auto& sent = kernel_.last_request();
    EXPECT_GE(sent.size(), NLMSG_HDRLEN + sizeof request);
    std::memcpy(&request, sent.data() + NLMSG_HDRLEN, sizeof request);
    return (request.idiag_states & StateSet{state}.mask()) != 0;
  }

  static std::size_t rows_of_listeners(const backend::RowTable& table) {
    return static_cast<std::size_t>(
        std::count_if(table.rows.begin(), table.rows.end(),
                      [](const SocketRow& row) { return row.state == State::listen; }));
  }

  static Query ipv4() {
    Query query;
    query.ipv6 = false;
    return query;
  }

  ScriptedNetlink kernel_;
};

TEST_F(SockDiagBackend, APassThatAddsNothingIsTheLast) {
  for (int i = 0; i < 3; ++i) deliver_dump({});
  const auto table = collect();
  EXPECT_EQ(table.rows.size(), kSockets);
  EXPECT_TRUE(table.complete);
  EXPECT_EQ(kernel_.undelivered(), 2U);
}

TEST_F(SockDiagBackend, HowManyDatagramsItTookAndNotHowManyRowsSaysWhetherAPassIsBelieved) {
  kernel_.deliver(Datagram().listener(1));
  kernel_.deliver(Datagram().listener(3).done());
  for (int pass = 0; pass < 2; ++pass) kernel_.deliver(Datagram().listener(1).listener(2).listener(3).done());
  EXPECT_EQ(collect().rows.size(), 3U);
  EXPECT_EQ(kernel_.undelivered(), 0U);
  for (int pass = 0; pass < 2; ++pass) kernel_.deliver(Datagram().listener(1).listener(2).done());
  EXPECT_EQ(collect().rows.size(), 2U);
  EXPECT_EQ(kernel_.undelivered(), 1U);
}

TEST_F(SockDiagBackend, WhatPassesSkipComesFromTheOthers) {
  deliver_dump({7});
  deliver_dump({8});
  deliver_dump({9});
  const auto table = collect();
  EXPECT_EQ(table.rows.size(), kSockets);
  EXPECT_TRUE(table.complete);
}

TEST_F(SockDiagBackend, ATableIsMarkedWhereEachPassAddedSomething) {
  for (std::uint32_t pass = 1; pass <= 10; ++pass) deliver_dump({}, {kSockets + pass});
  const auto table = collect();
  EXPECT_FALSE(table.complete);
  EXPECT_GT(table.rows.size(), kSockets);
  EXPECT_GT(kernel_.undelivered(), 0U) << "it must come to an end";
}

TEST_F(SockDiagBackend, OnShortChainsWhereNothingMovesOnePassIsEnough) {
  kernel_.hold_still();
  for (int i = 0; i < 2; ++i) deliver_dump({});
  EXPECT_TRUE(collect().complete);
  EXPECT_EQ(kernel_.undelivered(), 2U);
}

TEST_F(SockDiagBackend, OnShortChainsHalfOpenConnectionsAskForOneMorePass) {
  kernel_.hold_still();
  Query established = ipv4();
  established.states = {State::listen, State::established};
  for (const Query& query : {ipv4(), established}) {
    SCOPED_TRACE(query.states.mask());
    Datagram first;
    for (std::uint32_t cookie = 2; cookie < kSockets; ++cookie) first.listener(cookie);
    deliver_by_parts(first.socket(kSockets + 1, kHalfOpen, 80, 1));
    deliver_dump({2});
    deliver_dump({});
    EXPECT_EQ(rows_of_listeners(collect(query)), kSockets);
    EXPECT_EQ(kernel_.undelivered(), 2U);
    kernel_.deliver_nothing_more();
    EXPECT_TRUE(asks_for(State::syn_recv));
  }
}

TEST_F(SockDiagBackend, ListenersAreAskedForAlone) {
  Query listening = ipv4();
  listening.states = {State::listen};
  deliver_dump({});
  deliver_dump({});
  collect(listening);
  EXPECT_TRUE(asks_for(State::listen));
  EXPECT_FALSE(asks_for(State::syn_recv)) << "for which the kernel would walk all connections";
}

TEST_F(SockDiagBackend, ASocketThatWasClosedWhileItWasDescribedIsNoRow) {
  const Query with_bound = [] {
    Query query = ipv4();
    query.states = query.states.with(State::bound);
    return query;
  }();
  for (const Query& query : {ipv4(), with_bound}) {
    kernel_.deliver(Datagram()
                        .listener(1)
                        .socket(2, kEstablished, 0, 50'000)
                        .socket(3, kClosed, 0, 50'000)
                        .socket(4, kClosed, 80, 50'000)
                        .done());
    const auto table = collect(query);
    ASSERT_EQ(table.rows.size(), 1U);
    EXPECT_EQ(table.rows[0].cookie, 1U);
  }
}

TEST_F(SockDiagBackend, ASocketThatLeftTheStatesAskedForIsNoRow) {
  Query query = ipv4();
  query.states = {State::established};
  kernel_.deliver(Datagram().socket(1, kEstablished, 80, 1).socket(2, kListening, 80).done());
  const auto table = collect(query);
  ASSERT_EQ(table.rows.size(), 1U);
  EXPECT_EQ(table.rows[0].cookie, 1U);
}

}  // namespace
}  // namespace tcptable::test
