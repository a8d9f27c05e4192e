// SPDX-License-Identifier: MIT
// One table of what dumps skip and repeat.
#include "model/row_merge.hpp"

#include <gtest/gtest.h>

#include "unit/rows.hpp"

namespace tcptable::test {
namespace {

using model::drop_repeated;
using model::merge_passes;

const Ends kPair = ends("10.0.0.1", 80, "10.0.0.2", 1000);

SocketRow connection(std::uint64_t cookie, State state = State::established, const Ends& between = kPair) {
  return make_row(state, between, cookie, static_cast<std::uint32_t>(cookie));
}

std::vector<std::uint64_t> cookies(const std::vector<SocketRow>& rows) {
  std::vector<std::uint64_t> result;
  for (const SocketRow& row : rows) result.push_back(row.cookie);
  return result;
}

using Cookies = std::vector<std::uint64_t>;

TEST(DropRepeated, KeepsTheLaterContentAtTheEarlierPlace) {
  std::vector<SocketRow> rows{connection(1), connection(2), connection(1, State::fin_wait1)};
  drop_repeated(rows);
  EXPECT_EQ(cookies(rows), (Cookies{1, 2}));
  EXPECT_EQ(rows[0].state, State::fin_wait1);
}

TEST(DropRepeated, KeepsTwoSocketsOnTheSameEndpoints) {
  std::vector<SocketRow> rows{connection(1, State::time_wait), connection(2)};
  drop_repeated(rows);
  EXPECT_EQ(rows.size(), 2U);
}

TEST(DropRepeated, TellsRowsWithoutCookieByEndpointsAndInode) {
  SocketRow first = connection(0);
  first.inode = 7;
  SocketRow other_inode = first;
  other_inode.inode = 8;
  SocketRow other_end = first;
  other_end.remote.port = 1001;
  SocketRow other_protocol = first;
  other_protocol.protocol = Protocol::udp;
  std::vector<SocketRow> rows{first, other_inode, other_end, other_protocol, first, other_end};
  drop_repeated(rows);
  EXPECT_EQ(rows.size(), 4U);
}

TEST(DropRepeated, LeavesAnEmptyTableEmpty) {
  std::vector<SocketRow> rows;
  drop_repeated(rows);
  EXPECT_TRUE(rows.empty());
}

TEST(DropRepeated, KeepsManyRowsWithLikeKeys) {
  std::vector<SocketRow> rows;
  constexpr std::uint64_t kSockets = 5000;
  for (int repeat = 0; repeat < 2; ++repeat) {
    for (std::uint64_t i = 1; i <= kSockets; ++i) rows.push_back(connection(i << 32));
  }
  drop_repeated(rows);
  EXPECT_EQ(rows.size(), kSockets);
}

TEST(MergePasses, ARowThatTheSecondPassSkippedComesFromTheFirst) {
  const Ends other = ends("10.0.0.1", 80, "10.0.0.2", 1001);
  const auto [rows, added] =
      merge_passes({connection(1), connection(2, State::established, other)}, {connection(1)});
  EXPECT_EQ(rows.size(), 2U);
  EXPECT_EQ(added, 0U);
}

TEST(MergePasses, TheSecondPassHasTheLastWord) {
  const auto [rows, added] = merge_passes({connection(1)}, {connection(1, State::close_wait)});
  ASSERT_EQ(rows.size(), 1U);
  EXPECT_EQ(rows[0].state, State::close_wait);
}

TEST(MergePasses, AConnectionWhoseEndpointsAnotherSocketHasByNowIsGone) {
  const auto [rows, added] = merge_passes({connection(1, State::syn_recv)}, {connection(2)});
  EXPECT_EQ(cookies(rows), (Cookies{2}));
  EXPECT_EQ(added, 1U);
}

TEST(MergePasses, ListenersThatShareAPortAreAllKept) {
  const auto [rows, added] =
      merge_passes({make_listener("0.0.0.0", 80, 1)}, {make_listener("0.0.0.0", 80, 2)});
  EXPECT_EQ(rows.size(), 2U);
}

TEST(MergePasses, ARepeatWithinAPassIsKeptOnce) {
  const auto [rows, added] = merge_passes({}, {connection(1), connection(1)});
  EXPECT_EQ(rows.size(), 1U);
}

}  // namespace
}  // namespace tcptable::test
