// SPDX-License-Identifier: MIT
#include "tcptable/habits/ss_layout.hpp"

#include <algorithm>
#include <string_view>

namespace tool {
namespace {

struct ColumnSpec {
  const char* heading;
  bool right;
  bool gap;  // a space goes before it, unless it is the first
};

constexpr std::array<ColumnSpec, kSsColumnCount> kColumns{{{"Netid", false, false},
                                                           {"State", false, true},
                                                           {"Recv-Q", false, true},
                                                           {"Send-Q", false, true},
                                                           {"Local Address:", true, true},
                                                           {"Port", false, false},
                                                           {"Peer Address:", true, true},
                                                           {"Port", false, false},
                                                           {"Process", false, false}}};

}  // namespace

void SsLayout::add(SsRow row) {
  rows_.push_back(std::move(row));
}

void SsLayout::print(bool header, ChunkedOutput& out) const {
  SsRow headings;
  std::array<std::size_t, kSsColumnCount> widths{};
  for (std::size_t i = 0; i < kSsColumnCount; ++i) {
    headings[i] = kColumns[i].heading;
    if (header) widths[i] = headings[i].size();
    for (const SsRow& row : rows_) widths[i] = std::max(widths[i], row[i].size());
  }
  if (header) print_row(headings, widths, out);
  for (const SsRow& row : rows_) print_row(row, widths, out);
}

void SsLayout::print_row(const SsRow& row, const std::array<std::size_t, kSsColumnCount>& widths,
                         ChunkedOutput& out) const {
  bool is_first = true;
  for (std::size_t i = 0; i < kSsColumnCount; ++i) {
    if (hidden_[i]) continue;
    if (kColumns[i].gap && !is_first) out.append(' ');
    const std::size_t padding = widths[i] - row[i].size();
    if (kColumns[i].right) out.append(padding, ' ');
    out.append(row[i]);
    if (!kColumns[i].right) out.append(padding, ' ');
    is_first = false;
  }
  out.append("\n");
}

}  // namespace tool
