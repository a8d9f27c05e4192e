// SPDX-License-Identifier: MIT
// A forked child that does one thing, says so, and then waits until the test lets it go.
#pragma once

#include <sys/types.h>

#include <functional>
#include <string>

#include "support/fd.hpp"

namespace tcptable::test {

/// Runs `work` in the child; what it returns is its report, empty for "all well". A child that throws reports
/// the exception's text. It lives until the value is destroyed or the test's process ends, and is then
/// killed.
class Child {
 public:
  explicit Child(const std::function<std::string()>& work);
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child();

  pid_t pid() const { return pid_; }
  /// Blocks until the child has done its work.
  const std::string& report() const { return report_; }

 private:
  pid_t pid_ = -1;
  Fd leash_;  // closes with the test's process, however that ends
  std::string report_;
};

/// Runs `work` as process 1 of a fresh pid namespace with a /proc of its own, in which every process can be
/// read, and returns its report. Throws std::system_error where that is not permitted.
std::string run_in_pid_namespace(const std::function<std::string()>& work);

/// The same in a time namespace whose clocks are ahead: since boot by 1000.005 s, monotonic by 2000 s.
std::string run_in_time_namespace(const std::function<std::string()>& work);

}  // namespace tcptable::test
