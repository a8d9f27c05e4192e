// SPDX-License-Identifier: MIT
// OwningModuleInfo[0]: from a table's row to its module, without a search. On Windows it is the tag of the
// service that owns the socket, and 0 for every other program.
#pragma once

#include <windef.h>

#include <tcptable/process.hpp>
#include <tcptable/snapshot.hpp>

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

namespace tcptable::win32 {

/// A program that no service runs: its executable is its module.
inline constexpr ULONGLONG kNoTag = 0;
/// No process has a descriptor for the socket, the kernel has it. The number of Windows' System process.
inline constexpr ULONGLONG kSystemTag = 4;

/// Of a service's process, and of no other: a hash of pid, start time and the service's name. So whoever has
/// a row reads the process's cgroup again, and knows by the tag whether it is still the process and the
/// service that the row was about. Never one of the two above.
ULONGLONG service_tag(const Process& process, std::string_view service) noexcept;

using ReadNames = std::function<Result<CgroupNames>(const Process&)>;

/// One tag for each of `positions`. Reads the cgroup of each process that owns at least one row, once. A
/// process that has gone, or is hidden, has no tag.
Result<std::vector<ULONGLONG>> module_tags(const Snapshot& snapshot, std::span<const std::uint32_t> positions,
                                           const ReadNames& read_names = cgroup_names_of);

}  // namespace tcptable::win32
