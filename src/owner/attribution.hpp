// SPDX-License-Identifier: MIT
// From "this process has this inode" to "this row belongs to these processes". Pure.
#pragma once

#include "owner/fd_walk.hpp"

#include <tcptable/snapshot.hpp>

#include <vector>

namespace tcptable::owner {

/// The part of a snapshot that attribution reads and fills.
struct OwnedRows {
  std::vector<SocketRow>& rows;
  std::vector<Process>& processes;
  std::vector<std::uint32_t>& holders;
};

/// The inodes of the rows that have no holder yet, each once.
InodeIndex index_inodes(const std::vector<SocketRow>& rows);

/// Gives each row whose inode is among `inodes` the processes that hold it, the owner first: the oldest, and
/// not the service manager where another holds it too. Appends to processes and holders. Linear in rows and
/// holdings.
void assign_holders(const OwnedRows& owned, const InodeIndex& inodes, FdWalk walk);

/// Gives each connection that waits to be accepted the holders of its listener, which must be among the rows.
/// Where several processes listen there with sockets of their own (SO_REUSEPORT), it is
/// OwnerStatus::ambiguous.
void assign_unaccepted(const OwnedRows& owned);

}  // namespace tcptable::owner
