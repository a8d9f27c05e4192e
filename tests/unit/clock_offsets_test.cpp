// SPDX-License-Identifier: MIT
// What a time namespace adds to the kernel's clocks, as its file in /proc says it.
#include "owner/clock_offsets.hpp"

#include <gtest/gtest.h>

namespace tcptable::test {
namespace {

using owner::parse_clock_offsets;

TEST(ClockOffsetsText, GivesBothClocksInNanoseconds) {
  const auto offsets = parse_clock_offsets(
      "monotonic        1000         7\n"
      "boottime        86400 123456789\n");
  ASSERT_TRUE(offsets);
  EXPECT_EQ(offsets->monotonic, 1'000'000'000'007);
  EXPECT_EQ(offsets->boottime, 86'400'123'456'789);
}

// The kernel writes a negative offset as whole seconds below it and nanoseconds above them.
TEST(ClockOffsetsText, MayTellOfClocksThatAreSetBack) {
  const auto offsets = parse_clock_offsets(
      "monotonic           0         0\n"
      "boottime           -2 500000000\n");
  ASSERT_TRUE(offsets);
  EXPECT_EQ(offsets->monotonic, 0);
  EXPECT_EQ(offsets->boottime, -1'500'000'000);
}

TEST(ClockOffsetsText, ThatBreaksTheFormatIsRefused) {
  for (const char* text : {"", "monotonic 0 0\n", "monotonic 0 0\nboottime", "monotonic 0 0\nboottime 1\n",
                           "monotonic 0 0\nboottime x 0\n", "monotonic 0 0\nboottime 9999999999999 0\n"}) {
    EXPECT_FALSE(parse_clock_offsets(text)) << text;
  }
}

}  // namespace
}  // namespace tcptable::test
