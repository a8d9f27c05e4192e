// SPDX-License-Identifier: MIT
// The command line of `tcptable top`.
#pragma once

#include <chrono>
#include <variant>

#include "tcptable/command_line/arguments.hpp"
#include "tcptable/top/model/choices.hpp"

namespace tool::top {

struct Options {
  Choices choices;
  std::chrono::milliseconds interval{1000};
  bool colors = true;  ///< If the terminal has them.
};

std::variant<Options, UsageError> top_options(const Arguments& arguments);

}  // namespace tool::top
