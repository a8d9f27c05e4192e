// SPDX-License-Identifier: MIT
// Reads one process's directory in /proc, and no other.
#pragma once

#include "sys/kernel.hpp"

#include <tcptable/process.hpp>

#include <string>

namespace tcptable::owner {

/// As the public functions of these names.
Result<ProcessDescription> describe_process(sys::Kernel& kernel, std::int32_t pid);
Result<CgroupNames> cgroup_names_of(sys::Kernel& kernel, const Process& process);
Result<std::string> command_line_of(sys::Kernel& kernel, const Process& process);
Result<std::uint32_t> effective_uid_of(sys::Kernel& kernel, const Process& process);
Result<std::vector<SocketDescriptor>> socket_descriptors_of(sys::Kernel& kernel, const Process& process);
Result<bool> has_local_address(sys::Kernel& kernel, const Process& process, const Endpoint& endpoint);

/// The path that cgroup_names_of reads the names from.
Result<std::string> cgroup_path_of(sys::Kernel& kernel, const Process& process);

}  // namespace tcptable::owner
