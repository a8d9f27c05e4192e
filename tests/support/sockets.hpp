// SPDX-License-Identifier: MIT
// Loopback sockets with their endpoints in the library's words.
#pragma once

#include <netinet/in.h>
#include <sys/socket.h>

#include <tcptable/endpoint.hpp>

#include <cstdint>
#include <string>

#include "support/fd.hpp"

namespace tcptable::test {

/// "127.0.0.1", "::1", "::ffff:127.0.0.1", ... with a port in host byte order.
Endpoint endpoint(const std::string& address, std::uint16_t port = 0, std::uint32_t scope_id = 0);

/// 127.0.0.1 or ::1.
Endpoint loopback(Family family, std::uint16_t port = 0);

/// All zero: what a row without a peer has.
Endpoint nowhere(Family family);

Endpoint local_endpoint(int fd);
Endpoint remote_endpoint(int fd);

/// `type` is SOCK_STREAM or SOCK_DGRAM, and may have SOCK_NONBLOCK.
Fd open_socket(Family family, int type);
void bind_to(int fd, const Endpoint& where);
void connect_to(int fd, const Endpoint& where);

/// A TCP listener; port 0 takes any.
Fd listen_on(const Endpoint& where, int backlog = 8);
/// One that lets others of its kind listen on the same port (SO_REUSEPORT).
Fd listen_beside_others(const Endpoint& where);

/// Both ends of a TCP connection.
struct Connection {
  Fd client;
  Fd server;
};

Connection make_connection(const Fd& listener);
/// From that endpoint.
Connection make_connection(const Fd& listener, const Endpoint& client);

}  // namespace tcptable::test
