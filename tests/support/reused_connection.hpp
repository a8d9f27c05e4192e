// SPDX-License-Identifier: MIT
// A connection whose endpoints another one takes, and what else must live beside it.
#pragma once

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>

#include <tcptable/connection.hpp>

#include <array>
#include <iterator>
#include <system_error>
#include <utility>

#include "support/sockets.hpp"

namespace tcptable::test {

// On a busy machine even the loopback delivers later.
constexpr int kLongestDelivery = 5000;  // milliseconds

inline bool carries_data(const Connection& connection) {
  std::array<char, 1> byte{'x'};
  pollfd server{connection.server.get(), POLLIN, 0};
  // Not by send, which a test may have taken the place of.
  return ::sendto(connection.client.get(), byte.data(), 1, MSG_NOSIGNAL, nullptr, 0) == 1 &&
         ::poll(&server, 1, kLongestDelivery) == 1 && ::recv(server.fd, byte.data(), 1, 0) == 1;
}

/// Ends it by a reset, so that its endpoints are free at once.
inline void reset_connection(Fd& fd) {
  if (fd.get() < 0) return;
  const linger now{1, 0};
  check(::setsockopt(fd.get(), SOL_SOCKET, SO_LINGER, &now, sizeof now), "SO_LINGER");
  fd.reset();
}

class ReusedConnection {
 public:
  ReusedConnection() { check(::fcntl(listener_.get(), F_SETFL, O_NONBLOCK), "O_NONBLOCK"); }

  /// As the server sees it.
  const SocketKey& key() const { return key_; }

  void end() {
    reset_connection(now_.client);
    reset_connection(now_.server);
  }

  /// A new connection on the very same endpoints; none where somebody closes it before it is accepted.
  void take_again() {
    end();
    forget_unaccepted();
    Fd client = open_socket(Family::ipv4, SOCK_STREAM);
    const int yes = 1;
    check(::setsockopt(client.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes), "SO_REUSEADDR");
    bind_to(client.get(), key_.remote);
    now_ = connect(std::move(client));
  }

  bool lives() const { return carries_data(now_); }
  bool others_live() const {
    forget_unaccepted();
    return carries_data(bystander_) && carries_data(connect(open_socket(Family::ipv4, SOCK_STREAM)));
  }

 private:
  Fd accept() const { return Fd(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK)); }

  // Without a server's end where somebody closes it before it is accepted.
  Connection connect(Fd client) const {
    try {
      connect_to(client.get(), key_.local);
    } catch (const std::system_error&) {
      return {std::move(client), Fd()};
    }
    pollfd ends[] = {{listener_.get(), POLLIN, 0}, {client.get(), 0, 0}};  // of the client's, its end alone
    check(::poll(ends, std::size(ends), kLongestDelivery), "poll");
    return {std::move(client), accept()};
  }

  // What was closed while it waited, after connect() had failed, is still to be accepted.
  void forget_unaccepted() const {
    while (accept().get() >= 0) {
    }
  }

  Fd listener_ = listen_on(loopback(Family::ipv4));
  Connection bystander_ = make_connection(listener_);
  Connection now_ = make_connection(listener_);
  SocketKey key_{Protocol::tcp, local_endpoint(listener_.get()), local_endpoint(now_.client.get())};
};

}  // namespace tcptable::test
