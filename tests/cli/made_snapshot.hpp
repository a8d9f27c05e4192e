// SPDX-License-Identifier: MIT
// Snapshots made by hand, so that output can be compared letter by letter.
#pragma once

#include <tcptable/snapshot.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace tcptable::test {

/// A user id that no directory knows.
inline constexpr std::uint32_t kNobodysId = 4'000'000'001;

class MadeSnapshot {
 public:
  MadeSnapshot();

  /// Adds a row of root's; its holders, the owner first, get pids from 100 on in the order of their first
  /// use.
  SocketRow& add(SocketRow row, const std::vector<std::string>& holders);
  SocketRow& add_ownerless(SocketRow row, OwnerStatus status);
  Completeness& completeness() { return parts_.completeness; }

  Snapshot snapshot() const { return Snapshot(parts_); }

 private:
  std::uint32_t process_named(const std::string& name);

  Snapshot::Parts parts_;
};

SocketRow listener(const std::string& address, std::uint16_t port);
SocketRow connection(const Endpoint& local, const Endpoint& remote, State state = State::established);
SocketRow datagram_socket(const std::string& address, std::uint16_t port);

/// A bit of everything that the outputs tell apart, hostile names among it.
MadeSnapshot varied_snapshot();

std::vector<const SocketRow*> all_rows(const Snapshot& snapshot);

}  // namespace tcptable::test
