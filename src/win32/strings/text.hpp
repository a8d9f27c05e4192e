// SPDX-License-Identifier: MIT
// Strings that end in a zero, of any width of characters.
#pragma once

#include <cerrno>
#include <climits>
#include <cstddef>
#include <cstdlib>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>

namespace tcptable::win32 {

template <typename Char>
std::size_t length_of(const Char* text) noexcept {
  return text != nullptr ? std::basic_string_view<Char>(text).size() : 0;
}

template <typename Char>
constexpr Char folded(Char unit) noexcept {
  return unit >= Char{'A'} && unit <= Char{'Z'} ? static_cast<Char>(unit - Char{'A'} + Char{'a'}) : unit;
}

enum class Case { counts, ignored };

/// Negative, 0 or positive, looking at no more than `count` characters.
template <typename Char>
int compare(const Char* first, const Char* second, std::size_t count, Case letter_case) noexcept {
  using Unit = std::make_unsigned_t<std::conditional_t<sizeof(Char) == 1, char, Char>>;
  for (; count != 0; ++first, ++second, --count) {
    const auto a = static_cast<Unit>(letter_case == Case::ignored ? folded(*first) : *first);
    const auto b = static_cast<Unit>(letter_case == Case::ignored ? folded(*second) : *second);
    if (a != b) return a < b ? -1 : 1;
    if (a == 0) return 0;
  }
  return 0;
}

/// _stricmp and its like.
template <typename Char>
int compare_folded(const Char* first, const Char* second, std::size_t count) noexcept {
  if (first != nullptr && second != nullptr) return compare(first, second, count, Case::ignored);
  errno = EINVAL;
  return INT_MAX;
}

/// lstrcmp and its like: NULL is less than any string.
template <typename Char>
int compare_nullable(const Char* first, const Char* second, Case letter_case) noexcept {
  if (first == nullptr || second == nullptr)
    return static_cast<int>(first != nullptr) - static_cast<int>(second != nullptr);
  return compare(first, second, SIZE_MAX, letter_case);
}

/// lstrcpyn, lstrcpy, and at the end of what is there, lstrcat. `size` is not 0.
template <typename Char>
Char* copy_text(Char* to, std::size_t offset, const Char* from, std::size_t size) noexcept {
  if (to == nullptr || from == nullptr) return nullptr;
  std::size_t i = 0;
  for (; i + 1 < size && from[i] != Char{}; ++i) to[offset + i] = from[i];
  to[offset + i] = Char{};
  return to;
}

template <typename Char>
Char* duplicate(const Char* source) noexcept {
  if (source == nullptr) return nullptr;
  const std::size_t size = length_of(source) + 1;
  auto* const copy = static_cast<Char*>(std::malloc(size * sizeof(Char)));
  return copy_text(copy, 0, source, size);
}

/// The decimal number at the beginning; the nearest `Number` where it is too large.
template <typename Number, typename Char>
Number parse_decimal(const Char* text) noexcept {
  if (text == nullptr) {
    errno = EINVAL;
    return 0;
  }
  const auto is_blank = [](Char unit) { return unit == Char{' '} || (unit >= Char{9} && unit <= Char{13}); };
  while (is_blank(*text)) ++text;
  const bool negative = *text == Char{'-'};
  if (negative || *text == Char{'+'}) ++text;
  Number number = 0;
  for (; *text >= Char{'0'} && *text <= Char{'9'}; ++text) {
    const auto digit = static_cast<Number>(negative ? Char{'0'} - *text : *text - Char{'0'});
    if (__builtin_mul_overflow(number, Number{10}, &number) ||
        __builtin_add_overflow(number, digit, &number)) {
      errno = ERANGE;
      return negative ? std::numeric_limits<Number>::min() : std::numeric_limits<Number>::max();
    }
  }
  return number;
}

}  // namespace tcptable::win32
