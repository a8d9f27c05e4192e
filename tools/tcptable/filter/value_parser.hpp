// SPDX-License-Identifier: MIT
// What stands behind a key: from words to tests.
#pragma once

#include <string>
#include <vector>

#include "tcptable/filter/expression.hpp"
#include "tcptable/filter/name_lookup.hpp"
#include "tcptable/filter/syntax_error.hpp"

namespace tool::filter {

/// One of the values of a list.
struct Value {
  std::string text;
  bool quoted = false;  ///< Then it is nothing but text.
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// Has it a * or ? that stands for other characters?
bool has_wildcard(const Value& value);

enum class Comparison : std::uint8_t { equal, less, less_equal, greater, greater_equal, contains };

/// What the key is compared with. Several values are alternatives; only equal and contains take several.
Parsed<Test> make_comparison(Key key, Comparison comparison, const std::vector<Value>& values,
                             const NameLookup& names);

}  // namespace tool::filter
