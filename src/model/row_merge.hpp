// SPDX-License-Identifier: MIT
// A dump is no snapshot: under churn it may list a socket twice or skip one, and the kernel doesn't say so
// (its cursor is an ordinal within a hash chain). These functions make one table of what it gave.
#pragma once

#include <tcptable/socket_row.hpp>

#include <cstddef>
#include <vector>

namespace tcptable::model {

/// Keeps each socket once: the later row's content at the earlier row's place. A socket is told by its
/// cookie, or, where the backend has none, by protocol, endpoints, interface and inode. Linear.
/// `slots` is memory that it takes.
void drop_repeated(std::vector<SocketRow>& rows, std::vector<std::uint32_t>& slots);
void drop_repeated(std::vector<SocketRow>& rows);

struct MergedPasses {
  std::vector<SocketRow> rows;
  std::size_t added = 0;  ///< Of these, sockets that only the second pass saw.
};

/// The union of two passes, each socket once, with the second pass's content. A connection that only the
/// first pass saw is dropped where the second found another socket on the same endpoints: it is gone. `first`
/// has each socket once. Linear.
MergedPasses merge_passes(std::vector<SocketRow> first, const std::vector<SocketRow>& second);

}  // namespace tcptable::model
