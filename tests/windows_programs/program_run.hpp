// SPDX-License-Identifier: MIT
// One run of a program of examples/windows, natively or under Wine.
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace tcptable::test {

struct ProgramRun {
  std::string output;  ///< What went to standard output, lines ended by "\n" alone.
  int status = -1;     ///< The exit status; -1 if a signal ended the program.
};

using Arguments = std::vector<std::string>;

ProgramRun run_natively(const std::string& program, const Arguments& arguments = {});

/// Why there is no Wine here, for GTEST_SKIP.
std::optional<std::string> wine_is_missing();

/// Wine's processes live in the network namespace in which the first one was started, and are ended with the
/// value. One at a time.
class Wine {
 public:
  Wine();
  Wine(const Wine&) = delete;
  Wine& operator=(const Wine&) = delete;
  ~Wine();

  ProgramRun run(const std::string& program, const Arguments& arguments = {}) const;
};

}  // namespace tcptable::test
