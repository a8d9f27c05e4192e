// SPDX-License-Identifier: MIT
// The text of /proc/PID/cgroup (man 7 cgroups). Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tcptable::model {

/// The path that names a process best, of the several that it has where cgroup v1 hierarchies are mounted:
/// systemd's own hierarchy, then cgroup v2, then any other, the first of them that isn't the root. "/" where
/// all are; nullopt when the text breaks the format.
///
/// systemd's comes before v2's because container engines that know v1 leave their containers' v2 path where
/// the engine's own is.
std::optional<std::string> cgroup_path_of_process(std::string_view text);

/// Whether processes are in a hierarchy of systemd's own (cgroup v1) beside cgroup v2's.
bool has_systemd_hierarchy(std::string_view text);

}  // namespace tcptable::model
