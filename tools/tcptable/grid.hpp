// SPDX-License-Identifier: MIT
// Cells into aligned columns: kept in one buffer, so that a long table costs no allocation a cell.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tcptable/display.hpp"

namespace tool {

class Grid {
 public:
  explicit Grid(std::size_t columns) : widths_(columns) {}

  void reserve(std::size_t lines);
  /// Cells fill lines from left to right; `columns` cells make a line.
  void add(const DisplayText& cell);
  /// The terminal sequence that colors the line last added to; it lives as long as the program.
  void color_line(std::string_view sequence) { colors_.back() = sequence; }

  /// Lines with two spaces between columns, and none at their end.
  std::string text() const;

 private:
  struct Cell {
    std::uint32_t bytes;
    std::uint32_t width;
  };

  std::string bytes_;
  std::vector<Cell> cells_;
  std::vector<std::string_view> colors_;
  std::vector<std::uint32_t> widths_;
};

}  // namespace tool
