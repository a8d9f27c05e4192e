// SPDX-License-Identifier: MIT
// Units, to the last byte and microsecond; and what the tables print can be typed again.
#include "tcptable/filter/number.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <optional>
#include <string>

#include "tcptable/output/quantity.hpp"

namespace {

using tool::filter::parse_moment;
using tool::filter::parse_number;
using tool::filter::ValueKind;
using Number = std::optional<std::uint64_t>;

TEST(FilterNumber, CountsDurationsInMicroseconds) {
  const auto parsed = [](const char* text) { return parse_number(ValueKind::duration, text); };
  EXPECT_EQ(parsed("0"), Number(0));
  EXPECT_EQ(parsed("250us"), Number(250));
  EXPECT_EQ(parsed("1.5ms"), Number(1500));
  EXPECT_EQ(parsed("1h30m"), Number(5'400'000'000));
  EXPECT_EQ(parsed("3m20s"), Number(200'000'000));
  EXPECT_EQ(parsed("1w"), Number(604'800'000'000));
  EXPECT_EQ(parsed("0.0000019s"), Number(1));
  for (const char* wrong : {"", "5", "ms", "1.s", ".5s", "1 s", "-1s", "1hm", "1x", "99999999999w"})
    EXPECT_EQ(parsed(wrong), std::nullopt) << wrong;
}

TEST(FilterNumber, CountsSizesInBytes) {
  const auto parsed = [](const char* text) { return parse_number(ValueKind::size, text); };
  EXPECT_EQ(parsed("1500"), Number(1500));
  EXPECT_EQ(parsed("64K"), Number(65536));
  EXPECT_EQ(parsed("1.55k"), Number(1587));
  EXPECT_EQ(parsed("1.5MiB"), Number(1'572'864));
  EXPECT_EQ(parsed("1MB"), Number(1'000'000));
  EXPECT_EQ(parsed("15E"), Number(15ULL << 60));
  EXPECT_EQ(parsed("15.999999E"), Number(18446742920788047009ULL));
  EXPECT_EQ(parsed("18446744073709551615"), Number(UINT64_MAX));
  for (const char* wrong : {"", "16E", "18446744073709551616", "1k2", "1kk", "1/s", "0x10"})
    EXPECT_EQ(parsed(wrong), std::nullopt) << wrong;
}

TEST(FilterNumber, CountsRatesInBytesPerSecond) {
  const auto parsed = [](const char* text) { return parse_number(ValueKind::rate, text); };
  EXPECT_EQ(parsed("800bit"), Number(100));
  EXPECT_EQ(parsed("100Mbit"), Number(12'500'000));
  EXPECT_EQ(parsed("1.5Gbit"), Number(187'500'000));
  EXPECT_EQ(parsed("1K/s"), Number(1024));
  EXPECT_EQ(parsed("7"), Number(7));
  for (const char* wrong : {"", "1kibbit", "1bits", "/s"}) EXPECT_EQ(parsed(wrong), std::nullopt) << wrong;
}

TEST(FilterNumber, TakesWhatTheTablesPrint) {
  for (std::uint64_t number = 1; number < 1ULL << 60; number = number * 7 + 3) {
    const auto near = [number](Number parsed) {
      return parsed && *parsed >= number - number / 20 && *parsed <= number + number / 20 + 1;
    };
    const std::string size = tool::size_text(number);
    EXPECT_TRUE(near(parse_number(ValueKind::size, size))) << size;
    if (number >= 1ULL << 50) continue;
    const std::string rate = tool::rate_text(number);
    EXPECT_TRUE(near(parse_number(ValueKind::rate, rate))) << rate;
    const std::string duration = tool::duration_text(std::chrono::microseconds(number));
    EXPECT_TRUE(near(parse_number(ValueKind::duration, duration))) << duration;
  }
}

TEST(FilterNumber, TakesLocalTime) {
  setenv("TZ", "UTC-1", 1);
  tzset();
  const auto day = parse_moment("2026-11-24");
  ASSERT_TRUE(day);
  EXPECT_EQ(day->first, 1'795'474'800U);
  EXPECT_EQ(day->last - day->first, 86'399U);
  EXPECT_EQ(parse_moment("2026-11-24T00:01")->first, day->first + 60);
  EXPECT_EQ(parse_moment("2026-11-24 00:00:07")->last, day->first + 7);
  EXPECT_EQ(parse_moment("@12")->last, 12U);
  for (const char* wrong : {"", "@", "2026", "2026-02-31", "2026-11-24T", "1066-01-01"})
    EXPECT_FALSE(parse_moment(wrong)) << wrong;
}

}  // namespace
