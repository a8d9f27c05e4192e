// SPDX-License-Identifier: MIT
// Cells into aligned columns. Every cell comes by twice, first to be measured and then to be printed, so that
// a long table takes no memory.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include "tcptable/output/chunked_output.hpp"
#include "tcptable/output/display.hpp"

namespace tool {

/// Column by column, the most cells of a terminal that any of its texts takes.
class ColumnWidths {
 public:
  explicit ColumnWidths(std::size_t columns) : widths_(columns) {}

  /// Cells fill lines from left to right.
  void add(const DisplayText& cell) { add(cell.width()); }
  void add(std::size_t width) {
    widths_[at_] = std::max(widths_[at_], width);
    at_ = at_ + 1 == widths_.size() ? 0 : at_ + 1;
  }
  const std::vector<std::size_t>& widths() const { return widths_; }

 private:
  std::vector<std::size_t> widths_;
  std::size_t at_ = 0;
};

/// Lines with two spaces between columns, and none at their end.
class GridPrinter {
 public:
  GridPrinter(const ColumnWidths& columns, ChunkedOutput& out) : widths_(columns.widths()), out_(out) {}

  /// The terminal sequence that colors the line which begins with the next cell; empty for none.
  void color_line(std::string_view sequence) { color_ = sequence; }
  void add(const DisplayText& cell);

 private:
  const std::vector<std::size_t>& widths_;
  ChunkedOutput& out_;
  std::string_view color_;
  std::size_t at_ = 0;
};

}  // namespace tool
