// SPDX-License-Identifier: MIT
// The filter language (docs/filter.md): text in, expression out, without a system call of its own.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "tcptable/filter/expression.hpp"
#include "tcptable/filter/name_lookup.hpp"
#include "tcptable/filter/syntax_error.hpp"

namespace tool::filter {

/// An empty text matches every socket. Parentheses may nest 100 deep.
Parsed<Expression> parse(std::string_view text, const NameLookup& names);

/// The words of a command line as one text, as a shell would have had them in one argument.
std::string joined_words(std::span<const char* const> words);

}  // namespace tool::filter
