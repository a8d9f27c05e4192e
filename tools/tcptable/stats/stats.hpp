// SPDX-License-Identifier: MIT
// `tcptable stats`: the kernel's counters, and how many sockets are in which state, by unit or container.
#pragma once

#include "tcptable/command_line/arguments.hpp"
#include "tcptable/output/console.hpp"

namespace tool {

ExitStatus run_stats(const Arguments& arguments);

}  // namespace tool
