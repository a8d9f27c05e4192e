// SPDX-License-Identifier: MIT
// What a snapshot shall hold.
#pragma once

#include <tcptable/socket_filter.hpp>
#include <tcptable/socket_row.hpp>

#include <cstdint>
#include <initializer_list>

namespace tcptable {

/// A set of states; value semantics.
class StateSet {
 public:
  constexpr StateSet() = default;
  constexpr StateSet(std::initializer_list<State> states) {
    for (State state : states) bits_ |= bit(state);
  }

  /// Every state but State::bound, which no classic table lists.
  static constexpr StateSet all() {
    StateSet set;
    set.bits_ = kAllBits;
    return set;
  }

  constexpr bool contains(State state) const { return (bits_ & bit(state)) != 0; }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr StateSet with(State state) const {
    StateSet set = *this;
    set.bits_ |= bit(state);
    return set;
  }
  constexpr StateSet without(State state) const {
    StateSet set = *this;
    set.bits_ &= ~bit(state);
    return set;
  }
  /// The kernel's mask: bit n for state number n (TCPF_*, include/net/tcp_states.h).
  constexpr std::uint32_t mask() const { return bits_; }

  friend constexpr bool operator==(const StateSet&, const StateSet&) = default;

 private:
  static constexpr std::uint32_t kAllBits = 0xffe;
  static constexpr std::uint32_t bit(State state) { return 1U << static_cast<unsigned>(state); }

  std::uint32_t bits_ = 0;
};

/// Whose sockets.
enum class Namespaces : std::uint8_t {
  current,  ///< Those of the calling thread's network namespace.
  /// Those of every network namespace that a process, one of its threads, or a bind mount (as `ip netns`
  /// makes them) keeps, as far as the caller may see and enter them.
  all,
};

struct Query {
  bool tcp = true;
  bool udp = false;
  bool ipv4 = true;
  bool ipv6 = true;
  /// `all` needs CAP_SYS_ADMIN for other namespaces than the caller's, which never changes by it: they are
  /// entered by a thread of the call's own. Snapshot::network_namespace tells a row's.
  Namespaces namespaces = Namespaces::current;
  /// Which TCP states; UDP sockets are listed whatever their state.
  StateSet states = StateSet::all();
  /// Find the processes that hold each socket: by far the most expensive part.
  bool owners = true;
  /// With `owners`: list every process that holds a socket (Snapshot::holders). Without the wish its owner
  /// alone may be listed, the same that the whole list would begin with, which can be found sooner.
  bool holders = true;
  /// Fill SocketRow::minimum_age_ms (asks the kernel for 280 bytes more a row).
  bool ages = false;
  /// Give every row its cookie. Only the kernel's own dump makes cookies: without this wish a faster backend
  /// may answer, and a row's cookie is 0 where none has been made yet.
  bool cookies = true;
  /// Fill SocketRow::inode, uid, and the queue lengths. Without the wish they may be left out, which makes
  /// the fastest backend half as fast again.
  bool inodes = true;
  bool uids = true;
  bool queues = true;
  /// Find the control group of each socket: its unit, container or pod (Snapshot::cgroup).
  bool cgroups = false;
  /// Fill Snapshot::tcp_info: some 300 bytes more a row from the kernel, and as much memory.
  bool tcp_info = false;
  /// Fill Snapshot::memory: 40 bytes more a row from the kernel.
  bool memory = false;
  /// Only the sockets that match; all, where it is empty.
  SocketFilter filter;

  friend bool operator==(const Query&, const Query&) = default;
};

}  // namespace tcptable
