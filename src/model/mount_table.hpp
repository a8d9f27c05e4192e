// SPDX-License-Identifier: MIT
// What is mounted where, by the text of /proc/PID/mountinfo (man 5 proc). Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tcptable::model {

struct CgroupMount {
  std::string root;   ///< The group that is mounted, as the reader's cgroup namespace names it.
  std::string point;  ///< Where.
};

/// The mount that shows most of the cgroup v2 hierarchy: the first whose root is "/", else the first;
/// nullopt where there is none. Lines that break the format are left out.
std::optional<CgroupMount> find_cgroup2_mount(std::string_view mountinfo);

/// A network namespace that a bind mount keeps.
struct NamespaceMount {
  std::uint64_t inode;
  std::string point;

  /// As `ip netns` names it; empty for a mount in another place.
  std::string_view name() const;
};

std::vector<NamespaceMount> find_namespace_mounts(std::string_view mountinfo);

/// The inode in "net:[123]", which is what a link to a network namespace leads to, and the root of its mount.
std::optional<std::uint64_t> parse_namespace_link(std::string_view target);

}  // namespace tcptable::model
