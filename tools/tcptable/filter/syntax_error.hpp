// SPDX-License-Identifier: MIT
// What is wrong with a filter, and where.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

namespace tool::filter {

struct SyntaxError {
  std::size_t begin = 0;  ///< Bytes into the filter's text.
  std::size_t end = 0;
  std::string message;  ///< One line; may quote what was typed: escape before printing.
};

template <typename T>
using Parsed = tl::expected<T, SyntaxError>;

/// Three lines, fit for a terminal: the filter, a caret under the place, and what was expected there.
std::string render(std::string_view filter, const SyntaxError& error);

}  // namespace tool::filter
