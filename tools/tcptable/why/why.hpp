// SPDX-License-Identifier: MIT
// `tcptable why FILTER`: what limits these sockets?
#pragma once

#include "tcptable/command_line/arguments.hpp"
#include "tcptable/output/console.hpp"

namespace tool {

ExitStatus run_why(const Arguments& arguments);

}  // namespace tool
