// SPDX-License-Identifier: MIT
// Does a socket match a filter?
#pragma once

#include "tcptable/filter/expression.hpp"
#include "tcptable/filter/facts.hpp"

namespace tool::filter {

/// The order is that of logic: and is the lesser of two, or the greater.
enum class Truth : std::uint8_t { no, unknown, yes };

/// In three-valued logic (Kleene's): a test on what is not known is neither true nor false, and so is its
/// negation. To have no value is known, however: `pid!=1` is true of a TIME_WAIT socket, which no process
/// holds, and unknown of a socket whose process may not be seen.
Truth evaluate(const Expression& expression, Facts& facts);

/// Only what is certain matches.
inline bool matches(const Expression& expression, Facts& facts) {
  return evaluate(expression, facts) == Truth::yes;
}

}  // namespace tool::filter
