// SPDX-License-Identifier: MIT
// A filter from the words behind the options.
#pragma once

#include <tl/expected.hpp>

#include <string>
#include <vector>

#include "tcptable/command_line/arguments.hpp"
#include "tcptable/filter/expression.hpp"

namespace tool {

/// The error shows the filter with a caret under the place that is wrong.
tl::expected<filter::Expression, UsageError> filter_of(const std::vector<std::string>& words);

}  // namespace tool
