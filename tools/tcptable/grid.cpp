// SPDX-License-Identifier: MIT
// Column widths and padding; what the columns mean is table_output.cpp's matter.
#include "tcptable/grid.hpp"

#include <algorithm>
#include <numeric>

namespace tool {
namespace {

constexpr std::uint32_t kGap = 2;
constexpr std::string_view kColorEnd = "\x1b[0m";
constexpr std::size_t kUsualLine = 80;

}  // namespace

void Grid::reserve(std::size_t lines) {
  bytes_.reserve(lines * kUsualLine);
  cells_.reserve(lines * widths_.size());
  colors_.reserve(lines);
}

void Grid::add(const DisplayText& cell) {
  const std::size_t column = cells_.size() % widths_.size();
  if (column == 0) colors_.emplace_back();
  const auto width = static_cast<std::uint32_t>(cell.width());
  widths_[column] = std::max(widths_[column], width);
  cells_.push_back({static_cast<std::uint32_t>(cell.text().size()), width});
  bytes_ += cell.text();
}

std::string Grid::text() const {
  const std::size_t columns = widths_.size();
  const std::size_t usual = std::accumulate(widths_.begin(), widths_.end(), columns * kGap);
  std::string out;
  out.reserve(usual * colors_.size());
  std::size_t at = 0;
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    const std::size_t column = i % columns;
    const std::string_view color = colors_[i / columns];
    if (column == 0) out += color;
    out.append(bytes_, at, cells_[i].bytes);
    at += cells_[i].bytes;
    if (column + 1 < columns) {
      out.append(widths_[column] - cells_[i].width + kGap, ' ');
      continue;
    }
    if (!color.empty()) out += kColorEnd;
    out += '\n';
  }
  return out;
}

}  // namespace tool
