// SPDX-License-Identifier: MIT
// Names against what a filter says of them.
#pragma once

#include <string_view>

#include "tcptable/filter/expression.hpp"

namespace tool::filter {

/// By the pattern alone, but for four kinds of names that people shorten:
/// - process: the kernel keeps 15 bytes of a name, so a longer pattern without wildcards fits by those;
/// - exe: a pattern without '/' means the last part of the path;
/// - unit, slice: one without '.' means .service, or .slice;
/// - container: twelve or more hexadecimal digits fit every id that begins with them.
bool fits(Key key, const TextPattern& pattern, std::string_view text);

}  // namespace tool::filter
