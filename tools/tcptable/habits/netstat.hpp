// SPDX-License-Identifier: MIT
// As netstat of net-tools: its heading, its fixed columns, its names of states.
#pragma once

#include "tcptable/habits/words.hpp"

namespace tool {

ExitStatus run_netstat(const HabitWords& words);

}  // namespace tool
