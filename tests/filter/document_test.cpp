// SPDX-License-Identifier: MIT
// docs/filter.md has every key with all its names, no other, and only examples that are filters.
#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>

#include "filter/fixed_names.hpp"
#include "tcptable/filter/parser.hpp"
#include "tcptable/filter/spelling.hpp"

namespace {

using Words = std::set<std::string>;

std::string document() {
  const std::ifstream file(TCPTABLE_FILTER_DOCUMENT);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// What stands in `backticks`.
Words quoted_words(const std::string& text) {
  Words words;
  for (std::size_t at = text.find('`'); at != std::string::npos; at = text.find('`', at + 1)) {
    const std::size_t begin = at + 1;
    at = text.find('`', begin);
    if (at == std::string::npos) break;
    words.insert(text.substr(begin, at - begin));
  }
  return words;
}

// Of the table below "## Keys": each key with its other names.
std::map<std::string, Words> documented_keys() {
  std::istringstream lines(document());
  std::map<std::string, Words> keys;
  bool in_section = false;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("## ")) in_section = line == "## Keys";
    if (!in_section || !line.starts_with("| `")) continue;
    std::istringstream cells(line.substr(2));
    std::string key;
    std::string names;
    std::getline(cells, key, '|');
    std::getline(cells, names, '|');
    keys[*quoted_words(key).begin()] = quoted_words(names);
  }
  return keys;
}

TEST(FilterDocument, HasEveryKeyWithItsNames) {
  std::map<std::string, Words> expected;
  for (const auto& key : tool::filter::all_keys()) {
    Words& names = expected[std::string(key.name)];
    tool::filter::for_each_word(key.aliases, [&](std::string_view name) { names.emplace(name); });
  }
  EXPECT_EQ(documented_keys(), expected);
}

TEST(FilterDocument, HasEveryWordOfTheChoices) {
  const std::string text = document();
  using tool::filter::Key;
  for (Key key : {Key::state, Key::protocol, Key::family, Key::reason}) {
    for (const auto& choice : tool::filter::choices(key))
      EXPECT_NE(text.find(choice.name), std::string::npos) << choice.name;
  }
}

TEST(FilterDocument, HasOnlyExamplesThatAreFilters) {
  std::istringstream lines(document());
  bool in_box = false;
  int examples = 0;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("```")) {
      in_box = line == "```filter";
      continue;
    }
    if (!in_box) continue;
    ++examples;
    const auto parsed = tool::filter::parse(line, tcptable::test::FixedNames());
    EXPECT_TRUE(parsed) << line << ": " << parsed.error().message;
  }
  EXPECT_GT(examples, 25);
}

}  // namespace
