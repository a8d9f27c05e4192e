// SPDX-License-Identifier: MIT
// Who owns one socket, as a proxy or a firewall asks for each new connection: no table is read.
#pragma once

#include <tcptable/connection.hpp>
#include <tcptable/error.hpp>
#include <tcptable/export.hpp>
#include <tcptable/owner.hpp>
#include <tcptable/socket_row.hpp>

#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace tcptable {

struct SocketOwner {
  /// The socket; its owner_status says why it has no owner. Its holders are not listed.
  SocketRow row;
  std::optional<Process> owner;
};

/// Finds owners one by one, and remembers where it has seen which socket, to look there first. What it
/// remembers is never believed: the process named has the socket open at the moment of the answer, seen in
/// its own descriptors.
///
/// Of several holders the owner is the oldest in an unbroken line of parents that share the descriptor by
/// fork, and never the service manager where another holds the socket too. A holder that got it in another
/// way (over a Unix socket, or under another number) is not looked for once one is found; Snapshot::owner
/// looks at all. A connection that waits to be accepted belongs to its listener's owner,
/// OwnerStatus::ambiguous where several listen there.
///
/// Out of memory it throws std::bad_alloc, and may be used again. Not safe to use from several threads at
/// once; works in the calling thread's network namespace. Keeps one descriptor open, and about 50 bytes for
/// each socket that it has seen in a process.
class TCPTABLE_API OwnerFinder {
 public:
  OwnerFinder();
  OwnerFinder(OwnerFinder&&) noexcept;
  OwnerFinder& operator=(OwnerFinder&&) noexcept;
  ~OwnerFinder();

  /// The owner of the socket that serves the key: the connection with these endpoints; or, where the key has
  /// no remote endpoint, and for UDP in any case, also a socket that is bound to the local port with the
  /// wildcard address, or has no peer. So a key may come from a packet. Errors: as find_socket, of which
  /// Errc::not_found is as quick as an answer; and those of reading /proc.
  Result<SocketOwner> owner_of(const SocketKey& key);

  /// The same for many keys: sockets that were never seen before are looked for together.
  std::vector<Result<SocketOwner>> owners_of(std::span<const SocketKey> keys);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// The same for once, with nothing remembered.
TCPTABLE_API Result<SocketOwner> owner_of(const SocketKey& key);

}  // namespace tcptable
