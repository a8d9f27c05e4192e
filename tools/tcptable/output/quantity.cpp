// SPDX-License-Identifier: MIT
#include "tcptable/output/quantity.hpp"

#include <fmt/format.h>
#include <time.h>

#include <array>
#include <string_view>

namespace tool {
namespace {

// Three digits, a point among them where it is needed: 1.5, 23.4, 1.02, 999.
std::string three_digits(double value) {
  std::string text = fmt::format("{:.{}f}", value, value < 10 ? 2 : (value < 100 ? 1 : 0));
  if (text.find('.') == std::string::npos) return text;
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text;
}

std::string scaled(double value, double step, std::string_view suffixes, std::string_view unit) {
  std::size_t scale = 0;
  // 999.5 would be written as 1000.
  for (; value >= (step == 1000 ? 999.5 : 1023.5) && scale < suffixes.size(); ++scale) value /= step;
  const std::string_view suffix = scale == 0 ? std::string_view() : suffixes.substr(scale - 1, 1);
  return fmt::format("{}{}{}", three_digits(value), suffix, unit);
}

}  // namespace

std::string duration_text(std::chrono::microseconds duration) {
  constexpr std::int64_t kMinute = 60, kHour = 3600, kDay = 86400;
  const std::int64_t us = duration.count();
  if (us == 0) return "0";
  if (us < 1000) return fmt::format("{}us", us);
  if (us < 999'500) return three_digits(static_cast<double>(us) / 1e3) + "ms";
  const std::int64_t seconds = us / 1'000'000;
  if (seconds < kMinute) return three_digits(static_cast<double>(us / 10'000) / 1e2) + "s";
  if (seconds < kHour) return fmt::format("{}m{:02}s", seconds / kMinute, seconds % kMinute);
  if (seconds < kDay) return fmt::format("{}h{:02}m", seconds / kHour, seconds % kHour / kMinute);
  return fmt::format("{}d{}h", seconds / kDay, seconds % kDay / kHour);
}

std::string size_text(std::uint64_t bytes) {
  return scaled(static_cast<double>(bytes), 1024, "KMGTPE", "");
}

std::string rate_text(std::uint64_t bytes_per_second) {
  return scaled(static_cast<double>(bytes_per_second) * 8, 1000, "KMGTPE", "bit");
}

std::string time_text(std::chrono::system_clock::time_point time) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
  std::tm fields{};
  std::array<char, 64> text;
  if (::localtime_r(&seconds, &fields) == nullptr) return "-";
  const std::size_t length = std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M:%S", &fields);
  return {text.data(), length};
}

}  // namespace tool
