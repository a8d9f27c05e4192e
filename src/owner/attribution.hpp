// SPDX-License-Identifier: MIT
// From "this process has this socket" to "this row belongs to these processes". Pure.
#pragma once

#include "owner/fd_walk.hpp"
#include "sys/function_ref.hpp"

#include <tcptable/snapshot.hpp>

#include <span>
#include <vector>

namespace tcptable::owner {

/// What tells a row's socket from every other.
enum class Identity : std::uint8_t {
  inode,   ///< A counter of 32 bits that wraps, but all that /proc/PID/fd and the procfs backend have.
  cookie,  ///< Of rows by sock_diag.
  sock,    ///< Of rows by BPF: RowKey.
};

/// The part of a snapshot that attribution reads and fills.
struct OwnedRows {
  std::vector<SocketRow>& rows;
  std::vector<Process>& processes;
  std::vector<std::uint32_t>& holders;
  Identity told_by = Identity::inode;  ///< The best identity that the rows have.
  std::vector<RowKey>& row_keys;       ///< One for each row with Identity::sock, else empty.
  /// Positions of the rows whose status may still be not_requested: soon a few of many.
  std::vector<std::uint32_t>& open;
  /// One for each row, or empty where all are in one network namespace.
  std::span<const std::uint32_t> namespace_of_row = {};
  bool owners_alone = false;  ///< Each row's owner is wanted, its other holders needn't be listed.
};

/// Rows read once more.
struct RereadTable {
  std::vector<SocketRow> rows;
  std::vector<RowKey> row_keys;
};
using RereadRows = sys::FunctionRef<Result<RereadTable>()>;

/// Notes which rows are open: those without status.
void list_open(const OwnedRows& owned);

/// What a walk tells the row's socket by; 0 where no process can hold it.
std::uint64_t key_of_row(const std::vector<SocketRow>& rows, const std::vector<RowKey>& row_keys,
                         Identity identity, std::size_t row);

/// The row is a process's socket, and no holder was found.
bool lacks_holder(const SocketRow& row);

/// Some open row is a process's socket, and no holder was found.
bool any_lacks_holder(const OwnedRows& owned);

/// The sockets of the open rows, each once. Whoever does this again and again gives the same `wanted`.
void list_wanted(const OwnedRows& owned, Identity identity, unsigned workers, WantedSockets& wanted);

/// What joining takes; for the next time, too.
struct JoinMemory {
  std::vector<std::uint32_t> first;  ///< A process that holds the socket of each number.
  std::vector<Holding> further;      ///< Others that hold it, sorted by socket.
  std::vector<std::uint32_t> candidates;
};

/// Gives each open row whose socket is wanted the processes that hold it, the owner first: the oldest, and
/// not the service manager where another holds it too. Appends to processes and holders, and takes the
/// processes of `walk`. Linear in rows and holdings but for sockets with several holders, which are sorted.
void assign_holders(const OwnedRows& owned, const WantedSockets& wanted, FdWalk& walk, JoinMemory& memory);

/// Marks as exited each row without holder that is not among `now`.
void mark_absent_exited(const OwnedRows& owned, const RereadTable& now);

/// Gives each connection that waits to be accepted the holders of its listener, which must be among the rows.
/// Where several processes listen there with sockets of their own (SO_REUSEPORT), it is
/// OwnerStatus::ambiguous.
void assign_unaccepted(const OwnedRows& owned);

}  // namespace tcptable::owner
