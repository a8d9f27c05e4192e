// SPDX-License-Identifier: MIT
#include "support/socket_states.hpp"

#include <netinet/tcp.h>
#include <poll.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>

namespace tcptable::test {
namespace {

void await_state(int fd, State wanted) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (state_of(fd) != wanted) {
    if (std::chrono::steady_clock::now() > deadline) {
      throw std::runtime_error("no socket in state " + std::string(to_string(wanted)));
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

// Small buffers fill fast; the receiver's must be set before the connection is made.
void set_buffer(int fd, int name) {
  const int size = 4096;
  check(::setsockopt(fd, SOL_SOCKET, name, &size, sizeof size), "SO_RCVBUF or SO_SNDBUF");
}

void finish_sending(int fd) {
  check(::shutdown(fd, SHUT_WR), "shutdown");
}

Connection small_connection(Family family) {
  const Fd listener = listen_on(loopback(family));
  set_buffer(listener.get(), SO_RCVBUF);
  Connection connection = make_connection(listener);
  set_buffer(connection.client.get(), SO_SNDBUF);
  return connection;
}

HeldState held(State state, Fd socket, Fd peer) {
  await_state(socket.get(), state);
  HeldState result{state, local_endpoint(socket.get()), remote_endpoint(socket.get()), socket.get(), {}};
  result.sockets.push_back(std::move(socket));
  result.sockets.push_back(std::move(peer));
  return result;
}

HeldState hold_listen(Family family) {
  Fd listener = listen_on(loopback(family));
  HeldState result{State::listen, local_endpoint(listener.get()), nowhere(family), listener.get(), {}};
  result.sockets.push_back(std::move(listener));
  return result;
}

// A listener whose accept queue is full drops every further SYN.
HeldState hold_syn_sent(Family family) {
  Fd listener = listen_on(loopback(family), 0);
  const Endpoint where = local_endpoint(listener.get());
  Fd filler = open_socket(family, SOCK_STREAM);
  connect_to(filler.get(), where);
  Fd socket = open_socket(family, SOCK_STREAM | SOCK_NONBLOCK);
  try {
    connect_to(socket.get(), where);
  } catch (const std::system_error& failure) {
    if (failure.code().value() != EINPROGRESS) throw;
  }
  await_state(socket.get(), State::syn_sent);
  HeldState result{State::syn_sent, local_endpoint(socket.get()), where, socket.get(), {}};
  result.sockets.push_back(std::move(socket));
  result.sockets.push_back(std::move(filler));
  result.sockets.push_back(std::move(listener));
  return result;
}

// TCP_DEFER_ACCEPT drops the handshake's last ACK until data comes: the request stays a request.
HeldState hold_syn_recv(Family family) {
  Fd listener = listen_on(loopback(family));
  const int seconds = 60;
  check(::setsockopt(listener.get(), IPPROTO_TCP, TCP_DEFER_ACCEPT, &seconds, sizeof seconds),
        "TCP_DEFER_ACCEPT");
  Fd client = open_socket(family, SOCK_STREAM);
  connect_to(client.get(), local_endpoint(listener.get()));
  HeldState result{State::syn_recv, local_endpoint(listener.get()), local_endpoint(client.get()), -1, {}};
  result.sockets.push_back(std::move(client));
  result.sockets.push_back(std::move(listener));
  return result;
}

// The FIN waits behind data that the peer has no room for.
HeldState hold_fin_wait1(Family family) {
  Connection connection = small_connection(family);
  fill_send_queue(connection.client.get());
  finish_sending(connection.client.get());
  return held(State::fin_wait1, std::move(connection.client), std::move(connection.server));
}

HeldState hold_fin_wait2(Family family) {
  Connection connection = small_connection(family);
  finish_sending(connection.client.get());
  return held(State::fin_wait2, std::move(connection.client), std::move(connection.server));
}

HeldState hold_close_wait(Family family) {
  Connection connection = small_connection(family);
  finish_sending(connection.client.get());
  return held(State::close_wait, std::move(connection.server), std::move(connection.client));
}

// Our FIN waits behind data, and the peer's arrives.
HeldState hold_closing(Family family) {
  Connection connection = small_connection(family);
  fill_send_queue(connection.client.get());
  finish_sending(connection.client.get());
  finish_sending(connection.server.get());
  return held(State::closing, std::move(connection.client), std::move(connection.server));
}

// The peer's FIN has arrived, and ours waits behind data.
HeldState hold_last_ack(Family family) {
  Connection connection = small_connection(family);
  finish_sending(connection.server.get());
  await_state(connection.client.get(), State::close_wait);
  fill_send_queue(connection.client.get());
  finish_sending(connection.client.get());
  return held(State::last_ack, std::move(connection.client), std::move(connection.server));
}

HeldState hold_time_wait(Family family) {
  Connection connection = small_connection(family);
  HeldState result{State::time_wait,
                   local_endpoint(connection.client.get()),
                   remote_endpoint(connection.client.get()),
                   -1,
                   {}};
  finish_sending(connection.client.get());
  await_state(connection.server.get(), State::close_wait);
  finish_sending(connection.server.get());
  await_state(connection.server.get(), State::close);  // its FIN is acknowledged: the client's end has it
  return result;
}

HeldState hold_established(Family family) {
  Connection connection = small_connection(family);
  return held(State::established, std::move(connection.client), std::move(connection.server));
}

}  // namespace

void close_until_fin_wait2(Fd& end) {
  finish_sending(end.get());
  await_state(end.get(), State::fin_wait2);
  end.reset();
}

State state_of(int fd) {
  tcp_info info{};
  socklen_t size = sizeof info;
  check(::getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &size), "TCP_INFO");
  return static_cast<State>(info.tcpi_state);
}

void fill_send_queue(int fd) {
  constexpr int kSettleMs = 20;
  const std::array<char, 4096> data{};
  pollfd writable{fd, POLLOUT, 0};
  do {
    while (::send(fd, data.data(), data.size(), MSG_DONTWAIT | MSG_NOSIGNAL) > 0) {
    }
  } while (check(::poll(&writable, 1, kSettleMs), "poll") > 0);
}

HeldState hold_state(State state, Family family) {
  switch (state) {
    case State::listen:
      return hold_listen(family);
    case State::syn_sent:
      return hold_syn_sent(family);
    case State::syn_recv:
      return hold_syn_recv(family);
    case State::established:
      return hold_established(family);
    case State::fin_wait1:
      return hold_fin_wait1(family);
    case State::fin_wait2:
      return hold_fin_wait2(family);
    case State::time_wait:
      return hold_time_wait(family);
    case State::close_wait:
      return hold_close_wait(family);
    case State::last_ack:
      return hold_last_ack(family);
    case State::closing:
      return hold_closing(family);
    case State::close:
    case State::bound:
      break;
  }
  throw std::invalid_argument("no table lists this state");
}

std::vector<HeldState> hold_every_state() {
  std::vector<HeldState> held;
  for (const Family family : {Family::ipv4, Family::ipv6}) {
    for (const State state : kHoldableStates) held.push_back(hold_state(state, family));
  }
  return held;
}

}  // namespace tcptable::test
