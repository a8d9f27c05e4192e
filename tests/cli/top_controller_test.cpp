// SPDX-License-Identifier: MIT
// Keys and the mouse, from what they mean to what the screen shows.
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "cli/top_fixture.hpp"
#include "support/sockets.hpp"

namespace {

using namespace tcptable::test;
using tool::top::Action;
using tool::top::all_bindings;
using tool::top::Binding;
using tool::top::character;
using tool::top::Choices;
using tool::top::Key;
using tool::top::Mode;
using tool::top::Mouse;

class TopController : public TopTest {
 protected:
  void SetUp() override {
    TopTest::SetUp();
    MadeSnapshot made;
    for (std::uint16_t port = 1; port <= 50; ++port)
      made.add(listener("127.0.0.1", port), {port == 33 ? "wanted" : "other"});
    view.update(made.snapshot());
    view.text();
  }
  std::uint16_t selected_port() { return view.table.selected()->row->local.port; }

  LiveView view{{80, 24}};
};

TEST(TopBindings, NoKeyMeansTwoThingsInAMode) {
  std::set<std::pair<Mode, std::string>> seen;
  for (const Binding& binding : all_bindings())
    EXPECT_TRUE(seen.emplace(binding.mode, tool::top::key_name(binding.key)).second)
        << tool::top::key_name(binding.key);
}

TEST(TopBindings, EveryActionOfTheTableIsExplained) {
  std::set<Action> explained;
  for (const Binding& binding : all_bindings()) {
    if (!binding.meaning.empty()) explained.insert(binding.action);
  }
  for (const Binding& binding : all_bindings()) {
    const bool needs_none = binding.mode != Mode::table;
    EXPECT_TRUE(needs_none || explained.contains(binding.action)) << tool::top::key_name(binding.key);
  }
}

TEST_F(TopController, QuitsByQButNotWithinAPrompt) {
  view.type("/q");
  EXPECT_FALSE(view.controller.wants_to_quit());
  view.press(Key::Name::escape);
  view.type("q");
  EXPECT_TRUE(view.controller.wants_to_quit());
}

TEST_F(TopController, MovesByLinesPagesAndToBothEnds) {
  view.press(Key::Name::down);
  EXPECT_EQ(selected_port(), 2);
  view.press(Key::Name::page_down);
  EXPECT_EQ(selected_port(), 21);
  view.type("k");
  EXPECT_EQ(selected_port(), 20);
  view.press(Key::Name::end);
  EXPECT_EQ(selected_port(), 50);
  view.press(Key::Name::down);
  EXPECT_EQ(selected_port(), 50);
  view.press(Key::Name::home);
  EXPECT_EQ(selected_port(), 1);
}

TEST_F(TopController, TogglesAskForARefreshOnlyWhenTheyBringMore) {
  view.type("u");
  EXPECT_FALSE(view.table.choices().udp);
  EXPECT_FALSE(view.controller.takes_refresh_wish());
  view.type("u");
  EXPECT_TRUE(view.controller.takes_refresh_wish());
  view.type("tleo");
  const Choices& choices = view.table.choices();
  EXPECT_FALSE(choices.tcp || choices.listening || choices.established || choices.other);
  EXPECT_EQ(view.line(1), "-tcp +udp -listening -established -other");
}

TEST_F(TopController, SearchFollowsEachLetter) {
  view.type("/wan");
  EXPECT_EQ(selected_port(), 33);
  EXPECT_EQ(view.line(23), "search: wan");
  view.type("x");
  EXPECT_EQ(view.line(23), "search: wanx   not found");
  EXPECT_EQ(selected_port(), 33);
  view.press(Key::Name::backspace);
  view.press(Key::Name::enter);
  view.press(Key::Name::home);
  view.type("n");
  EXPECT_EQ(selected_port(), 33);
}

TEST_F(TopController, FilterFollowsEachLetterThatMakesItRight) {
  view.type("fproc:wanted");
  EXPECT_EQ(view.table.lines().size(), 1U);
  view.type(" port:");
  EXPECT_EQ(view.table.choices().filter_text, "proc:wanted por") << "the last right one stays";
  view.press(Key::Name::enter);
  EXPECT_TRUE(view.line(23).starts_with("filter: proc:wanted port:  ")) << "and it can't be left as it is";
  EXPECT_GT(view.line(23).size(), 30U) << "what is wrong is said";
  view.type("33");
  view.press(Key::Name::enter);
  EXPECT_EQ(view.line(1), "+tcp +udp +listening +established +other  filter proc:wanted port:33");
  view.press(Key::Name::escape);
  EXPECT_EQ(view.table.lines().size(), 50U);
}

TEST_F(TopController, EscapeGivesTheFilterBackThatWasThere) {
  view.type("fport:1-10");
  view.press(Key::Name::enter);
  view.type("f");
  view.press(character(tool::top::control('u')));
  view.type("port:1");
  EXPECT_EQ(view.table.lines().size(), 1U);
  view.press(Key::Name::escape);
  EXPECT_EQ(view.table.lines().size(), 10U);
}

TEST_F(TopController, PromptTakesNoControlCharacter) {
  view.type("/a\x01\x02");
  view.press(character(0x202e));
  view.press(character(0xe4));
  EXPECT_EQ(view.line(23).substr(0, 11), "search: a\u00e4");
}

TEST_F(TopController, PauseStopsAndGoesOnWithALook) {
  view.type(" ");
  EXPECT_TRUE(view.controller.is_paused());
  EXPECT_NE(view.line(0).find("paused"), std::string::npos);
  EXPECT_FALSE(view.controller.takes_refresh_wish());
  view.type(" ");
  EXPECT_FALSE(view.controller.is_paused());
  EXPECT_TRUE(view.controller.takes_refresh_wish());
}

TEST_F(TopController, ColumnsCanBeHiddenAllButOne) {
  view.type("c");
  view.type(" ");
  for (std::size_t i = 1; i < tool::default_columns().size(); ++i) {
    view.press(Key::Name::down);
    view.type(" ");
  }
  EXPECT_EQ(view.table.choices().columns.size(), 1U);
  EXPECT_NE(view.line(23).find("one column must stay"), std::string::npos);
  view.press(Key::Name::enter);
  EXPECT_EQ(view.line(2), "  PROTO WORKLOAD");
}

TEST_F(TopController, WheelMovesAndAClickSelects) {
  view.controller.handle(Mouse{Mouse::What::wheel_down, 0, 0});
  EXPECT_EQ(selected_port(), 4);
  view.controller.handle(Mouse{Mouse::What::wheel_up, 0, 0});
  EXPECT_EQ(selected_port(), 1);
  view.click(10, 3 + 6);
  EXPECT_EQ(selected_port(), 7);
  view.click(10, 3 + 6);
  EXPECT_NE(view.text().find("local port    7"), std::string::npos) << "the second click opens it";
}

TEST_F(TopController, ClickOnAHeadingSortsAndAgainTheOtherWay) {
  const std::size_t x = view.line(2).find("PORT");
  view.click(x, 2);
  EXPECT_EQ(view.table.choices().sort, tool::find_column("lport"));
  EXPECT_EQ(view.line(2).substr(x, 5), "PORT^");
  view.click(x, 2);
  EXPECT_EQ(view.line(2).substr(x, 5), "PORTv");
  view.press(Key::Name::home);
  EXPECT_EQ(selected_port(), 50);
}

TEST_F(TopController, SortMovesAlongTheColumns) {
  view.type(">");
  EXPECT_EQ(view.table.choices().sort, tool::find_column("proto"));
  view.type(">");
  EXPECT_EQ(view.table.choices().sort, tool::find_column("state"));
  view.type("<r");
  EXPECT_EQ(view.table.choices().sort, tool::find_column("proto"));
  EXPECT_TRUE(view.table.choices().descending);
}

TEST_F(TopController, DetailsFollowTheSelectionAndScroll) {
  view.press(Key::Name::enter);
  EXPECT_NE(view.text().find("local port    1"), std::string::npos);
  view.press(Key::Name::down);
  EXPECT_NE(view.text().find("local port    2"), std::string::npos);
  EXPECT_EQ(view.text().find("value 19"), std::string::npos);
  view.type("JJJJJJJJJJJJJJJJJJJJJJJ");
  EXPECT_NE(view.text().find("value 19"), std::string::npos) << view.text();
  view.press(Key::Name::escape);
  EXPECT_EQ(view.text().find("more"), std::string::npos);
}

TEST_F(TopController, ColumnsWithoutRoomAreReachedBySideways) {
  view.controller.resize({40, 24});
  EXPECT_EQ(view.text().find("WORKLOAD"), std::string::npos);
  EXPECT_EQ(view.line(2).back(), '>');
  for (int i = 0; i < 9; ++i) view.press(Key::Name::right);
  EXPECT_NE(view.text().find("WORKLOAD"), std::string::npos);
  EXPECT_EQ(view.line(2).front(), '<');
}

TEST_F(TopController, FailedRefreshIsToldAndTheRowsStay) {
  view.controller.refreshed("receive_reply: no");
  EXPECT_EQ(view.line(23), "receive_reply: no");
  EXPECT_EQ(view.table.lines().size(), 50U);
}

}  // namespace
