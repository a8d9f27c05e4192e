// SPDX-License-Identifier: MIT
// liCreateTimestamp. The kernel keeps no creation time of a socket, so the answer is the earliest moment at
// which the socket is known to have existed: never before its creation, never in the future.
#pragma once

#include "win32/tables/table_request.hpp"

#include <tcptable/snapshot.hpp>

#include <cstdint>
#include <span>
#include <vector>

namespace tcptable::win32 {

/// FILETIME ticks: 100 ns since 1601-01-01 UTC.
using FileTime = std::int64_t;

/// One time for each of `positions`. Remembers, for this process, the earliest bound of each cookie of the
/// requested table, so a socket's answer never grows; forgets cookies that have left the table. Thread- and
/// fork-safe.
std::vector<FileTime> creation_times(const Snapshot& snapshot, const TableRequest& request,
                                     std::span<const std::uint32_t> positions);

}  // namespace tcptable::win32
