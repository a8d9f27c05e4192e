// SPDX-License-Identifier: MIT
// One socket, named by its endpoints: look it up, read its counters, close it. The kernel is asked for this
// socket alone; no table is read.
#pragma once

#include <tcptable/error.hpp>
#include <tcptable/export.hpp>
#include <tcptable/socket_row.hpp>
#include <tcptable/tcp_info.hpp>

#include <cstdint>
#include <optional>

namespace tcptable {

/// Names one socket. A connection has both endpoints; a listener and an unconnected UDP socket have an
/// all-zero `remote`. ::ffff:a.b.c.d and a.b.c.d name the same endpoint.
struct SocketKey {
  Protocol protocol = Protocol::tcp;
  Endpoint local;
  Endpoint remote;
  /// The interface that the socket is bound to; 0: any, or none.
  std::uint32_t interface = 0;
  /// 0: whatever socket has these endpoints now. Else only the one with this cookie (SocketRow::cookie) will
  /// do.
  std::uint64_t cookie = 0;
};

/// The key that finds this very socket again, and no other.
TCPTABLE_API SocketKey key_of(const SocketRow& row);

struct SocketDetails {
  SocketRow row;
  /// Absent for UDP, and for what the kernel keeps of a connection before it is established (syn_recv) and
  /// after it is closed (time_wait).
  std::optional<TcpInfo> tcp_info;
  /// One of the TCP connections beneath a Multipath TCP connection (RFC 8684). Before Linux 6.18 the
  /// kernel tells it only to those who have CAP_NET_ADMIN in the network namespace.
  bool multipath_subflow = false;
};

/// The socket whose whole key this is, in the calling thread's network namespace. Works for every user. Of
/// several listeners or UDP sockets that share their endpoints (SO_REUSEPORT) the kernel picks one, unless
/// the cookie says which. Errors: Errc::not_found; not_supported where the kernel has no sock_diag for the
/// protocol; others as take_snapshot.
TCPTABLE_API Result<SocketRow> find_socket(const SocketKey& key);

/// The same, with what the kernel counts for it.
TCPTABLE_API Result<SocketDetails> inspect_socket(const SocketKey& key);

/// Closes one TCP connection: the peer gets a reset, the process that holds it gets ECONNABORTED, and keeps
/// its descriptor. Needs CAP_NET_ADMIN in the network namespace. It is never another socket that is closed:
/// the kernel is told the cookie of the socket that was found (without one it would take the listener on the
/// same port instead of a connection that has gone). Errors:
/// - not_found: no such connection, or it went, or another took its endpoints, before it could be closed;
/// - is_listener: the key names a listening socket, which is no connection;
/// - is_multipath: it is a subflow of a Multipath TCP connection, which would live on;
/// - not_permitted;
/// - not_supported: UDP; a kernel without CONFIG_INET_DIAG_DESTROY; TIME_WAIT on an old kernel (6.1 closes
///   it, 5.10 does not).
TCPTABLE_API Result<void> close_connection(const SocketKey& key);

/// Ends one listening socket: connections that wait to be accepted get a reset, the port is free, and the
/// process keeps a descriptor by which it accepts nothing any more. Rights as for a connection. Errors:
/// Errc::not_found where the key names no listener, not_permitted, not_supported.
TCPTABLE_API Result<void> close_listener(const SocketKey& key);

}  // namespace tcptable
