// SPDX-License-Identifier: MIT
// The texts of --help, made from the tables.
#pragma once

#include <string>

#include "tcptable/command_line/commands.hpp"

namespace tool {

/// At most 80 columns wide.
std::string help_text(Command command);

}  // namespace tool
