// SPDX-License-Identifier: MIT
#include "win32/print/conversion.hpp"

#include "win32/message/text_encoding.hpp"

#include <algorithm>
#include <charconv>
#include <climits>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <type_traits>

namespace tcptable::win32 {
namespace {

using Size = Conversion::Size;

// Wider than any sane field, and small enough for a buffer.
constexpr int kLargestField = 65535;

// The digits that Microsoft's %a prints where no precision is given.
constexpr int kHexFloatPrecision = 13;

bool take(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

std::string take_flags(std::string_view& text) {
  const std::size_t length = std::min(text.find_first_not_of("-+ #0"), text.size());
  const std::string flags(text.substr(0, length));
  text.remove_prefix(length);
  return flags;
}

// 0 where there is no number.
int take_number(std::string_view& text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return error == std::errc::result_out_of_range ? INT_MAX : std::max(number, 0);
}

Size take_size(std::string_view& text) {
  struct Prefix {
    std::string_view text;
    Size size;
  };
  // Each before those that it begins with.
  static constexpr Prefix kPrefixes[] = {
      {"hh", Size::byte},     {"h", Size::half},        {"ll", Size::long_long}, {"l", Size::wide},
      {"w", Size::wide},      {"I64", Size::long_long}, {"I32", Size::normal},   {"I", Size::long_long},
      {"j", Size::long_long}, {"z", Size::long_long},   {"t", Size::long_long},  {"L", Size::long_double}};
  for (const Prefix& prefix : kPrefixes) {
    if (take(text, prefix.text)) return prefix.size;
  }
  return Size::normal;
}

template <typename Char>
std::basic_string<Char> pad(std::basic_string<Char> text, const Conversion& conversion) {
  const auto width = static_cast<std::size_t>(conversion.width.value_or(0));
  if (text.size() >= width) return text;
  const bool left = conversion.left_justified();
  // Zeros pad text too, other than in the C standard's library.
  const bool zeros = !left && conversion.flags.find('0') != std::string::npos;
  text.insert(left ? text.size() : 0, width - text.size(), zeros ? Char{'0'} : Char{' '});
  return text;
}

// The string at `address`, no further than the precision allows to read.
template <typename From>
std::basic_string_view<From> string_at(std::uintptr_t address, std::optional<int> precision) {
  static constexpr From kNull[] = {'(', 'n', 'u', 'l', 'l', ')', 0};
  const auto* const text = address == 0 ? kNull : reinterpret_cast<const From*>(address);
  std::size_t length = 0;
  const std::size_t limit = precision ? static_cast<std::size_t>(*precision) : SIZE_MAX;
  while (length < limit && text[length] != From{}) ++length;
  return {text, length};
}

// Text goes over unit by unit where no conversion is needed, so that no byte of it is judged.
template <typename To, typename From>
std::basic_string<To> convert(std::basic_string_view<From> text) {
  if constexpr (std::is_same_v<To, From>) {
    return std::basic_string<To>(text);
  } else {
    return transcode<To>(text);
  }
}

// Whether a string or character conversion is of wide characters: upper case turns the text's own width
// round.
template <typename Char>
bool is_wide(const Conversion& conversion) {
  if (conversion.size == Size::half || conversion.size == Size::byte) return false;
  if (conversion.size != Size::normal) return true;
  const bool turned = conversion.type == 'S' || conversion.type == 'C';
  return std::is_same_v<Char, char> == turned;
}

template <typename Char, typename From>
std::basic_string<Char> text_of(const Conversion& conversion, std::uintptr_t value) {
  if (conversion.type == 's' || conversion.type == 'S')
    return convert<Char>(string_at<From>(value, conversion.precision));
  const auto character = static_cast<From>(value);
  return convert<Char>(std::basic_string_view<From>(&character, 1));
}

template <typename Signed, typename Value>
Value narrowed(Value value) {
  using Narrow = std::conditional_t<std::is_signed_v<Value>, Signed, std::make_unsigned_t<Signed>>;
  return static_cast<Narrow>(value);
}

// The number in the bits that the size takes.
template <typename Value>
Value sized(Size size, Value value) {
  switch (size) {
    case Size::byte:
      return narrowed<signed char>(value);
    case Size::half:
      return narrowed<short>(value);
    case Size::long_long:
      return value;
    default:
      return narrowed<int>(value);
  }
}

// By libc, whose format for this type begins with `length`.
template <typename Value>
std::string print_by_libc(const Conversion& conversion, std::string_view length, Value value) {
  std::string format = "%" + conversion.flags + "*.*";
  format += length;
  format += conversion.type;
  const int width = std::min(conversion.width.value_or(0), kLargestField);
  const int precision = std::min(conversion.precision.value_or(-1), kLargestField);
  const auto print = [&](char* buffer, std::size_t size) {
    return std::snprintf(buffer, size, format.c_str(), width, precision, value);
  };
  std::string text(static_cast<std::size_t>(std::max(print(nullptr, 0), 0)), '\0');
  print(text.data(), text.size() + 1);
  return text;
}

// All digits of an address, in upper case.
std::string print_pointer(Conversion conversion, std::uintptr_t value) {
  conversion.type = 'X';
  conversion.precision = static_cast<int>(2 * sizeof(value));
  return print_by_libc(conversion, "ll", static_cast<unsigned long long>(value));
}

std::string print_number(const Conversion& conversion, std::uintptr_t value) {
  if (conversion.type == 'p') return print_pointer(conversion, value);
  if (conversion.type == 'd' || conversion.type == 'i')
    return print_by_libc(conversion, "ll", sized(conversion.size, static_cast<long long>(value)));
  return print_by_libc(conversion, "ll", sized(conversion.size, static_cast<unsigned long long>(value)));
}

// Microsoft names the kinds of NaN; its "indefinite" is what x86 gives for 0/0.
template <typename Float>
std::string print_nan(const Conversion& conversion, Float value) {
  const bool negative = std::signbit(value);
  const double as_double = static_cast<double>(value);
  std::uint64_t bits = 0;
  static_assert(sizeof(bits) == sizeof(as_double));
  std::copy_n(reinterpret_cast<const unsigned char*>(&as_double), sizeof(bits),
              reinterpret_cast<unsigned char*>(&bits));
  constexpr std::uint64_t kIndefinite = 0xFFF8000000000000;
  std::string text = bits == kIndefinite ? "-nan(ind)" : negative ? "-nan" : "nan";
  if (!negative && conversion.flags.find('+') != std::string::npos) text.insert(0, 1, '+');
  const bool upper = conversion.type >= 'A' && conversion.type <= 'Z';
  if (upper) std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::toupper(c); });
  Conversion blanks = conversion;
  std::erase(blanks.flags, '0');
  return pad(text, blanks);
}

template <typename Float>
std::string print_any_float(Conversion conversion, std::string_view length, Float value) {
  if (std::isnan(value)) return print_nan(conversion, value);
  const bool hexadecimal = conversion.type == 'a' || conversion.type == 'A';
  if (hexadecimal && !conversion.precision) conversion.precision = kHexFloatPrecision;
  return print_by_libc(conversion, length, value);
}

}  // namespace

void Conversion::set_width(int value) {
  if (value < 0) flags += '-';
  width = std::min(std::abs(std::max(value, -kLargestField)), kLargestField);
}

void Conversion::set_precision(int value) {
  precision = value < 0 ? std::nullopt : std::optional(value);
}

std::optional<Conversion> parse_conversion(std::string_view text) {
  Conversion conversion;
  conversion.flags = take_flags(text);
  conversion.width_is_argument = take(text, "*");
  if (!conversion.width_is_argument) conversion.set_width(take_number(text));
  if (take(text, ".")) {
    conversion.precision_is_argument = take(text, "*");
    if (!conversion.precision_is_argument) conversion.set_precision(take_number(text));
  }
  conversion.size = take_size(text);
  if (text.size() != 1) return std::nullopt;
  conversion.type = text.front();
  const bool known = std::string_view("diuoxXp").find(conversion.type) != std::string_view::npos;
  if (!known && !conversion.is_text() && !conversion.is_float()) return std::nullopt;
  return conversion;
}

template <typename Char, typename Wide>
std::basic_string<Char> print_value(const Conversion& conversion, std::uintptr_t value) {
  if (!conversion.is_text()) return convert<Char>(std::string_view(print_number(conversion, value)));
  return pad(is_wide<Char>(conversion) ? text_of<Char, Wide>(conversion, value)
                                       : text_of<Char, char>(conversion, value),
             conversion);
}

template std::string print_value<char, char16_t>(const Conversion&, std::uintptr_t);
template std::string print_value<char, wchar_t>(const Conversion&, std::uintptr_t);
template std::u16string print_value<char16_t>(const Conversion&, std::uintptr_t);
template std::wstring print_value<wchar_t>(const Conversion&, std::uintptr_t);

std::string print_float(const Conversion& conversion, double value) {
  return print_any_float(conversion, "", value);
}

std::string print_float(const Conversion& conversion, long double value) {
  return print_any_float(conversion, "L", value);
}

}  // namespace tcptable::win32
