// SPDX-License-Identifier: MIT
// Another program than the test's own, and a copy of one that a test may rename and remove.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>

#include "support/temporary_directory.hpp"

namespace tcptable::test {

/// Runs for as long as the value lives, at most ten minutes; `path` takes sleep's argument.
class RunningProgram {
 public:
  explicit RunningProgram(const std::filesystem::path& path);
  RunningProgram(const RunningProgram&) = delete;
  RunningProgram& operator=(const RunningProgram&) = delete;
  ~RunningProgram();

  pid_t pid() const { return pid_; }

 private:
  pid_t pid_;
};

/// A copy of sleep with a name of its own.
class CopiedProgram {
 public:
  explicit CopiedProgram(const std::string& name);

  const std::filesystem::path& path() const { return path_; }

 private:
  TemporaryDirectory directory_;
  std::filesystem::path path_;
};

}  // namespace tcptable::test
