// SPDX-License-Identifier: MIT
// Finding typed text in what a row shows.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tcptable/columns/row_reader.hpp"

namespace tool::top {

/// ASCII letters of either case are the same. An empty text is contained in every other.
bool contains(std::string_view text, std::string_view part);

/// Words typed to search for, looked for in the texts of some columns.
class TextMatch {
 public:
  /// Words are separated by spaces.
  explicit TextMatch(std::string_view typed);

  /// Whether each word is in the text of some of the columns.
  bool matches(RowReader& reader, const Columns& columns) const;

 private:
  std::vector<std::string> words_;
};

}  // namespace tool::top
