// SPDX-License-Identifier: MIT
// What only somebody knows who has been there for a while: whose a connection was that is over, and since
// when a socket has existed.
#pragma once

#include <tcptable/events.hpp>
#include <tcptable/export.hpp>
#include <tcptable/snapshot.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace tcptable {

struct RememberedSocket {
  /// As it was seen last; its holders are not listed.
  SocketRow row;
  /// Who owned it when an owner was last known, or the process that connected, listened or accepted.
  std::optional<Process> last_owner;
  /// CLOCK_MONOTONIC: since when it has certainly existed (a snapshot taken with Query::ages counts its age
  /// in).
  std::chrono::steady_clock::time_point known_since;
  /// When it was established, accepted, or began to listen; absent where no event told.
  std::optional<std::chrono::system_clock::time_point> opened_at;
  /// It is over: an event said so, or it was missing in a later snapshot.
  bool ended = false;
};

/// Remembers sockets by their cookie, which outlives the connection in TIME_WAIT, as long as it was made
/// while the socket was whole: by a snapshot with Query::cookies, or by BPF events. About 300 bytes a socket.
/// Out of memory it throws std::bad_alloc. Not safe to use from several threads at once.
class TCPTABLE_API SocketHistory {
 public:
  /// Of sockets that have ended the youngest `most_ended` are kept.
  explicit SocketHistory(std::size_t most_ended = 65536);
  SocketHistory(SocketHistory&&) noexcept;
  SocketHistory& operator=(SocketHistory&&) noexcept;
  ~SocketHistory();

  /// Takes in what the snapshot says. Returns the cookies of the sockets that were known and are missing in
  /// it, which the kernel's dump can cause for one that lives: see find_socket. All snapshots that one
  /// history learns from must have been taken with the same query.
  std::vector<std::uint64_t> learn(const Snapshot& snapshot);
  void learn(const Event& event);

  /// nullptr: never seen, or forgotten. Valid until something is learnt.
  const RememberedSocket* find(std::uint64_t cookie) const;
  std::size_t size() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace tcptable
