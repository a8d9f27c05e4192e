// SPDX-License-Identifier: MIT
// What works here, what doesn't, and what mends it.
#pragma once

#include "tcptable/command_line/arguments.hpp"
#include "tcptable/output/console.hpp"

namespace tool {

/// ExitStatus::partial where a check is limited.
ExitStatus run_doctor(const Arguments& arguments);

}  // namespace tool
