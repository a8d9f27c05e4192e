// SPDX-License-Identifier: MIT
#include "win32/tables/row_order.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <tuple>

namespace {

using namespace tcptable;
using namespace tcptable::win32;

SocketRow row4(std::uint8_t last_byte, std::uint16_t port, std::uint8_t remote_byte = 0,
               std::uint16_t remote_port = 0) {
  SocketRow row;
  row.state = State::established;
  row.local.address = {10, 0, 0, last_byte};
  row.local.port = port;
  row.remote.address = {10, 0, 1, remote_byte};
  row.remote.port = remote_port;
  return row;
}

SocketRow row6(std::uint8_t last_byte, std::uint32_t scope, std::uint16_t port) {
  SocketRow row;
  row.local.family = row.remote.family = Family::ipv6;
  row.local.address[0] = 0xfe;
  row.local.address[15] = last_byte;
  row.local.scope_id = scope;
  row.local.port = port;
  return row;
}

TableRequest ordered(Family family, Protocol protocol = Protocol::tcp) {
  return {protocol, family, RowSelection::all, true};
}

using Positions = std::vector<std::uint32_t>;

Positions select_rows(const std::vector<SocketRow>& rows, const TableRequest& request) {
  RowOrder order;
  const auto selected = order.select(rows, request);
  return {selected.begin(), selected.end()};
}

TEST(RowOrder, ComparesPortsAsNumbersNotAsBytes) {
  const std::vector rows{row4(1, 256), row4(1, 2), row4(1, 255)};
  EXPECT_EQ(select_rows(rows, ordered(Family::ipv4)), (Positions{1, 2, 0}));
}

TEST(RowOrder, GoesByLocalAddressThenLocalPortThenRemoteAddressThenRemotePort) {
  const std::vector rows{row4(2, 1, 1, 1), row4(1, 2, 1, 1), row4(1, 1, 2, 1), row4(1, 1, 1, 2),
                         row4(1, 1, 1, 1)};
  EXPECT_EQ(select_rows(rows, ordered(Family::ipv4)), (Positions{4, 3, 2, 1, 0}));
}

TEST(RowOrder, KeepsTheOrderOfEqualRows) {
  const std::vector rows{row4(1, 1), row4(1, 1), row4(0, 1), row4(1, 1)};
  EXPECT_EQ(select_rows(rows, ordered(Family::ipv4)), (Positions{2, 0, 1, 3}));
}

// So long that several threads sort it.
TEST(RowOrder, ALongTableIsInTheSameOrder) {
  std::mt19937 random(1);
  const auto any = [&] { return static_cast<std::uint16_t>(random() % 300); };  // many are equal
  std::vector<SocketRow> rows;
  for (int i = 0; i < 50'000; ++i)
    rows.push_back(
        row4(static_cast<std::uint8_t>(random() % 4), any(), static_cast<std::uint8_t>(random() % 4), any()));
  Positions expected(rows.size());
  std::iota(expected.begin(), expected.end(), 0U);
  const auto key = [&](std::uint32_t at) {
    const SocketRow& row = rows[at];
    return std::make_tuple(row.local.address, row.local.port, row.remote.address, row.remote.port);
  };
  std::stable_sort(expected.begin(), expected.end(), [&](auto a, auto b) { return key(a) < key(b); });
  EXPECT_TRUE(select_rows(rows, ordered(Family::ipv4)) == expected);
  for (SocketRow& row : rows) row.local.family = row.remote.family = Family::ipv6;
  EXPECT_TRUE(select_rows(rows, ordered(Family::ipv6)) == expected);
}

TEST(RowOrder, Ipv6ScopeComesBeforeThePort) {
  const std::vector rows{row6(1, 2, 1), row6(1, 1, 9), row6(0, 9, 9)};
  EXPECT_EQ(select_rows(rows, ordered(Family::ipv6)), (Positions{2, 1, 0}));
}

TEST(RowOrder, UdpIgnoresTheRemoteEnd) {
  std::vector rows{row4(1, 1, 9, 9), row4(1, 1, 1, 1)};
  for (SocketRow& row : rows) row.protocol = Protocol::udp;
  EXPECT_EQ(select_rows(rows, ordered(Family::ipv4, Protocol::udp)), (Positions{0, 1}));
}

TEST(RowOrder, UnorderedTableKeepsTheKernelsOrder) {
  const std::vector rows{row4(9, 1), row4(1, 1)};
  EXPECT_EQ(select_rows(rows, {Protocol::tcp, Family::ipv4, RowSelection::all, false}), (Positions{0, 1}));
}

TEST(RowOrder, SelectsListenersConnectionsAndFamilies) {
  std::vector rows{row4(1, 1), row4(2, 2), row6(1, 0, 3)};
  rows[1].state = State::listen;
  rows[0].state = State::time_wait;
  EXPECT_EQ(select_rows(rows, {Protocol::tcp, Family::ipv4, RowSelection::listeners, false}), (Positions{1}));
  EXPECT_EQ(select_rows(rows, {Protocol::tcp, Family::ipv4, RowSelection::connections, false}),
            (Positions{0}));
  EXPECT_EQ(select_rows(rows, {Protocol::tcp, Family::ipv6, RowSelection::all, false}), (Positions{2}));
}

}  // namespace
