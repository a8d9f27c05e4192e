// SPDX-License-Identifier: MIT
#include "win32/message/text_encoding.hpp"

namespace tcptable::win32 {
namespace {

constexpr char32_t kReplacement = 0xFFFD;
constexpr char32_t kLastCodePoint = 0x10FFFF;

constexpr bool is_surrogate(char32_t unit) {
  return unit >= 0xD800 && unit <= 0xDFFF;
}
constexpr bool is_high_surrogate(char32_t unit) {
  return unit >= 0xD800 && unit <= 0xDBFF;
}
constexpr bool is_low_surrogate(char32_t unit) {
  return unit >= 0xDC00 && unit <= 0xDFFF;
}
constexpr bool is_scalar(char32_t value) {
  return value <= kLastCodePoint && !is_surrogate(value);
}

// What the first byte of a UTF-8 sequence says: how long it is, its own bits, and the least value that needs
// this length (a smaller one would have two spellings).
struct Lead {
  std::size_t length;
  char32_t bits;
  char32_t least;
};

Lead read_lead(unsigned char byte) {
  if (byte < 0x80) return {1, byte, 0};
  if ((byte & 0xE0) == 0xC0) return {2, byte & 0x1FU, 0x80};
  if ((byte & 0xF0) == 0xE0) return {3, byte & 0x0FU, 0x800};
  if ((byte & 0xF8) == 0xF0) return {4, byte & 0x07U, 0x10000};
  return {0, 0, 0};
}

}  // namespace

Decoded decode_first(std::string_view text) noexcept {
  const Lead lead = read_lead(static_cast<unsigned char>(text.front()));
  if (lead.length == 0 || lead.length > text.size()) return {kReplacement, 1};
  char32_t value = lead.bits;
  for (std::size_t i = 1; i < lead.length; ++i) {
    if (begins_character(text[i])) return {kReplacement, i};
    value = value << 6 | (static_cast<unsigned char>(text[i]) & 0x3FU);
  }
  if (value < lead.least || !is_scalar(value)) return {kReplacement, lead.length};
  return {value, lead.length};
}

Decoded decode_first(std::u16string_view text) noexcept {
  const char32_t first = text.front();
  if (!is_surrogate(first)) return {first, 1};
  if (is_high_surrogate(first) && text.size() > 1 && is_low_surrogate(text[1])) {
    return {0x10000 + ((first & 0x3FF) << 10) + (text[1] & 0x3FFU), 2};
  }
  return {kReplacement, 1};
}

Decoded decode_first(std::wstring_view text) noexcept {
  const auto value = static_cast<char32_t>(text.front());
  return {is_scalar(value) ? value : kReplacement, 1};
}

void append_code_point(std::string& text, char32_t code_point) {
  const auto put = [&text](char32_t byte) { text.push_back(static_cast<char>(byte)); };
  const auto put_tail = [&put, code_point](unsigned shift) { put(0x80 | (code_point >> shift & 0x3F)); };
  if (code_point < 0x80) return put(code_point);
  if (code_point < 0x800) {
    put(0xC0 | code_point >> 6);
  } else if (code_point < 0x10000) {
    put(0xE0 | code_point >> 12);
    put_tail(6);
  } else {
    put(0xF0 | code_point >> 18);
    put_tail(12);
    put_tail(6);
  }
  put_tail(0);
}

void append_code_point(std::u16string& text, char32_t code_point) {
  if (code_point < 0x10000) return text.push_back(static_cast<char16_t>(code_point));
  const char32_t offset = code_point - 0x10000;
  text.push_back(static_cast<char16_t>(0xD800 | offset >> 10));
  text.push_back(static_cast<char16_t>(0xDC00 | (offset & 0x3FF)));
}

void append_code_point(std::wstring& text, char32_t code_point) {
  text.push_back(static_cast<wchar_t>(code_point));
}

}  // namespace tcptable::win32
