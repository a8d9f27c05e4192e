// SPDX-License-Identifier: MIT
// A row's place in the order of a column, as something quick to compare.
#pragma once

#include <compare>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>

#include "tcptable/columns/row_reader.hpp"

namespace tool {

/// By number, then by text. What has no value comes last.
struct SortKey {
  std::uint64_t number = 0;
  std::string_view text;  ///< Lives as long as the row and its SortKeys.
  friend auto operator<=>(const SortKey&, const SortKey&) = default;
};

/// Keys that can be compared with one another.
class SortKeys {
 public:
  explicit SortKeys(const Column& column) : column_(column) {}

  /// Of the row that the reader looks at.
  SortKey of_row(RowReader& reader);

 private:
  const Column& column_;
  std::set<std::string> texts_;  // few: names of processes, users, units
};

}  // namespace tool
