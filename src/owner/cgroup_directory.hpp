// SPDX-License-Identifier: MIT
// From cgroup v2 ids, as the kernel gives them for sockets, to paths: the id is the inode number of the
// group's directory (cgroup_id, include/linux/cgroup.h).
#pragma once

#include "sys/kernel.hpp"

#include <tcptable/error.hpp>

#include <cstdint>
#include <string>
#include <unordered_map>

namespace tcptable::owner {

/// Ids and their paths, as the caller's cgroup namespace names them.
using CgroupPaths = std::unordered_map<std::uint64_t, std::string>;

/// Fills the path of each id that the mounted hierarchy has: one walk, which stops when all are found. One
/// that isn't there keeps an empty path. Errors: for lack of descriptors or memory, not for groups that come
/// and go or may not be read.
Result<void> find_cgroup_paths(sys::Kernel& kernel, CgroupPaths& paths);

}  // namespace tcptable::owner
