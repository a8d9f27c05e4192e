// SPDX-License-Identifier: MIT
// The table again and again, as a program that watches it does: what one snapshot took serves the next.
#pragma once

#include <tcptable/error.hpp>
#include <tcptable/export.hpp>
#include <tcptable/query.hpp>
#include <tcptable/snapshot.hpp>

#include <cstdint>
#include <memory>
#include <span>

namespace tcptable {

/// A socket that both of two snapshots have.
struct RowChange {
  std::uint32_t before;  ///< Its position in Changes::before.
  std::uint32_t now;     ///< Its position in Changes::now.
};

/// How two snapshots differ. Valid as long as what Session::snapshot returns.
struct Changes {
  const Snapshot& before;
  const Snapshot& now;
  std::span<const std::uint32_t> added;    ///< Positions in now.rows().
  std::span<const std::uint32_t> removed;  ///< Positions in before.rows().
  /// Sockets whose state, endpoints, interface, user, inode, owner status or holders are others. Queues and
  /// ages always move, and make no change.
  std::span<const RowChange> changed;
};

/// Takes one table after another in the same memory, and by the same BPF programs, which are loaded once a
/// process. When the table doesn't grow, a snapshot allocates nothing, apart from tables with connections
/// that wait to be accepted and where owners are found by /proc.
///
/// Threads: one at a time may use a session, several may use one each. Fork: the child has a session of its
/// own, which loads the programs anew when it is next used; until then, and afterwards, the parent's isn't
/// disturbed. Privileges: once a snapshot came from BPF (Snapshot::backend_name, owner_source), the process
/// may drop all capabilities and go on. Each snapshot is of the network namespace in which the calling thread
/// is.
class TCPTABLE_API Session {
 public:
  /// Errors: invalid_argument, no_memory. The table isn't looked at yet.
  static Result<Session> open(const Query& query);

  Session(Session&&) noexcept;
  Session& operator=(Session&&) noexcept;
  ~Session();

  /// What is asked for from now on. The next changes() compares with nothing.
  Result<void> set_query(const Query& query);

  /// The table now; not nullptr. Valid until this session is next asked for anything. Errors: as
  /// take_snapshot; then what was asked last is lost.
  Result<const Snapshot*> snapshot();

  /// Finds the owners of the last snapshot, one that was taken without. Errors: as Snapshot::find_owners, and
  /// not_found where there is no snapshot.
  Result<const Snapshot*> find_owners();

  /// Takes the table, and says how it differs from the last one that snapshot() or changes() took; at first
  /// all rows are added. Keeps two tables in memory. A socket is the same one by its cookie. With
  /// Query::cookies false, or by the procfs backend, it is by its inode and endpoints, which needs
  /// Query::inodes: then ports that are used anew are told apart too, but a connection is removed and added
  /// when it is accepted or its process closes it. Errors: as take_snapshot; the next call then compares with
  /// the same table again.
  Result<Changes> changes();

 private:
  struct State;
  explicit Session(std::unique_ptr<State> state);

  std::unique_ptr<State> state_;
};

}  // namespace tcptable
