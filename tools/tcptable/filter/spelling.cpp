// SPDX-License-Identifier: MIT
// Comparing words.
#include "tcptable/filter/spelling.hpp"

#include <algorithm>
#include <array>

namespace tool::filter {
namespace {

constexpr std::size_t kLongest = 32;

// Optimal string alignment distance; both are short.
std::size_t slips(std::string_view a, std::string_view b) {
  std::array<std::array<std::size_t, kLongest + 1>, kLongest + 1> cost{};
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        cost[i][j] = i + j;
        continue;
      }
      const bool same = a[i - 1] == b[j - 1];
      cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, cost[i - 1][j - 1] + (same ? 0U : 1U)});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
    }
  }
  return cost[a.size()][b.size()];
}

}  // namespace

std::string plain_spelling(std::string_view word) {
  std::string plain;
  for (char c : word) {
    if (c == '_' || c == '-') continue;
    plain += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return plain;
}

bool is_one_of(std::string_view list, std::string_view spelling) {
  bool found = false;
  for_each_word(list, [&](std::string_view word) { found = found || plain_spelling(word) == spelling; });
  return found;
}

std::string_view nearest_word(std::string_view word, std::span<const std::string_view> words) {
  const std::string wanted = plain_spelling(word);
  if (wanted.size() > kLongest) return {};
  std::string_view nearest;
  std::size_t fewest = std::max<std::size_t>(1, wanted.size() / 3) + 1;
  for (std::string_view candidate : words) {
    const std::string spelling = plain_spelling(candidate);
    const std::size_t count = spelling.size() <= kLongest ? slips(spelling, wanted) : fewest;
    if (count >= fewest || count >= wanted.size()) continue;
    fewest = count;
    nearest = candidate;
  }
  return nearest;
}

}  // namespace tool::filter
