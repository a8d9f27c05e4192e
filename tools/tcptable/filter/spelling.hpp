// SPDX-License-Identifier: MIT
// Words as people type them: which spellings are the same, and which word was meant.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>

namespace tool::filter {

/// `word` in lower case without '_' and '-': FIN-WAIT-1, fin_wait1 and FinWait1 are one word.
std::string plain_spelling(std::string_view word);

/// Calls `each` with every word of a list whose words are separated by one space.
template <typename Each>
void for_each_word(std::string_view list, const Each& each) {
  while (!list.empty()) {
    const std::string_view word = list.substr(0, list.find(' '));
    each(word);
    list.remove_prefix(std::min(list.size(), word.size() + 1));
  }
}

/// Is `spelling`, which is plain, the plain spelling of a word of the list?
bool is_one_of(std::string_view list, std::string_view spelling);

/// The word that takes the fewest slips of the finger (a letter wrong, missing, too many, or two swapped) to
/// become `word`, or an empty one where that would be more than a third of its letters.
std::string_view nearest_word(std::string_view word, std::span<const std::string_view> words);

}  // namespace tool::filter
