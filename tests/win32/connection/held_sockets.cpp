// SPDX-License-Identifier: MIT
#include "win32/connection/held_sockets.hpp"

#include <arpa/inet.h>
#include <linux/filter.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <stdexcept>

#include "support/child_process.hpp"
#include "support/privileges.hpp"
#include "support/socket_states.hpp"

namespace loopback {
namespace {

using tcptable::Family;
using tcptable::State;
using tcptable::test::check;
using tcptable::test::kHoldableStates;

sockaddr_in loopback_address(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

void bind_loopback(int fd, std::uint16_t port) {
  const sockaddr_in address = loopback_address(port);
  check(::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address), "bind");
}

void connect_loopback(int fd, std::uint16_t port) {
  const sockaddr_in address = loopback_address(port);
  check(::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address), "connect");
}

State state_named(const std::string& name) {
  for (const State state : kHoldableStates) {
    if (to_string(state) == name) return state;
  }
  throw std::invalid_argument(name);
}

}  // namespace

void lose_arrivals(const Socket& socket) {
  sock_filter nothing = BPF_STMT(BPF_RET | BPF_K, 0);
  const sock_fprog program{1, &nothing};
  check(::setsockopt(socket.fd(), SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program),
        "SO_ATTACH_FILTER");
}

void take_arrivals(const Socket& socket) {
  const int ignored = 0;
  check(::setsockopt(socket.fd(), SOL_SOCKET, SO_DETACH_FILTER, &ignored, sizeof ignored),
        "SO_DETACH_FILTER");
}

void fill_send_queue(const Socket& socket) {
  tcptable::test::fill_send_queue(socket.fd());
}

OwnInfo own_info(const Socket& socket) {
  tcp_info info{};
  socklen_t size = sizeof info;
  check(::getsockopt(socket.fd(), IPPROTO_TCP, TCP_INFO, &info, &size), "TCP_INFO");
  return {info.tcpi_snd_mss, info.tcpi_snd_cwnd, info.tcpi_rto, info.tcpi_rtt, info.tcpi_rttvar};
}

bool is_alive(const Socket& socket) {
  const State state = tcptable::test::state_of(socket.fd());
  return state == State::established || state == State::listen;
}

void reset(Socket& socket) {
  const linger now{1, 0};
  check(::setsockopt(socket.fd(), SOL_SOCKET, SO_LINGER, &now, sizeof now), "SO_LINGER");
  socket.close();
}

Socket connect_from(std::uint16_t local_port, std::uint16_t port) {
  Socket made(check(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket"));
  const int yes = 1;
  check(::setsockopt(made.fd(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes), "SO_REUSEADDR");
  bind_loopback(made.fd(), local_port);
  connect_loopback(made.fd(), port);
  return made;
}

struct HeldConnection::Sockets {
  tcptable::test::HeldState held;
};

HeldConnection::HeldConnection(const std::string& state)
    : sockets_(new Sockets{tcptable::test::hold_state(state_named(state), Family::ipv4)}) {}
HeldConnection::~HeldConnection() = default;

std::uint16_t HeldConnection::local_port() const {
  return sockets_->held.local.port;
}
std::uint16_t HeldConnection::remote_port() const {
  return sockets_->held.remote.port;
}

std::optional<MultipathConnection> multipath_connection() {
  constexpr int kMultipath = 262;  // IPPROTO_MPTCP
  MultipathConnection made{Socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, kMultipath)),
                           Socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, kMultipath)), Socket()};
  if (made.listener.fd() < 0 || made.client.fd() < 0) return std::nullopt;
  bind_loopback(made.listener.fd(), 0);
  check(::listen(made.listener.fd(), 8), "listen");
  connect_loopback(made.client.fd(), made.listener.local_port());
  made.server = accept_from(made.listener);
  return made;
}

unsigned in_child(const std::function<unsigned()>& work) {
  const tcptable::test::Child child([&] { return std::to_string(work()); });
  return static_cast<unsigned>(std::stoul(child.report()));
}

std::optional<unsigned> as_nobody(const std::function<unsigned()>& work) {
  if (!tcptable::test::may_become_nobody()) return std::nullopt;
  return in_child([&] {
    tcptable::test::become_nobody();
    return work();
  });
}

}  // namespace loopback
