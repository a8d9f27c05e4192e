// SPDX-License-Identifier: MIT
// One test of a filter: a key with its values, one of ss's predicates, or a bare word.
#pragma once

#include "tcptable/filter/expression.hpp"
#include "tcptable/filter/lexer.hpp"
#include "tcptable/filter/name_lookup.hpp"

namespace tool::filter {

/// Takes the tokens of one test, of which the first is a word or a quoted text.
Parsed<Expression> parse_term(TokenStream& tokens, const NameLookup& names);

}  // namespace tool::filter
