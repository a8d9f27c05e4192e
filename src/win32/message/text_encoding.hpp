// SPDX-License-Identifier: MIT
// Text from one of the three encodings of the Windows edge to another: UTF-8 in char, UTF-16 in char16_t,
// UTF-32 in a wchar_t of 4 bytes. What is no text becomes U+FFFD.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tcptable::win32 {

/// One code point and the number of units that it took, at least one.
struct Decoded {
  char32_t code_point;
  std::size_t units;
};

/// `text` is not empty.
Decoded decode_first(std::string_view text) noexcept;
Decoded decode_first(std::u16string_view text) noexcept;
Decoded decode_first(std::wstring_view text) noexcept;

void append_code_point(std::string& text, char32_t code_point);
void append_code_point(std::u16string& text, char32_t code_point);
void append_code_point(std::wstring& text, char32_t code_point);

template <typename To, typename From>
std::basic_string<To> transcode(std::basic_string_view<From> text) {
  std::basic_string<To> result;
  while (!text.empty()) {
    const Decoded first = decode_first(text);
    append_code_point(result, first.code_point);
    text.remove_prefix(first.units);
  }
  return result;
}

/// Whether all of it is text. A U+FFFD that the text itself has is one whose own units say so.
template <typename Char>
bool is_text(std::basic_string_view<Char> text) {
  constexpr char32_t kReplacement = 0xFFFD;
  std::basic_string<Char> replacement;
  append_code_point(replacement, kReplacement);
  while (!text.empty()) {
    const Decoded first = decode_first(text);
    if (first.code_point == kReplacement && !text.starts_with(replacement)) return false;
    text.remove_prefix(first.units);
  }
  return true;
}

/// Whether a unit begins a character, as against continuing one.
constexpr bool begins_character(char unit) noexcept {
  return (static_cast<unsigned char>(unit) & 0xC0) != 0x80;
}
constexpr bool begins_character(char16_t unit) noexcept {
  return (unit & 0xFC00) != 0xDC00;
}
constexpr bool begins_character(wchar_t /*unit*/) noexcept {
  return true;
}

}  // namespace tcptable::win32
