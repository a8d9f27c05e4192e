// SPDX-License-Identifier: MIT
// tcptable events: connections as they are opened, refused and closed.
#pragma once

#include "tcptable/command_line/arguments.hpp"
#include "tcptable/output/console.hpp"

namespace tool {

ExitStatus run_events(const Arguments& arguments);

}  // namespace tool
