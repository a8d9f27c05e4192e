// SPDX-License-Identifier: MIT
// A connection whose endpoints another one takes, and what else must live beside it.
#pragma once

#include <fcntl.h>
#include <sys/socket.h>

#include <tcptable/connection.hpp>

#include <array>
#include <system_error>

#include "support/sockets.hpp"

namespace tcptable::test {

inline bool carries_data(const Connection& connection) {
  std::array<char, 1> byte{'x'};
  // Not by send, which a test may have taken the place of.
  return ::sendto(connection.client.get(), byte.data(), 1, MSG_NOSIGNAL, nullptr, 0) == 1 &&
         ::recv(connection.server.get(), byte.data(), 1, 0) == 1;
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
    now_ = {open_socket(Family::ipv4, SOCK_STREAM), Fd()};
    const int yes = 1;
    check(::setsockopt(now_.client.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes), "SO_REUSEADDR");
    try {
      bind_to(now_.client.get(), key_.remote);
      connect_to(now_.client.get(), key_.local);
    } catch (const std::system_error&) {
      return;
    }
    // On the loopback the handshake is over when connect returns.
    now_.server = Fd(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
  }

  bool lives() const { return carries_data(now_); }
  bool others_live() const {
    forget_unaccepted();
    return carries_data(bystander_) && carries_data(make_connection(listener_));
  }

 private:
  // What was closed while it waited, after connect() had failed, is still to be accepted.
  void forget_unaccepted() const {
    while (Fd(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK)).get() >= 0) {
    }
  }

  Fd listener_ = listen_on(loopback(Family::ipv4));
  Connection bystander_ = make_connection(listener_);
  Connection now_ = make_connection(listener_);
  SocketKey key_{Protocol::tcp, local_endpoint(listener_.get()), local_endpoint(now_.client.get())};
};

}  // namespace tcptable::test
