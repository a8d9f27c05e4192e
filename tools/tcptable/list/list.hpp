// SPDX-License-Identifier: MIT
// What the tool does without a command: one snapshot, printed.
#pragma once

#include "tcptable/command_line/arguments.hpp"
#include "tcptable/output/console.hpp"

namespace tool {

ExitStatus run_list(const Arguments& arguments);

}  // namespace tool
