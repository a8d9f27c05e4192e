// SPDX-License-Identifier: MIT
#include "support/sockets.hpp"

#include <arpa/inet.h>

#include <cstring>
#include <stdexcept>

namespace tcptable::test {
namespace {

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = sizeof storage;

  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
  sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
};

SocketAddress to_socket_address(const Endpoint& where) {
  SocketAddress result;
  if (where.family == Family::ipv4) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(where.port);
    std::memcpy(&address.sin_addr, where.address.data(), sizeof address.sin_addr);
    std::memcpy(&result.storage, &address, sizeof address);
    result.size = sizeof address;
  } else {
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_port = htons(where.port);
    address.sin6_scope_id = where.scope_id;
    std::memcpy(&address.sin6_addr, where.address.data(), sizeof address.sin6_addr);
    std::memcpy(&result.storage, &address, sizeof address);
    result.size = sizeof address;
  }
  return result;
}

Endpoint to_endpoint(const SocketAddress& from) {
  Endpoint result;
  if (from.storage.ss_family == AF_INET) {
    sockaddr_in address{};
    std::memcpy(&address, &from.storage, sizeof address);
    std::memcpy(result.address.data(), &address.sin_addr, sizeof address.sin_addr);
    result.port = ntohs(address.sin_port);
  } else {
    sockaddr_in6 address{};
    std::memcpy(&address, &from.storage, sizeof address);
    std::memcpy(result.address.data(), &address.sin6_addr, sizeof address.sin6_addr);
    result.port = ntohs(address.sin6_port);
    result.scope_id = address.sin6_scope_id;
    result.family = Family::ipv6;
  }
  return result;
}

}  // namespace

Endpoint endpoint(const std::string& address, std::uint16_t port, std::uint32_t scope_id) {
  Endpoint result;
  result.family = address.find(':') == address.npos ? Family::ipv4 : Family::ipv6;
  result.port = port;
  result.scope_id = scope_id;
  const int family = result.family == Family::ipv4 ? AF_INET : AF_INET6;
  if (::inet_pton(family, address.c_str(), result.address.data()) != 1) throw std::invalid_argument(address);
  return result;
}

Endpoint loopback(Family family, std::uint16_t port) {
  return endpoint(family == Family::ipv4 ? "127.0.0.1" : "::1", port);
}

Endpoint nowhere(Family family) {
  return endpoint(family == Family::ipv4 ? "0.0.0.0" : "::");
}

Endpoint local_endpoint(int fd) {
  SocketAddress address;
  check(::getsockname(fd, address.get(), &address.size), "getsockname");
  return to_endpoint(address);
}

Endpoint remote_endpoint(int fd) {
  SocketAddress address;
  check(::getpeername(fd, address.get(), &address.size), "getpeername");
  return to_endpoint(address);
}

Fd open_socket(Family family, int type) {
  return Fd(check(::socket(family == Family::ipv4 ? AF_INET : AF_INET6, type | SOCK_CLOEXEC, 0), "socket"));
}

void bind_to(int fd, const Endpoint& where) {
  const SocketAddress address = to_socket_address(where);
  check(::bind(fd, address.get(), address.size), "bind");
}

void connect_to(int fd, const Endpoint& where) {
  const SocketAddress address = to_socket_address(where);
  check(::connect(fd, address.get(), address.size), "connect");
}

namespace {

Fd listen_with(int option, const Endpoint& where, int backlog) {
  Fd listener = open_socket(where.family, SOCK_STREAM);
  const int yes = 1;
  check(::setsockopt(listener.get(), SOL_SOCKET, option, &yes, sizeof yes), "setsockopt");
  bind_to(listener.get(), where);
  check(::listen(listener.get(), backlog), "listen");
  return listener;
}

}  // namespace

Fd listen_on(const Endpoint& where, int backlog) {
  return listen_with(SO_REUSEADDR, where, backlog);
}

Fd listen_beside_others(const Endpoint& where) {
  return listen_with(SO_REUSEPORT, where, 8);
}

namespace {

Connection connect_and_accept(Fd client, const Fd& listener) {
  connect_to(client.get(), local_endpoint(listener.get()));
  return {std::move(client), Fd(check(::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC), "accept4"))};
}

}  // namespace

Connection make_connection(const Fd& listener) {
  return connect_and_accept(open_socket(local_endpoint(listener.get()).family, SOCK_STREAM), listener);
}

Connection make_connection(const Fd& listener, const Endpoint& client) {
  Fd socket = open_socket(client.family, SOCK_STREAM);
  bind_to(socket.get(), client);
  return connect_and_accept(std::move(socket), listener);
}

}  // namespace tcptable::test
