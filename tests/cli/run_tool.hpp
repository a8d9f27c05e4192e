// SPDX-License-Identifier: MIT
// Runs the tool's binary as a child and keeps what it says.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace tcptable::test {

struct ToolRun {
  int status = -1;  ///< Exit status, or -1 when a signal ended it.
  int signal = 0;
  std::string out;
  std::string err;
};

/// What run_tool returns as the status when `prepare` returned false, or the binary could not be started.
inline constexpr int kNotStarted = 126;

/// Another program, looked for in PATH; `words` begin with its name.
ToolRun run_program(const std::vector<std::string>& words, const std::function<bool()>& prepare = {});

/// `prepare` runs in the child just before the tool: it may replace descriptors or drop rights.
ToolRun run_tool(const std::vector<std::string>& arguments, const std::function<bool()>& prepare = {});

}  // namespace tcptable::test
