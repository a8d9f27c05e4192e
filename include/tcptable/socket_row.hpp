// SPDX-License-Identifier: MIT
// One socket of the table.
#pragma once

#include <tcptable/endpoint.hpp>
#include <tcptable/owner.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace tcptable {

enum class Protocol : std::uint8_t { tcp, udp };

/// Numbered as the kernel numbers them (include/net/tcp_states.h). A request socket is syn_recv.
/// A UDP socket is established when it is connected, else close.
enum class State : std::uint8_t {
  established = 1,
  syn_sent = 2,
  syn_recv = 3,
  fin_wait1 = 4,
  fin_wait2 = 5,
  time_wait = 6,
  close = 7,
  close_wait = 8,
  last_ack = 9,
  listen = 10,
  closing = 11,
  bound = 13,  ///< TCP: bound, neither listening nor connected (kernels from 6.8 report it on request).
};

/// "established", "listen", ...: the enumerator's name.
TCPTABLE_API std::string_view to_string(State state);
TCPTABLE_API std::string_view to_string(Protocol protocol);

/// Whether an IPv6 listener or unconnected socket serves IPv6 alone (IPV6_V6ONLY), or IPv4, too.
enum class Ipv6Only : std::uint8_t {
  unknown,  ///< A connection, an IPv4 socket, or a backend that doesn't tell: only sock_diag does.
  no,
  yes,
};

struct SocketRow {
  Endpoint local;
  /// All zero for a listener and an unconnected UDP socket.
  Endpoint remote;
  /// The kernel's 64-bit identity of the socket, never reused while it runs. 0: the backend has none
  /// (procfs), or none has been made (Query::cookies).
  std::uint64_t cookie = 0;
  /// sockfs inode; 0 where no process has, or had, a descriptor. A wrapping counter: no identity.
  std::uint32_t inode = 0;
  /// The creator's effective user id in the caller's user namespace; absent where the kernel no longer knows
  /// it.
  std::optional<std::uint32_t> uid;
  /// Bytes received and not yet read; for a listener the connections that wait to be accepted.
  std::uint32_t receive_queue = 0;
  /// Bytes sent and not yet acknowledged; for a listener the limit of its accept queue.
  std::uint32_t send_queue = 0;
  /// The interface that the socket is bound to, 0 for any.
  std::uint32_t interface = 0;
  /// The socket is at least as old as this, in milliseconds (the longest age in its TCP_INFO). 0: nothing
  /// known.
  std::uint32_t minimum_age_ms = 0;
  Protocol protocol = Protocol::tcp;
  State state = State::close;
  OwnerStatus owner_status = OwnerStatus::not_requested;
  Ipv6Only ipv6_only = Ipv6Only::unknown;
  /// Position of its holders in the snapshot; read them by Snapshot::holders.
  std::uint32_t first_holder = 0;
  std::uint32_t holder_count = 0;
};

}  // namespace tcptable
