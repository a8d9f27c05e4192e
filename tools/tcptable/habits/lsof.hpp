// SPDX-License-Identifier: MIT
// As lsof -i: a line, a pid or some fields for each descriptor that is an internet socket.
#pragma once

#include "tcptable/habits/words.hpp"

namespace tool {

ExitStatus run_lsof(const HabitWords& words);

}  // namespace tool
