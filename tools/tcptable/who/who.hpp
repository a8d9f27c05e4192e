// SPDX-License-Identifier: MIT
// `tcptable who :8080`: who has this port?
#pragma once

#include "tcptable/command_line/arguments.hpp"
#include "tcptable/output/console.hpp"

namespace tool {

ExitStatus run_who(const Arguments& arguments);

}  // namespace tool
