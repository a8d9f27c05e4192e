// SPDX-License-Identifier: MIT
// A terminal's screen in memory: what is drawn here can be read back as text, and shown by a terminal.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tcptable/output/display.hpp"

namespace tool::top {

struct Size {
  std::size_t width = 0;
  std::size_t height = 0;
  friend bool operator==(const Size&, const Size&) = default;
};

enum class Color : std::uint8_t { normal, green, yellow, red, cyan };

inline constexpr int kColorCount = 5;

struct Style {
  Color color = Color::normal;
  bool bold = false;
  bool dim = false;
  bool underline = false;
  bool reverse = false;
  friend bool operator==(const Style&, const Style&) = default;
};

struct Cell {
  std::string glyph = " ";  ///< One character and what combines with it; empty behind a wide one.
  Style style;
  friend bool operator==(const Cell&, const Cell&) = default;
};

/// Text of our own: printable ASCII that needs no escaping, known when compiled.
class Label {
 public:
  consteval Label(const char* text) : text_(text) {
    for (const char c : text_) {
      if (c < ' ' || c > '~') throw "not printable ASCII";
    }
  }
  std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

class Screen {
 public:
  explicit Screen(Size size) : size_(size), cells_(size.width * size.height) {}

  Size size() const { return size_; }
  const Cell& cell(std::size_t x, std::size_t y) const { return cells_[y * size_.width + x]; }

  /// Writes from cell `x` of line `y` on into at most `room` cells and never beyond the line. What doesn't
  /// fit ends with an ellipsis; never with half a wide character. Returns the cells taken.
  std::size_t put(std::size_t x, std::size_t y, std::size_t room, const DisplayText& text, Style style = {});
  std::size_t put(std::size_t x, std::size_t y, std::size_t room, Label text, Style style = {});
  /// Makes the cells [x, end) of line `y` look so, whatever is in them.
  void restyle(std::size_t x, std::size_t end, std::size_t y, Style style);
  /// Blanks the cells.
  void clear(std::size_t x, std::size_t end, std::size_t y, Style style = {});

  /// The lines without the spaces at their end.
  std::string text() const;

 private:
  std::size_t write(std::size_t x, std::size_t y, std::size_t room, std::string_view text, Style style);
  Cell& cell_at(std::size_t x, std::size_t y) { return cells_[y * size_.width + x]; }

  Size size_;
  std::vector<Cell> cells_;
};

/// Writes texts side by side on one line.
class LineWriter {
 public:
  LineWriter(Screen& screen, std::size_t y, std::size_t x = 0) : screen_(screen), y_(y), x_(x) {}

  template <typename Text>
  LineWriter& put(const Text& text, Style style = {}) {
    x_ += screen_.put(x_, y_, screen_.size().width, text, style);
    return *this;
  }
  LineWriter& skip(std::size_t cells) {
    x_ += cells;
    return *this;
  }
  std::size_t x() const { return x_; }

 private:
  Screen& screen_;
  std::size_t y_;
  std::size_t x_;
};

}  // namespace tool::top
