// SPDX-License-Identifier: MIT
#include "win32/message/insert_format.hpp"

#include "win32/message/text_encoding.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <type_traits>

namespace tcptable::win32 {
namespace {

using Size = InsertFormat::Size;

// Wider than any sane field, and small enough for a buffer.
constexpr int kLargestField = 4096;

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

// A number or `*`; 0 where there is neither.
int take_field(std::string_view& text, InsertCursor& cursor) {
  if (take(text, "*")) return std::clamp(cursor.star(), -kLargestField, kLargestField);
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return error == std::errc::result_out_of_range ? kLargestField : std::clamp(number, 0, kLargestField);
}

Size take_size(std::string_view& text) {
  if (take(text, "ll") || take(text, "I64")) return Size::long_long;
  if (take(text, "I32")) return Size::normal;
  if (take(text, "I")) return Size::long_long;
  if (take(text, "h")) return Size::half;
  return take(text, "l") || take(text, "w") ? Size::wide : Size::normal;
}

void set_width(InsertFormat& format, int width) {
  if (width < 0) format.flags += '-';
  format.width = std::abs(width);
}

bool left_justified(const InsertFormat& format) {
  return format.flags.find('-') != std::string::npos;
}

template <typename Char>
std::basic_string<Char> pad(std::basic_string<Char> text, const InsertFormat& format) {
  const auto width = static_cast<std::size_t>(format.width.value_or(0));
  if (text.size() >= width) return text;
  text.insert(left_justified(format) ? text.size() : 0, width - text.size(), Char{' '});
  return text;
}

// The string at `address`, no further than the precision allows to read.
template <typename From>
std::basic_string_view<From> string_at(std::uintptr_t address, std::optional<int> precision) {
  static constexpr From kNull[] = {'(', 'n', 'u', 'l', 'l', ')', 0};
  const auto* const text = address == 0 ? kNull : reinterpret_cast<const From*>(address);
  std::size_t length = 0;
  const std::size_t limit = precision && *precision >= 0 ? static_cast<std::size_t>(*precision) : SIZE_MAX;
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

// Whether a string or character conversion is of wide characters: upper case turns the message's own width
// round.
template <typename Char>
bool is_wide(const InsertFormat& format) {
  if (format.size == Size::half) return false;
  if (format.size != Size::normal) return true;
  const bool turned = format.conversion == 'S' || format.conversion == 'C';
  return std::is_same_v<Char, char> == turned;
}

template <typename Char>
using WideOf = std::conditional_t<std::is_same_v<Char, char>, wchar_t, Char>;

template <typename Char>
std::basic_string<Char> format_string(const InsertFormat& format, std::uintptr_t value) {
  return is_wide<Char>(format) ? convert<Char>(string_at<WideOf<Char>>(value, format.precision))
                               : convert<Char>(string_at<char>(value, format.precision));
}

template <typename Char>
std::basic_string<Char> format_character(const InsertFormat& format, std::uintptr_t value) {
  const auto wide = static_cast<WideOf<Char>>(value);
  const auto narrow = static_cast<char>(value);
  return is_wide<Char>(format) ? convert<Char>(std::basic_string_view(&wide, 1))
                               : convert<Char>(std::string_view(&narrow, 1));
}

unsigned long long unsigned_value(const InsertFormat& format, std::uintptr_t value) {
  if (format.size == Size::long_long) return value;
  return format.size == Size::half ? static_cast<std::uint16_t>(value) : static_cast<std::uint32_t>(value);
}

long long signed_value(const InsertFormat& format, std::uintptr_t value) {
  if (format.size == Size::long_long) return static_cast<long long>(value);
  return format.size == Size::half ? static_cast<std::int16_t>(value) : static_cast<std::int32_t>(value);
}

std::string format_number(const InsertFormat& format, std::uintptr_t value) {
  if (format.conversion == 'p') {
    char address[2 * sizeof(value) + 1];
    std::snprintf(address, sizeof(address), "%0*llX", static_cast<int>(2 * sizeof(value)),
                  static_cast<unsigned long long>(value));
    return address;
  }
  const std::string printf_format = "%" + format.flags + "*.*ll" + format.conversion;
  const int width = format.width.value_or(0);
  const int precision = format.precision.value_or(-1);
  const bool is_signed = format.conversion == 'd' || format.conversion == 'i';
  const auto print = [&](char* buffer, std::size_t size) {
    return is_signed ? std::snprintf(buffer, size, printf_format.c_str(), width, precision,
                                     signed_value(format, value))
                     : std::snprintf(buffer, size, printf_format.c_str(), width, precision,
                                     unsigned_value(format, value));
  };
  std::string text(static_cast<std::size_t>(std::max(print(nullptr, 0), 0)), '\0');
  print(text.data(), text.size() + 1);
  return text;
}

}  // namespace

std::optional<InsertFormat> parse_insert_format(std::string_view text, InsertCursor& cursor) {
  InsertFormat format;
  format.flags = take_flags(text);
  set_width(format, take_field(text, cursor));
  if (take(text, ".")) format.precision = take_field(text, cursor);
  format.size = take_size(text);
  if (text.size() != 1 || std::string_view("csCSdiuxXop").find(text.front()) == std::string_view::npos) {
    return std::nullopt;
  }
  format.conversion = text.front();
  return format;
}

template <typename Char>
std::basic_string<Char> format_insert(const InsertFormat& format, std::uintptr_t value) {
  switch (format.conversion) {
    case 's':
    case 'S':
      return pad(format_string<Char>(format, value), format);
    case 'c':
    case 'C':
      return pad(format_character<Char>(format, value), format);
    default:
      return convert<Char>(std::string_view(format_number(format, value)));
  }
}

template std::string format_insert<char>(const InsertFormat&, std::uintptr_t);
template std::u16string format_insert<char16_t>(const InsertFormat&, std::uintptr_t);
template std::wstring format_insert<wchar_t>(const InsertFormat&, std::uintptr_t);

}  // namespace tcptable::win32
