// SPDX-License-Identifier: MIT
// `tcptable diff A B`: two documents of --json compared.
#pragma once

#include "tcptable/command_line/arguments.hpp"
#include "tcptable/output/console.hpp"

namespace tool {

/// As diff(1): 0 (ExitStatus::found) when they tell the same, 1 when they differ, 2 when one can't be read.
ExitStatus run_diff(const Arguments& arguments);

}  // namespace tool
