// SPDX-License-Identifier: MIT
// Cells under headings the way ss sets them when it doesn't write to a terminal: each column as wide as its
// widest cell, addresses to the right against their ports, every line filled to its end.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "tcptable/output/chunked_output.hpp"

namespace tool {

enum class SsColumn {
  protocol,
  state,
  receive_queue,
  send_queue,
  local,
  local_port,
  remote,
  remote_port,
  process
};

inline constexpr std::size_t kSsColumnCount = 9;

/// By SsColumn; texts that are fit for a terminal, of one cell a character.
using SsRow = std::array<std::string, kSsColumnCount>;

class SsLayout {
 public:
  void hide(SsColumn column) { hidden_[static_cast<std::size_t>(column)] = true; }
  void add(SsRow row);
  void print(bool header, ChunkedOutput& out) const;

 private:
  void print_row(const SsRow& row, const std::array<std::size_t, kSsColumnCount>& widths,
                 ChunkedOutput& out) const;

  std::array<bool, kSsColumnCount> hidden_{};
  std::vector<SsRow> rows_;
};

}  // namespace tool
