// SPDX-License-Identifier: MIT
// A real control group with the name of a unit, for real processes: what a service manager does when it
// starts the unit.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>

namespace tcptable::test {

class UnitCgroup {
 public:
  /// Makes the group `unit` ("example.service") below a slice of its own, in the hierarchy in which a service
  /// manager would. Throws std::exception where that is not possible, with the reason.
  explicit UnitCgroup(const std::string& unit);
  UnitCgroup(const UnitCgroup&) = delete;
  UnitCgroup& operator=(const UnitCgroup&) = delete;
  /// The processes that were added must have ended, or have been moved away.
  ~UnitCgroup();

  void add(pid_t pid) const;
  /// Moves the process to the root of the hierarchy.
  void remove(pid_t pid) const;
  /// "tcptable-test-123.slice", around the unit.
  const std::string& slice() const { return slice_; }

 private:
  std::filesystem::path root_;
  std::string slice_;
  std::string unit_;
};

}  // namespace tcptable::test
