// SPDX-License-Identifier: MIT
// % sequences without arguments, line breaks and widths, in all three widths of characters. The expectations
// are what Windows answers to the same calls.
#include "message_call.hpp"

#include <gtest/gtest.h>

namespace {

constexpr DWORD kIgnore = FORMAT_MESSAGE_IGNORE_INSERTS;
constexpr DWORD kEndless = FORMAT_MESSAGE_MAX_WIDTH_MASK;

struct Layout {
  DWORD flags;
  std::string definition;
  std::string expected;
};

// ASCII, so that each unit is a character.
template <typename Char>
std::basic_string<Char> widened(const std::string& text) {
  return {text.begin(), text.end()};
}

template <typename Char>
void expect_layout(const Layout& layout) {
  const auto definition = widened<Char>(layout.definition);
  EXPECT_EQ(message(layout.flags, definition.c_str()), widened<Char>(layout.expected))
      << layout.definition << " with flags " << layout.flags;
}

void expect_layouts(std::initializer_list<Layout> layouts) {
  for (const Layout& layout : layouts) {
    expect_layout<char>(layout);
    expect_layout<char16_t>(layout);
    expect_layout<wchar_t>(layout);
  }
}

TEST(MessageLayout, EscapesStandForCharacters) {
  expect_layouts({{0, "test", "test"},
                  {0, " %% ", " % "},
                  {0, " %.%. ", " .. "},
                  {0, "yah%!", "yah!"},
                  {0, "% %   ", "    "},
                  {0, "%n%r%t", "\r\n\r\t"},
                  {0, "%x", "x"}});
}

TEST(MessageLayout, PercentZeroEndsTheMessage) {
  expect_layouts({{0, "test%0test", "test"}, {kIgnore, "test%0test", "test"}});
}

TEST(MessageLayout, AnEmptyTextIsNoWork) {
  expect_layouts({{0, "", "error 235"}, {0, "%0test", "error 235"}, {kIgnore, "%0test", "error 235"}});
}

TEST(MessageLayout, LineBreaksBecomeCarriageReturnAndLineFeed) {
  expect_layouts({{0, "hi\n", "hi\r\n"},
                  {0, "hi\r\n", "hi\r\n"},
                  {0, "\r", "\r\n"},
                  {0, "\r\r\n", "\r\n\r\n"},
                  {kIgnore, "\r\r\n", "\r\n\r\n"}});
}

TEST(MessageLayout, APercentAtTheEndIsInvalid) {
  expect_layouts({{0, "%", "error 87"}, {0, "test%", "error 87"}});
}

TEST(MessageLayout, IgnoredInsertsStayAsTheyAre) {
  expect_layouts({{kIgnore, "test%1%2!*.*s!%99", "test%1%2!*.*s!%99"},
                  {kIgnore, "%%% %.%!", "%%% %.%!"},
                  {kIgnore, "%n%r%t", "\r\n\r\t"}});
}

TEST(MessageWidth, MakesBlanksOfTheTextsOwnLineBreaks) {
  expect_layouts({{kEndless, "hi\n", "hi "},
                  {kEndless, "hi\r\n", "hi "},
                  {kEndless, "\r", " "},
                  {kEndless, "\r\r\n", "  "},
                  {kEndless | kIgnore, "hi\r\n", "hi "},
                  {11, "short\nlong line", "short long\r\nline"}});
}

TEST(MessageWidth, EndlessLinesKeepHardBreaksAlone) {
  std::string words;
  for (int i = 0; i < 26; ++i) words += "123456789 ";
  expect_layouts({{kEndless, "first line%n" + words, "first line\r\n" + words}});
}

TEST(MessageWidth, BreaksAtTheLastBlankOfAFullLine) {
  expect_layouts({{20, "short long line", "short long line"},
                  {11, "short long line", "short long\r\nline"},
                  {20, "short long long line", "short long long\r\nline"},
                  {10, "short long line", "short\r\nlong line"},
                  {7, "short long line", "short\r\nlong\r\nline"}});
}

TEST(MessageWidth, RunsOfBlanksVanishAtABreak) {
  expect_layouts({{16, "short long    line", "short long\r\nline"},
                  {12, "short long    line", "short long\r\n  line"},
                  {12, "short long    wordlongerthanaline", "short long\r\n\r\nwordlongerth\r\nanaline"},
                  {16, "short long    wordlongerthanaline", "short long\r\nwordlongerthanal\r\nine"},
                  {15, "   short line", "   short line"},
                  {11, "   shortlong line", "\r\nshortlong\r\nline"},
                  {11, "l1%n   shortlong line", "l1\r\n\r\nshortlong\r\nline"},
                  {5, "                ", "\r\n\r\n\r\n "},
                  {5, "l1               ", "l1\r\n\r\n\r\n  "}});
}

TEST(MessageWidth, AWordAsLongAsTheLineIsBrokenWhereItEnds) {
  expect_layouts({{8, "shortlon", "shortlon\r\n"},
                  {8, "shortlongline", "shortlon\r\ngline"},
                  {8, "shortlon%n", "shortlon\r\n\r\n"}});
}

TEST(MessageWidth, HardBreaksBeginALine) {
  expect_layouts({{10, "short%nlong line", "short\r\nlong line"},
                  {8, "short%nlong line", "short\r\nlong\r\nline"},
                  {10, "short%rlong line", "short\rlong line"},
                  {8, "short%rlong line", "short\rlong\r\nline"},
                  {8 | kIgnore, "short%nlong line%1", "short\r\nlong\r\nline%1"}});
}

TEST(MessageWidth, OnlyBlanksAreBreakable) {
  for (const char separator : {'\t', '-', '_', '.', ',', '!', '?'}) {
    const std::string word = std::string("long") + separator + "line";
    expect_layouts({{11, "short " + word, "short\r\n" + word}});
  }
}

TEST(MessageWidth, CountsCharactersAndNeverCutsOne) {
  EXPECT_EQ(message(4, "äöüßäö"), "äöüß\r\näö");
  EXPECT_EQ(message(2, u"\U0001F600\U0001F600\U0001F600"), u"\U0001F600\U0001F600\r\n\U0001F600");
}

}  // namespace
