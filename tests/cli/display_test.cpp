// SPDX-License-Identifier: MIT
// The escaper against everything that a process may put into its name.
#include "tcptable/output/display.hpp"

#include <gtest/gtest.h>

#include <clocale>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "cli/utf8_locale.hpp"

namespace {

using tool::escape;

class Escape : public tcptable::test::Utf8Terminal {};

TEST_F(Escape, LeavesPrintableTextAsItIs) {
  for (const char* text :
       {"sshd", "a b", "%s%n", "</script>&", "=cmd|'/C'", ") 0 1 2", "\xc3\xa9", "\xd0\x96"}) {
    EXPECT_EQ(escape(text).text(), text);
  }
}

TEST_F(Escape, ShowsWhatTerminalsObeyOrHide) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"\x1b[31m", "\\x1b[31m"},
      {"\x1b]52;c;YQ==\x07", "\\x1b]52;c;YQ==\\x07"},
      {"a\r\nb\tc\b", "a\\r\\nb\\tc\\x08"},
      {std::string("a\0b", 3), "a\\x00b"},
      {"\x7f", "\\x7f"},
      {"\xc2\x9b"
       "2J",
       "\\u009b2J"},
      {"\xc2\xa0", "\\u00a0"},
      {"\xc2\xad", "\\u00ad"},
      {"\xe2\x80\xae", "\\u202e"},
      {"\xe2\x81\xa6", "\\u2066"},
      {"\xe2\x80\x8b\xe2\x80\x8e\xe2\x80\x8f", "\\u200b\\u200e\\u200f"},
      {"\xd8\x9c", "\\u061c"},
      {"\xe2\x80\xa8\xe2\x80\xa9", "\\u2028\\u2029"},
      {"\xef\xbb\xbf", "\\ufeff"},
      {"\xee\x80\x80", "\\ue000"},
      {"\xf3\xa0\x80\x81", "\\U000e0001"},
      {"\xf0\x9d\x85\xb3", "\\U0001d173"},
  };
  for (const auto& [bytes, shown] : cases) EXPECT_EQ(escape(bytes).text(), shown);
}

TEST_F(Escape, ShowsBytesThatAreNoUtf8) {
  const std::vector<std::pair<std::string, std::string>> cases{
      {"\x9b"
       "2J",
       "\\x9b2J"},
      {"\xff\xfe", "\\xff\\xfe"},
      {"cut\xe4\xb8", "cut\\xe4\\xb8"},
      {"\xc0\xaf", "\\xc0\\xaf"},                    // overlong
      {"\xe0\x80\xaf", "\\xe0\\x80\\xaf"},           // overlong
      {"\xed\xa0\x80", "\\xed\\xa0\\x80"},           // a surrogate
      {"\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80"},  // above U+10FFFF
      {"\xe4(", "\\xe4("},
  };
  for (const auto& [bytes, shown] : cases) EXPECT_EQ(escape(bytes).text(), shown);
}

TEST_F(Escape, LetsNothingLookLikeAnEscapeOrAColumn) {
  EXPECT_EQ(escape("\\x1b").text(), "\\\\x1b");
  EXPECT_EQ(escape(" a  b ").text(), "\\x20a \\x20b\\x20");
}

TEST_F(Escape, CountsTheCellsOfATerminal) {
  EXPECT_EQ(escape("abc").width(), 3U);
  EXPECT_EQ(escape("\xe4\xb8\x96\xe7\x95\x8c").width(), 4U);  // two wide characters
  EXPECT_EQ(escape("e\xcc\x81").width(), 1U);                 // a combining accent
  EXPECT_EQ(escape("\x1b").width(), 4U);
  EXPECT_EQ(escape("\xe2\x80\xae").width(), 6U);
}

TEST_F(Escape, LetsOnlyPrintableAsciiThroughOfAllSingleBytes) {
  for (int byte = 0; byte < 256; ++byte) {
    const std::string text = escape(std::string(1, static_cast<char>(byte))).text();
    for (const char c : text) EXPECT_TRUE(c >= 0x20 && c < 0x7f) << byte;
    const bool as_it_is = byte > 0x20 && byte < 0x7f && byte != '\\';
    EXPECT_EQ(text.size() == 1, as_it_is) << byte;
  }
}

TEST(EscapeWithoutUtf8, LetsOnlyAsciiThrough) {
  std::setlocale(LC_CTYPE, "C");
  EXPECT_EQ(escape("\xc3\x9b\xe4\xb8\x96").text(), "\\u00db\\u4e16");
}

TEST(AdoptTerminalCharset, TakesTheCLocaleWhereTheUsersIsNotUtf8) {
  ::setenv("LC_ALL", "POSIX", 1);
  tool::adopt_terminal_charset();
  EXPECT_STREQ(std::setlocale(LC_CTYPE, nullptr), "C");
}

}  // namespace
