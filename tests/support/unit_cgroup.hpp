// SPDX-License-Identifier: MIT
// A real control group with the name of a unit, for real processes: what a service manager does when it
// starts the unit.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>

namespace tcptable::test {

enum class Hierarchy {
  of_service_manager,  ///< systemd's own where cgroup v1 is mounted, else cgroup v2.
  unified,             ///< cgroup v2.
};

class UnitCgroup {
 public:
  /// Makes the group `unit` ("example.service") below a slice of its own. Throws std::exception where that is
  /// not possible, with the reason.
  explicit UnitCgroup(const std::string& unit, Hierarchy hierarchy = Hierarchy::of_service_manager);
  UnitCgroup(const UnitCgroup&) = delete;
  UnitCgroup& operator=(const UnitCgroup&) = delete;
  /// The processes that were added must have ended, or have been moved away.
  ~UnitCgroup();

  void add(pid_t pid) const;
  /// Moves the process to the root of the hierarchy.
  void remove(pid_t pid) const;
  /// Removes the group, which must be empty by then.
  void dissolve() const;
  /// From the root of the hierarchy.
  std::string path() const { return "/" + slice_ + "/" + unit_; }
  /// "tcptable-test-123.slice", around the unit.
  const std::string& slice() const { return slice_; }

 private:
  std::filesystem::path root_;
  std::string slice_;
  std::string unit_;
};

}  // namespace tcptable::test
