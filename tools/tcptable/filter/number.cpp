// SPDX-License-Identifier: MIT
// Exact to the last digit that fits: no floating point.
#include "tcptable/filter/number.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <span>
#include <string>

namespace tool::filter {
namespace {

constexpr std::uint64_t kLargest = std::numeric_limits<std::uint64_t>::max();

struct Unit {
  std::string_view name;
  std::uint64_t factor;
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
constexpr std::array<Unit, 14> kSizes{{{"", 1},
                                       {"b", 1},
                                       {"k", 1ULL << 10},
                                       {"m", 1ULL << 20},
                                       {"g", 1ULL << 30},
                                       {"t", 1ULL << 40},
                                       {"kib", 1ULL << 10},
                                       {"mib", 1ULL << 20},
                                       {"gib", 1ULL << 30},
                                       {"tib", 1ULL << 40},
                                       {"kb", 1'000},
                                       {"mb", 1'000'000},
                                       {"gb", 1'000'000'000},
                                       {"tb", 1'000'000'000'000}}};
constexpr std::array<Unit, 3> kBitRates{{{"kbit", 125}, {"mbit", 125'000}, {"gbit", 125'000'000}}};

const Unit* find_unit(std::span<const Unit> units, std::string_view name) {
  const auto found = std::find_if(units.begin(), units.end(), [&](const Unit& u) { return u.name == name; });
  return found != units.end() ? &*found : nullptr;
}

const Unit* find_unit(ValueKind kind, std::string_view name) {
  if (kind == ValueKind::duration) return find_unit(kDurations, name);
  if (kind == ValueKind::rate) {
    if (const Unit* bits = find_unit(kBitRates, name)) return bits;
    if (name.ends_with("/s")) name.remove_suffix(2);
  }
  return find_unit(kSizes, name);
}

std::string_view take_digits(std::string_view& text) {
  const std::string_view digits = text.substr(0, text.find_first_not_of("0123456789"));
  text.remove_prefix(digits.size());
  return digits;
}

// What stands behind the point, in whole units of the smallest kind; the rest is cut off. No factor has more
// than 41 bits, so six digits are what fits.
std::uint64_t fraction_of(std::string_view digits, std::uint64_t factor) {
  digits = digits.substr(0, 6);
  std::uint64_t numerator = 0;
  std::uint64_t denominator = 1;
  for (char digit : digits) {
    numerator = numerator * 10 + static_cast<std::uint64_t>(digit - '0');
    denominator *= 10;
  }
  return numerator * factor / denominator;
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
  const Unit* unit = find_unit(kind, name);
  if (unit == nullptr || *whole > kLargest / unit->factor) return std::nullopt;
  return sum_of(*whole * unit->factor, fraction_of(fraction, unit->factor));
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
