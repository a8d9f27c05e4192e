// SPDX-License-Identifier: MIT
// `tcptable close FILTER`: connections shown, asked about, and closed one by one.
#pragma once

#include "tcptable/command_line/arguments.hpp"
#include "tcptable/output/console.hpp"

namespace tool {

/// found: every socket was closed (with --dry-run: there are some); nothing: there were none, or the answer
/// was no; partial: some were not closed; not_permitted, failed: none was.
ExitStatus run_close(const Arguments& arguments);

}  // namespace tool
