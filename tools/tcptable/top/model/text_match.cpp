// SPDX-License-Identifier: MIT
// Each column's text is made once a row.
#include "tcptable/top/model/text_match.hpp"

#include <algorithm>

namespace tool::top {
namespace {

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

}  // namespace

bool contains(std::string_view text, std::string_view part) {
  const auto same = [](char a, char b) { return lower(a) == lower(b); };
  return std::search(text.begin(), text.end(), part.begin(), part.end(), same) != text.end() || part.empty();
}

TextMatch::TextMatch(std::string_view typed) {
  while (!typed.empty()) {
    const std::size_t length = std::min(typed.find(' '), typed.size());
    if (length != 0) words_.emplace_back(typed.substr(0, length));
    typed.remove_prefix(std::min(length + 1, typed.size()));
  }
}

bool TextMatch::matches(RowReader& reader, const Columns& columns) const {
  std::vector<std::string_view> missing(words_.begin(), words_.end());
  for (const Column* column : columns) {
    if (missing.empty()) break;
    const DisplayText& text = reader.text(*column);
    std::erase_if(missing, [&](std::string_view word) { return contains(text.text(), word); });
  }
  return missing.empty();
}

}  // namespace tool::top
