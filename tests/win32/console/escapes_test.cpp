// SPDX-License-Identifier: MIT
#include "win32/console/escapes.hpp"

#include <gtest/gtest.h>

namespace {

using namespace tcptable::win32;

TEST(ColourEscape, TurnsTheBitsRound) {
  EXPECT_EQ(colour_escape(FOREGROUND_BLUE), "\x1b[0;34m");
  EXPECT_EQ(colour_escape(FOREGROUND_RED | FOREGROUND_GREEN), "\x1b[0;33m");
  EXPECT_EQ(colour_escape(FOREGROUND_GREEN | FOREGROUND_INTENSITY | BACKGROUND_RED), "\x1b[0;92;41m");
  EXPECT_EQ(colour_escape(BACKGROUND_BLUE | BACKGROUND_INTENSITY), "\x1b[0;30;104m");
  EXPECT_EQ(colour_escape(kOwnColours | COMMON_LVB_REVERSE_VIDEO | COMMON_LVB_UNDERSCORE), "\x1b[0;4;7m");
}

TEST(ColourEscape, OfGreyOnBlackIsTheTerminalsOwn) {
  EXPECT_EQ(colour_escape(kOwnColours), "\x1b[0m");
}

TEST(TitleEscape, LetsNothingEndIt) {
  EXPECT_EQ(title_escape("a\x1b]0;b\x07\n\x7f\xc3\xbc"), "\x1b]0;a]0;b\xc3\xbc\x07");
}

}  // namespace
