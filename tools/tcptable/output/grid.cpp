// SPDX-License-Identifier: MIT
// Padding and color; what the columns mean is table_output.cpp's matter.
#include "tcptable/output/grid.hpp"

namespace tool {
namespace {

constexpr std::size_t kGap = 2;
constexpr std::string_view kColorEnd = "\x1b[0m";

}  // namespace

void GridPrinter::add(const DisplayText& cell) {
  if (at_ == 0) out_.append(color_);
  out_.append(cell.text());
  if (++at_ < widths_.size()) {
    out_.append(widths_[at_ - 1] - cell.width() + kGap, ' ');
    return;
  }
  if (!color_.empty()) out_.append(kColorEnd);
  out_.append("\n");
  at_ = 0;
}

}  // namespace tool
