// SPDX-License-Identifier: MIT
#include "tcptable/command_line/filter_operands.hpp"

#include "tcptable/filter/parser.hpp"

namespace tool {

tl::expected<filter::Expression, UsageError> filter_of(const std::vector<std::string>& words) {
  std::vector<const char*> plain;
  for (const std::string& word : words) plain.push_back(word.c_str());
  const std::string text = filter::joined_words(plain);
  auto expression = filter::parse(text, filter::system_names());
  if (!expression) {
    UsageError wrong{"filter:\n" + filter::render(text, expression.error())};
    wrong.text.pop_back();  // fail() ends the last line
    return tl::unexpected(std::move(wrong));
  }
  return std::move(*expression);
}

}  // namespace tool
