// SPDX-License-Identifier: MIT
// Cells: wide and combining characters, what doesn't fit, what is drawn over.
#include <gtest/gtest.h>

#include "cli/utf8_locale.hpp"
#include "tcptable/top/view/screen.hpp"

namespace {

using tool::escape;
using tool::top::Label;
using tool::top::Screen;

class TopScreen : public tcptable::test::Utf8Terminal {};

constexpr const char* kWide = "\u4e16\u754c";  // two characters of two cells

TEST_F(TopScreen, CutsWithAnEllipsis) {
  Screen screen({10, 1});
  EXPECT_EQ(screen.put(0, 0, 4, escape("abcdef")), 4U);
  EXPECT_EQ(screen.text(), "abc\u2026\n");
}

TEST_F(TopScreen, FitsExactlyWithoutAnEllipsis) {
  Screen screen({4, 1});
  screen.put(0, 0, 9, escape("abcd"));
  EXPECT_EQ(screen.text(), "abcd\n");
}

TEST_F(TopScreen, NeverShowsHalfAWideCharacter) {
  Screen screen({3, 1});
  screen.put(0, 0, 3, escape(kWide));
  EXPECT_EQ(screen.text(), "\u4e16\u2026\n");
  Screen narrow({2, 1});
  narrow.put(0, 0, 2, escape(kWide));
  EXPECT_EQ(narrow.text(), "\u2026\n");
}

TEST_F(TopScreen, WideCharacterThatIsDrawnOverLeavesABlank) {
  Screen screen({4, 1});
  screen.put(0, 0, 4, escape(kWide));
  screen.put(1, 0, 1, Label("x"));
  EXPECT_EQ(screen.text(), " x\u754c\n");
  screen.put(2, 0, 1, Label("y"));
  EXPECT_EQ(screen.text(), " xy\n");
}

TEST_F(TopScreen, CombiningCharactersTakeNoCell) {
  Screen screen({3, 1});
  EXPECT_EQ(screen.put(0, 0, 3, escape("e\u0301b")), 2U);
  EXPECT_EQ(screen.cell(0, 0).glyph, "e\u0301");
  EXPECT_EQ(screen.cell(1, 0).glyph, "b");
}

TEST_F(TopScreen, KeepsNoMoreCombiningCharactersThanATerminalTakes) {
  Screen screen({3, 1});
  std::string text = "e";
  for (int i = 0; i < 50; ++i) text += "\u0301";
  EXPECT_EQ(screen.put(0, 0, 3, escape(text)), 1U);
  EXPECT_EQ(screen.cell(0, 0).glyph.size(), 1 + 4 * 2U);
}

TEST_F(TopScreen, DrawsNothingBesideItself) {
  Screen screen({3, 2});
  EXPECT_EQ(screen.put(3, 0, 5, Label("x")), 0U);
  EXPECT_EQ(screen.put(0, 2, 5, Label("x")), 0U);
  EXPECT_EQ(screen.put(2, 1, 5, Label("xyz")), 1U);
  EXPECT_EQ(screen.text(), "\n  \u2026\n");
}

}  // namespace
