// SPDX-License-Identifier: MIT
// Exact to the last digit that fits: no floating point.
#include "tcptable/filter/number.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <ctime>
#include <limits>
#include <string>
#include <utility>

namespace tool::filter {
namespace {

constexpr std::uint64_t kLargest = std::numeric_limits<std::uint64_t>::max();

struct Unit {
  std::string_view name;
  std::uint64_t factor;
  std::uint64_t divisor = 1;
};

constexpr std::array<Unit, 11> kDurations{{{"us", 1},
                                           {"\xc2\xb5s", 1},
                                           {"ms", 1'000},
                                           {"s", 1'000'000},
                                           {"sec", 1'000'000},
                                           {"m", 60'000'000},
                                           {"min", 60'000'000},
                                           {"h", 3'600'000'000},
                                           {"d", 86'400'000'000},
                                           {"day", 86'400'000'000},
                                           {"w", 604'800'000'000}}};
constexpr std::string_view kScales = "kmgtpe";

// The unit `name` in lower case: "", "b", "k", "kib" (by 1024), "kb" (by 1000), ...
std::optional<Unit> size_unit(std::string_view name) {
  const std::size_t scale = name.empty() ? std::string_view::npos : kScales.find(name.front());
  if (scale == std::string_view::npos)
    return name.empty() || name == "b" ? std::optional(Unit{name, 1}) : std::nullopt;
  const std::string_view base = name.substr(1);
  if (!base.empty() && base != "ib" && base != "b") return std::nullopt;
  std::uint64_t factor = 1;
  for (std::size_t i = 0; i <= scale; ++i) factor *= base == "b" ? 1000 : 1024;
  return Unit{name, factor};
}

// "bit", "kbit", ... (by 1000), in bytes per second.
std::optional<Unit> bit_rate_unit(std::string_view name) {
  if (!name.ends_with("bit")) return std::nullopt;
  name.remove_suffix(3);
  if (name.empty()) return Unit{name, 1, 8};
  const auto unit = name.size() == 1 ? size_unit(std::string(name) + 'b') : std::nullopt;
  return unit ? std::optional(Unit{name, unit->factor / 8}) : std::nullopt;
}

std::optional<Unit> find_unit(ValueKind kind, std::string_view name) {
  if (kind == ValueKind::duration) {
    const auto* found = std::find_if(kDurations.begin(), kDurations.end(),
                                     [name](const Unit& unit) { return unit.name == name; });
    return found != kDurations.end() ? std::optional(*found) : std::nullopt;
  }
  if (kind == ValueKind::rate) {
    if (const auto bits = bit_rate_unit(name)) return bits;
    if (name.ends_with("/s")) name.remove_suffix(2);
  }
  return size_unit(name);
}

std::string_view take_digits(std::string_view& text) {
  const std::string_view digits = text.substr(0, text.find_first_not_of("0123456789"));
  text.remove_prefix(digits.size());
  return digits;
}

// What stands behind the point, in whole units of the smallest kind; the rest is cut off.
std::uint64_t fraction_of(std::string_view digits, std::uint64_t factor) {
  digits = digits.substr(0, 6);
  std::uint64_t numerator = 0;
  std::uint64_t denominator = 1;
  for (char digit : digits) {
    numerator = numerator * 10 + static_cast<std::uint64_t>(digit - '0');
    denominator *= 10;
  }
  // Divided before it is multiplied: an exbibyte has 60 bits.
  return factor / denominator * numerator + factor % denominator * numerator / denominator;
}

std::optional<std::uint64_t> sum_of(std::uint64_t a, std::uint64_t b) {
  return a <= kLargest - b ? std::optional(a + b) : std::nullopt;
}

// "1.5k" from the front of `text`; the unit reaches to the next digit.
std::optional<std::uint64_t> take_quantity(ValueKind kind, std::string_view& text) {
  const auto whole = parse_digits(take_digits(text), kLargest);
  if (!whole) return std::nullopt;
  std::string_view fraction;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    fraction = take_digits(text);
    if (fraction.empty()) return std::nullopt;
  }
  const std::string_view name = text.substr(0, text.find_first_of("0123456789"));
  text.remove_prefix(name.size());
  const auto unit = find_unit(kind, name);
  if (!unit || *whole > kLargest / unit->factor) return std::nullopt;
  const auto sum = sum_of(*whole * unit->factor, fraction_of(fraction, unit->factor));
  return sum ? std::optional(*sum / unit->divisor) : std::nullopt;
}

// "2026-11-24 23:45:12" with as much of the time as is there, local time; both ends of the day, minute or
// second that it names.
std::optional<Range> local_time(const std::string& text) {
  constexpr std::array<std::pair<const char*, std::time_t>, 5> kForms{{{"%Y-%m-%d", 86'400},
                                                                       {"%Y-%m-%d %H:%M", 60},
                                                                       {"%Y-%m-%dT%H:%M", 60},
                                                                       {"%Y-%m-%d %H:%M:%S", 1},
                                                                       {"%Y-%m-%dT%H:%M:%S", 1}}};
  for (const auto& [form, length] : kForms) {
    std::tm fields{};
    const char* end = ::strptime(text.c_str(), form, &fields);
    if (end != text.c_str() + text.size()) continue;
    fields.tm_isdst = -1;
    const int day = fields.tm_mday;
    const std::time_t first = std::mktime(&fields);
    if (first < 0 || fields.tm_mday != day) return std::nullopt;  // no February 31st
    return Range{static_cast<std::uint64_t>(first), static_cast<std::uint64_t>(first + length - 1)};
  }
  return std::nullopt;
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return lower;
}

}  // namespace

std::optional<std::uint64_t> parse_digits(std::string_view text, std::uint64_t largest) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool all = error == std::errc{} && end == text.data() + text.size();
  return all && number <= largest ? std::optional(number) : std::nullopt;
}

std::optional<Range> parse_moment(std::string_view text) {
  if (!text.starts_with('@')) return local_time(std::string(text));
  const auto seconds = parse_digits(text.substr(1), kLargest);
  return seconds ? std::optional(Range{*seconds, *seconds}) : std::nullopt;
}

std::optional<std::uint64_t> parse_number(ValueKind kind, std::string_view text) {
  const bool has_unit = kind == ValueKind::duration || kind == ValueKind::size || kind == ValueKind::rate;
  if (!has_unit && text.starts_with("0x")) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data() + 2, text.data() + text.size(), number, 16);
    return error == std::errc{} && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
  }
  if (!has_unit || text == "0") return parse_digits(text, kLargest);
  const std::string lower = lower_case(text);
  std::string_view rest = lower;
  std::optional<std::uint64_t> sum = take_quantity(kind, rest);
  while (sum && !rest.empty()) {
    const auto more = kind == ValueKind::duration ? take_quantity(kind, rest) : std::nullopt;
    sum = more ? sum_of(*sum, *more) : std::nullopt;
  }
  return sum;
}

}  // namespace tool::filter
