// SPDX-License-Identifier: MIT
// The live table's model: which sockets are the same, what has changed, in which order they stand.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "cli/made_snapshot.hpp"
#include "support/sockets.hpp"
#include "tcptable/filter/parser.hpp"
#include "tcptable/top/model/live_table.hpp"

namespace {

using namespace tcptable::test;
using tcptable::SocketRow;
using tcptable::State;
using tool::top::Change;
using tool::top::Choices;
using tool::top::Grouping;
using tool::top::kRefreshesShown;
using tool::top::Line;
using tool::top::LiveTable;

struct Made {
  SocketRow row;
  std::string owner;
  std::uint64_t cookie = 0;
};

tcptable::Snapshot snapshot_of(const std::vector<Made>& sockets) {
  MadeSnapshot made;
  for (const Made& socket : sockets) {
    SocketRow& row = socket.owner.empty() ? made.add_ownerless(socket.row, tcptable::OwnerStatus::kernel)
                                          : made.add(socket.row, {socket.owner});
    row.cookie = socket.cookie;
  }
  return made.snapshot();
}

SocketRow listening(std::uint16_t port) {
  return listener("127.0.0.1", port);
}

SocketRow connected(std::uint16_t port, State state = State::established) {
  return connection(endpoint("127.0.0.1", port), endpoint("127.0.0.1", 40000), state);
}

// "8080+" for a line whose socket has that port and has just appeared; a group's line is its name.
std::string lines_of(const LiveTable& table) {
  std::string text;
  for (const Line& line : table.lines()) {
    if (!text.empty()) text += ' ';
    if (line.kind == Line::Kind::group) {
      text += "[" + table.arrangement().group(line).name + "]";
      continue;
    }
    const tool::top::Socket& socket = table.socket(line);
    constexpr std::array<const char*, 4> kSigns{"", "+", "~", "-"};
    text += std::to_string(socket.row->local.port) + kSigns[static_cast<std::size_t>(socket.change)];
  }
  return text;
}

TEST(TopModel, FirstSnapshotHasNoNews) {
  LiveTable table{Choices()};
  table.update(snapshot_of({{listening(80), "a", 1}, {connected(90), "b", 2}}));
  EXPECT_EQ(lines_of(table), "80 90");
}

TEST(TopModel, NewSocketIsNewForAFewRefreshes) {
  LiveTable table{Choices()};
  table.update(snapshot_of({{listening(80), "a", 1}}));
  const std::vector<Made> both{{listening(80), "a", 1}, {listening(81), "a", 2}};
  for (int i = 0; i < kRefreshesShown; ++i) {
    table.update(snapshot_of(both));
    EXPECT_EQ(lines_of(table), "80 81+");
  }
  table.update(snapshot_of(both));
  EXPECT_EQ(lines_of(table), "80 81");
}

TEST(TopModel, ClosedSocketFadesAndIsGone) {
  LiveTable table{Choices()};
  table.update(snapshot_of({{listening(80), "a", 1}, {listening(81), "b", 2}}));
  for (int i = 0; i < kRefreshesShown; ++i) {
    table.update(snapshot_of({{listening(80), "a", 1}}));
    EXPECT_EQ(lines_of(table), "80 81-");
    EXPECT_EQ(table.socket(table.lines()[1]).owner()->name, "b");
  }
  table.update(snapshot_of({{listening(80), "a", 1}}));
  EXPECT_EQ(lines_of(table), "80");
}

TEST(TopModel, ClosedSocketsAreNotCounted) {
  LiveTable table{Choices()};
  table.update(snapshot_of({{listening(80), "a", 1}, {connected(81), "a", 2}}));
  table.update(snapshot_of({{listening(80), "a", 1}}));
  EXPECT_EQ(table.arrangement().counts().listening, 1U);
  EXPECT_EQ(table.arrangement().counts().established, 0U);
}

TEST(TopModel, OtherStateIsAChangeOfTheSameSocket) {
  LiveTable table{Choices()};
  table.update(snapshot_of({{connected(80), "a", 1}}));
  const auto id = table.sockets()[0].id;
  table.update(snapshot_of({{connected(80, State::close_wait), "a", 1}}));
  EXPECT_EQ(lines_of(table), "80~");
  EXPECT_EQ(table.sockets()[0].id, id);
}

TEST(TopModel, OtherOwnerIsAChange) {
  LiveTable table{Choices()};
  table.update(snapshot_of({{connected(80), "a", 1}, {connected(81), "b", 2}}));
  table.update(snapshot_of({{connected(80), "a", 1}, {connected(81), "a", 2}}));
  EXPECT_EQ(lines_of(table), "80 81~");
}

TEST(TopModel, SameEndpointsWithAnotherCookieAreAnotherSocket) {
  LiveTable table{Choices()};
  table.update(snapshot_of({{connected(80), "a", 1}}));
  table.update(snapshot_of({{connected(80), "a", 2}}));
  EXPECT_EQ(lines_of(table), "80- 80+");
}

TEST(TopModel, WithoutCookiesEndpointsTellSocketsApart) {
  LiveTable table{Choices()};
  table.update(snapshot_of({{connected(80), "a"}, {connected(81), "a"}}));
  table.update(
      snapshot_of({{connected(81, State::close_wait), "a"}, {connected(80), "a"}, {connected(82), "a"}}));
  EXPECT_EQ(lines_of(table), "80 81~ 82+");
}

TEST(TopModel, WithoutCookiesTwinsAreCounted) {
  LiveTable table{Choices()};
  table.update(snapshot_of({{listening(80), "a"}, {listening(80), "a"}, {listening(80), "a"}}));
  table.update(snapshot_of({{listening(80), "a"}, {listening(80), "a"}}));
  EXPECT_EQ(lines_of(table), "80 80 80-");
  table.update(snapshot_of({{listening(80), "a"}, {listening(80), "a"}, {listening(80), "a"}}));
  EXPECT_EQ(lines_of(table), "80 80 80+");
}

TEST(TopModel, SocketsThatAnotherChoiceBringsAreNoNews) {
  LiveTable table{Choices()};
  table.update(snapshot_of({{listening(80), "a", 1}}));
  Choices choices = table.choices();
  choices.ipv6 = false;
  table.choose(choices);
  table.update(snapshot_of({{listening(80), "a", 1}, {listening(81), "a", 2}}));
  EXPECT_EQ(lines_of(table), "80 81");
  table.choose(Choices());
  table.update(snapshot_of({{listening(81), "a", 2}}));
  EXPECT_EQ(lines_of(table), "81") << "nor those that it takes away";
}

TEST(TopModel, SelectionStaysOnItsSocketWhileRowsMove) {
  LiveTable table{Choices()};
  table.update(snapshot_of({{listening(80), "a", 1}, {listening(90), "a", 2}}));
  table.move_to(1);
  table.update(snapshot_of({{listening(90), "a", 2}, {listening(70), "a", 3}, {listening(80), "a", 1}}));
  ASSERT_NE(table.selected(), nullptr);
  EXPECT_EQ(table.selected()->row->local.port, 90);
  EXPECT_EQ(table.cursor().position(), 2U);
}

TEST(TopModel, SelectionGoesToTheNeighbourOfASocketThatHasGone) {
  LiveTable table{Choices()};
  table.update(snapshot_of({{listening(80), "a", 1}, {listening(90), "a", 2}, {listening(95), "a", 3}}));
  table.move_to(1);
  for (int i = 0; i <= kRefreshesShown; ++i)
    table.update(snapshot_of({{listening(80), "a", 1}, {listening(95), "a", 3}}));
  EXPECT_EQ(table.selected()->row->local.port, 95);
}

TEST(TopModel, UntouchedSelectionStaysAtTheTop) {
  LiveTable table{Choices()};
  table.update(snapshot_of({{listening(80), "a", 1}}));
  table.update(snapshot_of({{listening(80), "a", 1}, {listening(70), "a", 2}}));
  EXPECT_EQ(table.selected()->row->local.port, 70);
}

TEST(TopModel, SortsByAColumnBothWays) {
  Choices choices;
  choices.sort = tool::find_column("process");
  LiveTable table{choices};
  table.update(snapshot_of({{listening(80), "b", 1}, {listening(81), "c", 2}, {listening(82), "a", 3}}));
  EXPECT_EQ(lines_of(table), "82 80 81");
  choices.descending = true;
  table.choose(choices);
  EXPECT_EQ(lines_of(table), "81 80 82");
}

TEST(TopModel, GroupsByProcessAndFolds) {
  Choices choices;
  choices.grouping = Grouping::process;
  LiveTable table{choices};
  table.update(snapshot_of(
      {{listening(80), "a", 1}, {listening(81), "b", 2}, {connected(82), "a", 3}, {connected(83), "", 4}}));
  EXPECT_EQ(lines_of(table), "[a (100)] 80 82 [b (101)] 81 [] 83");
  EXPECT_EQ(table.selected(), nullptr);
  ASSERT_NE(table.selected_group(), nullptr);
  EXPECT_EQ(table.selected_group()->counts.all(), 2U);
  table.toggle_fold(*table.selected_group());
  EXPECT_EQ(lines_of(table), "[a (100)] [b (101)] 81 [] 83");
  table.toggle_fold(*table.selected_group());
  EXPECT_EQ(lines_of(table), "[a (100)] 80 82 [b (101)] 81 [] 83");
}

TEST(TopModel, TogglesHideWhatTheyName) {
  const auto shown = [](bool Choices::*toggle) {
    Choices choices;
    choices.*toggle = false;
    LiveTable table{choices};
    table.update(snapshot_of({{listening(80), "a", 1},
                              {connected(81), "a", 2},
                              {connected(82, State::time_wait), "", 3},
                              {datagram_socket("127.0.0.1", 53), "a", 4}}));
    return lines_of(table);
  };
  EXPECT_EQ(shown(&Choices::tcp), "53");
  EXPECT_EQ(shown(&Choices::udp), "80 81 82");
  EXPECT_EQ(shown(&Choices::listening), "81 82");
  EXPECT_EQ(shown(&Choices::established), "53 80 82");
  EXPECT_EQ(shown(&Choices::other), "53 80 81");
}

TEST(TopModel, FilterLetsOnlyMatchingSocketsPass) {
  Choices choices;
  choices.filter = *tool::filter::parse("proc:a state:listen", tool::filter::system_names());
  LiveTable table{choices};
  table.update(snapshot_of({{listening(80), "a", 1}, {connected(81), "a", 2}, {listening(82), "b", 3}}));
  EXPECT_EQ(lines_of(table), "80");
}

TEST(TopModel, AsksOnlyForWhatIsShown) {
  Choices choices;
  choices.columns = *tool::parse_columns("state,lport", {});
  choices.udp = false;
  auto query = query_for(choices);
  EXPECT_FALSE(query.owners || query.queues || query.uids || query.inodes || query.ages || query.udp);
  EXPECT_TRUE(query.cookies) << "sockets are known again by them";
  choices.sort = tool::find_column("recvq");
  choices.grouping = Grouping::process;
  query = query_for(choices);
  EXPECT_TRUE(query.owners && query.queues);
  choices.established = choices.other = false;
  EXPECT_EQ(query_for(choices).states.mask(), tcptable::StateSet({State::listen}).mask());
}

// A connection that leaves the states of the filter has not closed.
TEST(TopModel, FilterForAStateAsksForAllOfThem) {
  Choices choices;
  choices.filter = *tool::filter::parse("state:established proto:tcp", tool::filter::system_names());
  const auto query = query_for(choices);
  EXPECT_EQ(query.states.mask(), tcptable::StateSet::all().mask());
  EXPECT_FALSE(query.udp);
}

TEST(TopModel, SearchGoesAroundAndBackwards) {
  LiveTable table{Choices()};
  table.update(
      snapshot_of({{listening(80), "web", 1}, {listening(81), "other", 2}, {listening(82), "WEB", 3}}));
  EXPECT_TRUE(table.search("web", 1, false));
  EXPECT_EQ(table.cursor().position(), 2U);
  EXPECT_TRUE(table.search("web", 1, false));
  EXPECT_EQ(table.cursor().position(), 0U);
  EXPECT_TRUE(table.search("web", 1, true));
  EXPECT_EQ(table.cursor().position(), 2U);
  EXPECT_FALSE(table.search("nowhere", 0, false));
  EXPECT_EQ(table.cursor().position(), 2U);
}

}  // namespace
