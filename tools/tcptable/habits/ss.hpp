// SPDX-License-Identifier: MIT
// As ss of iproute2: its columns, its widths, its words.
#pragma once

#include "tcptable/habits/words.hpp"

namespace tool {

ExitStatus run_ss(const HabitWords& words);

}  // namespace tool
