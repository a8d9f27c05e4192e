// SPDX-License-Identifier: MIT
// tcptable top: the sockets as they come and go, in the terminal.
#pragma once

#include "tcptable/command_line/arguments.hpp"
#include "tcptable/output/console.hpp"

namespace tool::top {

/// Found when the viewer quit; ends the program by the signal that ended it.
ExitStatus run_top(const Arguments& arguments);

}  // namespace tool::top
