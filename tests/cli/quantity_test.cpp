// SPDX-License-Identifier: MIT
// Numbers for people.
#include "tcptable/output/quantity.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

namespace {

using namespace std::chrono_literals;

TEST(Duration, HasTheUnitThatFitsIt) {
  EXPECT_EQ(tool::duration_text(0us), "0");
  EXPECT_EQ(tool::duration_text(850us), "850us");
  EXPECT_EQ(tool::duration_text(1ms), "1ms");
  EXPECT_EQ(tool::duration_text(12345us), "12.3ms");
  EXPECT_EQ(tool::duration_text(999'499us), "999ms");
  EXPECT_EQ(tool::duration_text(999'999us), "0.99s");
  EXPECT_EQ(tool::duration_text(4050ms), "4.05s");
  EXPECT_EQ(tool::duration_text(59'999ms), "60s");
  EXPECT_EQ(tool::duration_text(200s), "3m20s");
  EXPECT_EQ(tool::duration_text(5h + 7min), "5h07m");
  EXPECT_EQ(tool::duration_text(292h), "12d4h");
}

TEST(Size, CountsBy1024) {
  EXPECT_EQ(tool::size_text(0), "0");
  EXPECT_EQ(tool::size_text(1023), "1023");
  EXPECT_EQ(tool::size_text(1024), "1K");
  EXPECT_EQ(tool::size_text(1536), "1.5K");
  EXPECT_EQ(tool::size_text(1024 * 1024 - 1), "1M");
  EXPECT_EQ(tool::size_text(~std::uint64_t{0}), "16E");
}

TEST(Rate, IsInBitsBy1000) {
  EXPECT_EQ(tool::rate_text(0), "0bit");
  EXPECT_EQ(tool::rate_text(125'000), "1Mbit");
  EXPECT_EQ(tool::rate_text(1'175'000'000), "9.4Gbit");
}

TEST(Time, IsLocal) {
  ::setenv("TZ", "UTC", 1);
  EXPECT_EQ(tool::time_text(std::chrono::system_clock::from_time_t(1'700'000'000)), "2023-11-14 22:13:20");
}

}  // namespace
