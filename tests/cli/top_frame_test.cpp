// SPDX-License-Identifier: MIT
// Frames of the live table as text, at several sizes.
#include <gtest/gtest.h>

#include <string>

#include "cli/golden_file.hpp"
#include "cli/top_fixture.hpp"
#include "support/sockets.hpp"

namespace {

using namespace tcptable::test;
using tcptable::State;
using tool::top::Choices;
using tool::top::Color;
using tool::top::Key;
using tool::top::Screen;
using tool::top::Size;
using tool::top::Style;

class TopFrame : public TopTest {};

// Something of each change: the second snapshot has one socket more, one less, and one in another state.
void show_changes(LiveView& view) {
  MadeSnapshot before = varied_snapshot();
  before.add(listener("127.0.0.1", 9999), {"short-lived"});
  view.update(before.snapshot());
  MadeSnapshot after = varied_snapshot();
  after.add(listener("127.0.0.1", 8000), {"just started"}).cookie = 77;
  view.update(after.snapshot());
}

Choices tcp_only() {
  Choices choices;
  choices.udp = false;
  return choices;
}

// A letter a cell: g, y, r for colors, B bold, D dim, U underlined, # reversed.
char letter_of(const Style& style) {
  if (style.reverse) return '#';
  if (style.color == Color::green) return style.bold ? 'G' : 'g';
  if (style.color == Color::yellow) return style.bold ? 'Y' : 'y';
  if (style.color == Color::red) return style.bold ? 'R' : 'r';
  if (style.underline) return 'U';
  if (style.bold) return 'B';
  return style.dim ? 'D' : '.';
}

// The first cells of each line are enough to tell how it looks.
std::string styles_of(const Screen& screen) {
  std::string text;
  for (std::size_t y = 0; y < screen.size().height; ++y) {
    for (std::size_t x = 0; x < 12; ++x) text += letter_of(screen.cell(x, y).style);
    text += '\n';
  }
  return text;
}

TEST_F(TopFrame, At80x24) {
  LiveView view({80, 24}, tcp_only());
  show_changes(view);
  expect_golden("top_80x24.txt", view.text());
}

TEST_F(TopFrame, AtEightyColumnsShowsItsCountsInFull) {
  LiveView view({80, 24}, tcp_only());
  MadeSnapshot made;
  for (std::uint16_t i = 0; i < 1000; ++i)
    made.add(connection(endpoint("127.0.0.1", 443), endpoint("127.0.0.2", static_cast<std::uint16_t>(1 + i))),
             {"nginx"})
        .cookie = 1000U + i;
  view.update(made.snapshot());
  EXPECT_TRUE(view.line(0).starts_with("1000 sockets: 0 listening, 1000 established, 0 other "))
      << view.line(0);
}

TEST_F(TopFrame, At120x40) {
  LiveView view({120, 40}, tcp_only());
  show_changes(view);
  expect_golden("top_120x40.txt", view.text());
}

TEST_F(TopFrame, At200x60WithBothProtocolsAndGroups) {
  Choices choices;
  choices.grouping = tool::top::Grouping::process;
  LiveView view({200, 60}, choices);
  show_changes(view);
  expect_golden("top_200x60.txt", view.text());
}

TEST_F(TopFrame, HelpNamesEveryKeyOfTheTable) {
  LiveView view({80, 40}, tcp_only());
  show_changes(view);
  view.type("?");
  expect_golden("top_help.txt", view.text());
}

TEST_F(TopFrame, ChooserListsEveryColumn) {
  LiveView view({80, 24}, tcp_only());
  show_changes(view);
  view.type("c");
  view.press(Key::Name::down);
  expect_golden("top_columns.txt", view.text());
  const auto count = tool::all_columns().size();
  for (std::size_t i = 0; i < count; ++i) view.press(Key::Name::down);
  EXPECT_NE(view.text().find(" " + std::string(tool::all_columns().back().name) + " "), std::string::npos)
      << "the last one can be reached";
}

TEST_F(TopFrame, DetailsStandBelowTheTable) {
  LiveView view({80, 24}, tcp_only());
  show_changes(view);
  view.press(Key::Name::enter);
  expect_golden("top_details.txt", view.text());
}

TEST_F(TopFrame, ChangesHaveTheirColors) {
  LiveView view({80, 24}, tcp_only());
  show_changes(view);
  expect_golden("top_colors.txt", styles_of(view.controller.draw().screen));
}

TEST_F(TopFrame, ChangesAreSeenWithoutColors) {
  tool::top::ViewState state = plain_state();
  state.colors = false;
  LiveView view({80, 24}, tcp_only(), state);
  show_changes(view);
  const Screen screen = view.controller.draw().screen;
  for (std::size_t y = 0; y < 24; ++y) {
    for (std::size_t x = 0; x < 80; ++x) EXPECT_EQ(screen.cell(x, y).style.color, Color::normal);
  }
  expect_golden("top_no_colors.txt", styles_of(screen));
}

TEST_F(TopFrame, ClosedSocketFadesFromBoldToDim) {
  LiveView view({80, 24}, tcp_only());
  MadeSnapshot made;
  made.add(listener("127.0.0.1", 80), {"a"});
  view.update(made.snapshot());
  std::vector<Style> styles;
  for (int i = 0; i < 3; ++i) {
    view.update(MadeSnapshot().snapshot());
    styles.push_back(view.controller.draw().screen.cell(0, 3).style);
    EXPECT_EQ(styles.back().color, Color::red);
  }
  EXPECT_TRUE(styles[0].bold && !styles[0].dim);
  EXPECT_TRUE(!styles[1].bold && !styles[1].dim);
  EXPECT_TRUE(!styles[2].bold && styles[2].dim);
}

TEST_F(TopFrame, TooSmallATerminalIsToldSoInOneLine) {
  for (const Size size : {Size{39, 24}, Size{80, 7}, Size{1, 1}}) {
    LiveView view(size, tcp_only());
    show_changes(view);
    const std::string text = view.text();
    EXPECT_EQ(text.substr(0, size.width == 1 ? 4 : 5), size.width == 1 ? "\u2026\n" : "needs");
    EXPECT_EQ(text.find_first_not_of('\n', text.find('\n')), std::string::npos) << text;
  }
}

// Whatever the size, no line is wider than the screen, and every column of the details and panels stays
// within.
TEST_F(TopFrame, NoSizeBreaksAnyMode) {
  for (std::size_t width = 1; width < 210; width += 13) {
    for (std::size_t height = 1; height < 70; height += 7) {
      for (const char* keys : {"", "?", "c", "/x", "f:x", "g", "\r"}) {
        LiveView view({width, height});
        show_changes(view);
        for (const char* key = keys; *key != '\0'; ++key) {
          if (*key == '\r') {
            view.press(Key::Name::enter);
          } else {
            view.type(std::string(1, *key));
          }
        }
        EXPECT_EQ(view.controller.draw().screen.size(), (Size{width, height}));
      }
    }
  }
}

TEST_F(TopFrame, HostileNamesReachNoCellAsTheyAre) {
  LiveView view({200, 24}, tcp_only());
  MadeSnapshot made;
  made.add(listener("127.0.0.1", 1), {"\x1b[31m\x07\n\r"});
  made.add(listener("127.0.0.1", 2), {"\xff\xc3\x28"});
  made.add(listener("127.0.0.1", 3), {"\u202etxt.\u200b"});
  view.update(made.snapshot());
  for (const char* keys : {"", "g", "/\x1b"}) {
    view.type(keys);
    const Screen screen = view.controller.draw().screen;
    for (std::size_t y = 0; y < 24; ++y) {
      for (std::size_t x = 0; x < 200; ++x) {
        const std::string& glyph = screen.cell(x, y).glyph;
        EXPECT_EQ(tool::escape(glyph).text(), glyph == " " ? "\\x20" : glyph == "\\" ? "\\\\" : glyph);
      }
    }
  }
}

TEST_F(TopFrame, ColumnsDoNotJumpWhenAWideRowGoes) {
  LiveView view({120, 24}, tcp_only());
  MadeSnapshot wide;
  wide.add(listener("2001:db8:1234:5678:9abc:def0:1234:5678", 1), {"a"});
  wide.add(listener("127.0.0.1", 2), {"a"});
  view.update(wide.snapshot());
  const std::size_t x = view.controller.draw().headings.at(3).x;
  MadeSnapshot narrow;
  narrow.add(listener("127.0.0.1", 2), {"a"});
  for (int i = 0; i < 6; ++i) view.update(narrow.snapshot());
  EXPECT_EQ(view.controller.draw().headings.at(3).x, x);
}

}  // namespace
