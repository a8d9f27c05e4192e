// SPDX-License-Identifier: MIT
#include "windows_programs/socket_scene.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <filesystem>

#include "support/socket_states.hpp"

namespace tcptable::test {
namespace {

constexpr const char* kServer = "127.0.0.200";
constexpr std::uint16_t kServerPort = 8080;

Connection connect_from(std::uint16_t port, const Fd& listener) {
  Connection made;
  made.client = open_socket(Family::ipv4, SOCK_STREAM);
  bind_to(made.client.get(), loopback(Family::ipv4, port));
  connect_to(made.client.get(), endpoint(kServer, kServerPort));
  made.server = Fd(check(::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC), "accept4"));
  return made;
}

Fd receive_on(const Endpoint& where) {
  Fd socket = open_socket(where.family, SOCK_DGRAM);
  bind_to(socket.get(), where);
  return socket;
}

}  // namespace

SocketScene::SocketScene() {
  Fd server = listen_on(endpoint(kServer, kServerPort));
  established_ = connect_from(40001, server);
  half_closed_ = connect_from(40002, server);
  close_until_fin_wait2(half_closed_.client);
  Connection closed = connect_from(40003, server);
  close_until_fin_wait2(closed.client);
  others_.push_back(std::move(server));
  others_.push_back(listen_on(endpoint("127.0.9.1", 81)));
  others_.push_back(listen_on(endpoint("0.0.0.0", 9000)));
  others_.push_back(listen_on(loopback(Family::ipv6, 8086)));
  others_.push_back(receive_on(loopback(Family::ipv4, 53)));
  others_.push_back(receive_on(loopback(Family::ipv4, 5353)));
  others_.push_back(receive_on(loopback(Family::ipv6, 54)));
}

std::string own_pid() {
  return std::to_string(::getpid());
}

std::string own_path() {
  return std::filesystem::read_symlink("/proc/self/exe");
}

std::string own_name() {
  return std::filesystem::path(own_path()).filename();
}

}  // namespace tcptable::test
