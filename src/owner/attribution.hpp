// SPDX-License-Identifier: MIT
// From "this process has this socket" to "this row belongs to these processes". Pure.
#pragma once

#include "owner/fd_walk.hpp"

#include <tcptable/snapshot.hpp>

#include <functional>
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
  /// One for each row, or empty where all are in one network namespace.
  std::span<const std::uint32_t> namespace_of_row = {};
};

/// Rows read once more.
struct RereadTable {
  std::vector<SocketRow> rows;
  std::vector<RowKey> row_keys;
};
using RereadRows = std::function<Result<RereadTable>()>;

/// systemd holds the sockets of socket-activated services beside the service itself.
bool is_service_manager(const Process& process);

/// What a walk tells the row's socket by; 0 where no process can hold it.
std::uint64_t key_of_row(const std::vector<SocketRow>& rows, const std::vector<RowKey>& row_keys,
                         Identity identity, std::size_t row);

/// The row is a process's socket, and no holder was found.
bool lacks_holder(const SocketRow& row);

/// The sockets of the rows that have no holder yet, each once.
WantedSockets wanted_sockets(const OwnedRows& owned, Identity identity);

/// Gives each row whose socket is wanted the processes that hold it, the owner first: the oldest, and
/// not the service manager where another holds it too. Appends to processes and holders. Linear in rows and
/// holdings.
void assign_holders(const OwnedRows& owned, const WantedSockets& wanted, FdWalk walk);

/// Marks as exited each row without holder that is not among `now`.
void mark_absent_exited(const OwnedRows& owned, const RereadTable& now);

/// Gives each connection that waits to be accepted the holders of its listener, which must be among the rows.
/// Where several processes listen there with sockets of their own (SO_REUSEPORT), it is
/// OwnerStatus::ambiguous.
void assign_unaccepted(const OwnedRows& owned);

}  // namespace tcptable::owner
