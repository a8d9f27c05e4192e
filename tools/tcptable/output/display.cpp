// SPDX-License-Identifier: MIT
// What may reach a terminal, how many cells it takes, and how everything else is shown.
#include "tcptable/output/display.hpp"

#include <fmt/format.h>
#include <langinfo.h>

#include <algorithm>
#include <array>
#include <clocale>
#include <cwchar>

namespace tool {
namespace {

struct Range {
  char32_t first, last;
};

// What wcwidth() takes for printable, but can't be seen, looks like a space or changes what stands around it:
// Unicode's categories Cc, Cf, Zs, Co and its Default_Ignorable_Code_Point, and the blank Braille pattern.
constexpr std::array<Range, 30> kHidden{
    {{0x80, 0xa0},       {0xad, 0xad},       {0x34f, 0x34f},     {0x600, 0x605},     {0x61c, 0x61c},
     {0x6dd, 0x6dd},     {0x70f, 0x70f},     {0x890, 0x891},     {0x8e2, 0x8e2},     {0x115f, 0x1160},
     {0x1680, 0x1680},   {0x17b4, 0x17b5},   {0x180b, 0x180f},   {0x2000, 0x200f},   {0x2028, 0x202f},
     {0x205f, 0x206f},   {0x2800, 0x2800},   {0x3000, 0x3000},   {0x3164, 0x3164},   {0xd800, 0xf8ff},
     {0xfe00, 0xfe0f},   {0xfeff, 0xfeff},   {0xffa0, 0xffa0},   {0xfff0, 0xfffb},   {0x110bd, 0x110bd},
     {0x110cd, 0x110cd}, {0x13430, 0x1343f}, {0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a}, {0xe0000, 0x10ffff}}};

bool is_hidden(char32_t c) {
  return std::any_of(kHidden.begin(), kHidden.end(),
                     [c](Range range) { return c >= range.first && c <= range.last; });
}

std::string escape_sequence(char32_t c) {
  switch (c) {
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\t':
      return "\\t";
    case '\\':
      return "\\\\";
    default:
      break;
  }
  const auto number = static_cast<std::uint32_t>(c);
  if (number < 0x80) return fmt::format("\\x{:02x}", number);
  return number < 0x10000 ? fmt::format("\\u{:04x}", number) : fmt::format("\\U{:08x}", number);
}

bool looks_like_a_gap(std::string_view bytes, std::size_t at) {
  return bytes[at] == ' ' && (at == 0 || at + 1 == bytes.size() || bytes[at - 1] == ' ');
}

std::size_t sequence_length(unsigned char lead) {
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}

}  // namespace

void adopt_terminal_charset() {
  const char* locale = std::setlocale(LC_CTYPE, "");
  if (locale == nullptr || std::string_view(nl_langinfo(CODESET)) != "UTF-8") std::setlocale(LC_CTYPE, "C");
}

std::optional<std::size_t> cell_width(char32_t c) {
  if (c < 0x80) return c >= 0x20 && c < 0x7f ? std::optional<std::size_t>(1) : std::nullopt;
  const int width = is_hidden(c) ? -1 : wcwidth(static_cast<wchar_t>(c));
  return width < 0 ? std::nullopt : std::optional(static_cast<std::size_t>(width));
}

std::optional<char32_t> next_code_point(std::string_view bytes, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const std::size_t start = at++;
  const std::size_t length = sequence_length(byte(start));
  if (length == 0 || bytes.size() - start < length) return std::nullopt;
  if (length == 1) return byte(start);
  char32_t c = byte(start) & (0xffU >> (length + 1));
  for (std::size_t i = start + 1; i < start + length; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return std::nullopt;
    c = c << 6 | (byte(i) & 0x3f);
  }
  constexpr std::array<char32_t, 5> kSmallest{0, 0, 0x80, 0x800, 0x10000};
  if (c < kSmallest[length] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff)) return std::nullopt;
  at = start + length;
  return c;
}

namespace {

// Nearly all that is shown: printable ASCII without a backslash or a space.
bool is_plain(std::string_view bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](char c) { return c > ' ' && c < '\x7f' && c != '\\'; });
}

}  // namespace

DisplayText escape(std::string_view bytes) {
  DisplayText result;
  if (is_plain(bytes)) {
    result.text_ = bytes;
    result.width_ = bytes.size();
    return result;
  }
  const auto add = [&](std::string_view text, std::size_t width) {
    result.text_ += text;
    result.width_ += width;
  };
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t start = at;
    const auto c = next_code_point(bytes, at);
    const auto width = c ? cell_width(*c) : std::nullopt;
    if (width && *c != '\\' && !looks_like_a_gap(bytes, start)) {
      add(bytes.substr(start, at - start), *width);
      continue;
    }
    const std::string sequence =
        c ? escape_sequence(*c) : fmt::format("\\x{:02x}", static_cast<unsigned char>(bytes[start]));
    add(sequence, sequence.size());
  }
  return result;
}

}  // namespace tool
