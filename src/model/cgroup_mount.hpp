// SPDX-License-Identifier: MIT
// Where cgroup v2 is mounted, by the text of /proc/PID/mountinfo (man 5 proc). Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tcptable::model {

struct CgroupMount {
  std::string root;   ///< The group that is mounted, as the reader's cgroup namespace names it.
  std::string point;  ///< Where.
};

/// The mount that shows most of the cgroup v2 hierarchy: the first whose root is "/", else the first;
/// nullopt where there is none. Lines that break the format are left out.
std::optional<CgroupMount> find_cgroup2_mount(std::string_view mountinfo);

}  // namespace tcptable::model
