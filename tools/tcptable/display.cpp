// SPDX-License-Identifier: MIT
#include "tcptable/display.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

namespace tool {
namespace {

struct Range {
  char32_t first, last;
};

// Characters that change what stands around them or can't be seen: Unicode's general categories Cc, Cf, Zl,
// Zp, Cs, Co.
constexpr std::array<Range, 22> kUnprintable{
    {{0x00, 0x1f},       {0x7f, 0xa0},       {0xad, 0xad},     {0x34f, 0x34f},   {0x600, 0x605},
     {0x61c, 0x61c},     {0x6dd, 0x6dd},     {0x70f, 0x70f},   {0x115f, 0x1160}, {0x17b4, 0x17b5},
     {0x180b, 0x180f},   {0x2000, 0x200f},   {0x2028, 0x202f}, {0x205f, 0x206f}, {0x3164, 0x3164},
     {0xd800, 0xf8ff},   {0xfe00, 0xfe0f},   {0xfeff, 0xfeff}, {0xffa0, 0xffa0}, {0xfff0, 0xfffb},
     {0x1d173, 0x1d17a}, {0xe0000, 0x10ffff}}};

// Combining marks take no cell of their own.
constexpr std::array<Range, 7> kCombining{{{0x300, 0x36f},
                                           {0x483, 0x489},
                                           {0x591, 0x5bd},
                                           {0x610, 0x61a},
                                           {0x64b, 0x65f},
                                           {0x1ab0, 0x1aff},
                                           {0x20d0, 0x20ff}}};

// East Asian wide and full-width characters, and the emoji that terminals draw wide.
constexpr std::array<Range, 12> kWide{{{0x1100, 0x115e},
                                       {0x231a, 0x231b},
                                       {0x2e80, 0x303e},
                                       {0x3041, 0x33ff},
                                       {0x3400, 0x4dbf},
                                       {0x4e00, 0x9fff},
                                       {0xa000, 0xa4cf},
                                       {0xac00, 0xd7a3},
                                       {0xf900, 0xfaff},
                                       {0xfe30, 0xfe6f},
                                       {0xff00, 0xff60},
                                       {0x1f300, 0x1faff}}};

template <std::size_t N>
bool within(const std::array<Range, N>& ranges, char32_t c) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [c](Range range) { return c >= range.first && c <= range.last; });
}

std::size_t cells(char32_t c) {
  if (within(kCombining, c)) return 0;
  return within(kWide, c) || (c >= 0x20000 && c <= 0x3fffd) ? 2 : 1;
}

std::string escape_sequence(char32_t c) {
  switch (c) {
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\t':
      return "\\t";
    default:
      break;
  }
  const auto number = static_cast<std::uint32_t>(c);
  if (number < 0x100) return fmt::format("\\x{:02x}", number);
  return number < 0x10000 ? fmt::format("\\u{:04x}", number) : fmt::format("\\U{:08x}", number);
}

}  // namespace

std::optional<char32_t> next_code_point(std::string_view bytes, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const unsigned char lead = byte(at);
  const std::size_t length = lead < 0x80   ? 1
                             : lead < 0xc2 ? 0
                             : lead < 0xe0 ? 2
                             : lead < 0xf0 ? 3
                             : lead < 0xf5 ? 4
                                           : 0;
  const std::size_t start = at++;
  if (length == 0 || bytes.size() - start < length) return std::nullopt;
  if (length == 1) return lead;
  char32_t c = lead & (0xffU >> (length + 1));
  for (std::size_t i = start + 1; i < start + length; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return std::nullopt;
    c = c << 6 | (byte(i) & 0x3f);
  }
  constexpr std::array<char32_t, 5> kSmallest{0, 0, 0x80, 0x800, 0x10000};
  if (c < kSmallest[length] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff)) return std::nullopt;
  at = start + length;
  return c;
}

DisplayText escape(std::string_view bytes) {
  DisplayText result;
  const auto add_escape = [&](const std::string& sequence) {
    result.text_ += sequence;
    result.width_ += sequence.size();
  };
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t start = at;
    const auto c = next_code_point(bytes, at);
    if (!c) {
      add_escape(fmt::format("\\x{:02x}", static_cast<unsigned char>(bytes[start])));
    } else if (*c == '\\') {
      add_escape("\\\\");
    } else if (*c != ' ' && within(kUnprintable, *c)) {
      add_escape(escape_sequence(*c));
    } else {
      result.text_ += bytes.substr(start, at - start);
      result.width_ += cells(*c);
    }
  }
  return result;
}

}  // namespace tool
