// SPDX-License-Identifier: MIT
// Characters into cells.
#include "tcptable/top/view/screen.hpp"

#include <algorithm>

namespace tool::top {
namespace {

// What a terminal library takes in one cell (CCHARW_MAX of ncurses, with the character itself).
constexpr std::size_t kMostCombining = 4;

struct Glyph {
  std::string text;
  std::size_t width = 0;
};

// The character at `at`, which it moves behind all that combines with it.
Glyph next_glyph(std::string_view text, std::size_t& at) {
  Glyph glyph;
  std::size_t combining = 0;
  while (at < text.size()) {
    const std::size_t start = at;
    std::size_t end = at;
    const auto c = next_code_point(text, end);
    const std::size_t width = c ? cell_width(*c).value_or(1) : 1;
    if (width != 0 && !glyph.text.empty()) break;
    at = end;
    if (width == 0 && ++combining > kMostCombining) continue;
    if (width == 0 && glyph.text.empty()) {
      glyph = {" ", 1};  // nothing stands before it that it could combine with
    }
    glyph.text += text.substr(start, end - start);
    glyph.width += width;
  }
  return glyph;
}

std::string ellipsis() {
  constexpr std::string_view kEllipsis = "\u2026";
  const DisplayText escaped = escape(kEllipsis);
  return escaped.width() == 1 ? escaped.text() : "~";
}

std::size_t width_of(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) width += next_glyph(text, at).width;
  return width;
}

}  // namespace

std::size_t Screen::put(std::size_t x, std::size_t y, std::size_t room, const DisplayText& text,
                        Style style) {
  return write(x, y, room, text.text(), style);
}

std::size_t Screen::put(std::size_t x, std::size_t y, std::size_t room, Label text, Style style) {
  return write(x, y, room, text.text(), style);
}

std::size_t Screen::write(std::size_t x, std::size_t y, std::size_t room, std::string_view text,
                          Style style) {
  if (y >= size_.height || x >= size_.width) return 0;
  room = std::min(room, size_.width - x);
  if (room == 0) return 0;
  const std::size_t wanted = width_of(text);
  const bool cut = wanted > room;
  clear(x, x + std::min(wanted, room), y, style);
  const std::size_t space = cut ? room - 1 : room;
  std::size_t used = 0;
  for (std::size_t at = 0; at < text.size();) {
    Glyph glyph = next_glyph(text, at);
    if (used + glyph.width > space) break;
    cell_at(x + used, y).glyph = std::move(glyph.text);
    for (std::size_t i = 1; i < glyph.width; ++i) cell_at(x + used + i, y).glyph.clear();
    used += glyph.width;
  }
  if (cut) cell_at(x + used++, y).glyph = ellipsis();
  return used;
}

void Screen::restyle(std::size_t x, std::size_t end, std::size_t y, Style style) {
  if (y >= size_.height) return;
  for (; x < std::min(end, size_.width); ++x) cell_at(x, y).style = style;
}

void Screen::clear(std::size_t x, std::size_t end, std::size_t y, Style style) {
  end = std::min(end, size_.width);
  if (y >= size_.height || x >= end) return;
  // A wide character that is cut through leaves a blank, not a half.
  if (cell(x, y).glyph.empty()) cell_at(x - 1, y).glyph = " ";
  if (end < size_.width && cell(end, y).glyph.empty()) cell_at(end, y).glyph = " ";
  for (; x < end; ++x) cell_at(x, y) = {" ", style};
}

std::string Screen::text() const {
  std::string text;
  for (std::size_t y = 0; y < size_.height; ++y) {
    std::string line;
    for (std::size_t x = 0; x < size_.width; ++x) line += cell(x, y).glyph;
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + '\n';
  }
  return text;
}

}  // namespace tool::top
