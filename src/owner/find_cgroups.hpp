// SPDX-License-Identifier: MIT
// The control group of each row's socket: by the kernel's id of it, or by the process that owns it.
#pragma once

#include "sys/kernel.hpp"

#include <tcptable/snapshot.hpp>

namespace tcptable::owner {

/// Fills cgroups, cgroup_of_row and completeness.cgroups, from details.cgroup_id_of_row and, as far as they
/// are known, the owners.
Result<void> find_cgroups(sys::Kernel& kernel, Snapshot::Parts& parts);

}  // namespace tcptable::owner
