// SPDX-License-Identifier: MIT
#include "win32/tables/loopback_sockets.hpp"

#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <utility>
#include <vector>

namespace loopback {
namespace {

struct Address {
  sockaddr_storage storage{};
  socklen_t size = 0;

  Address(const std::string& text, std::uint16_t port) {
    auto* v4 = reinterpret_cast<sockaddr_in*>(&storage);
    auto* v6 = reinterpret_cast<sockaddr_in6*>(&storage);
    if (inet_pton(AF_INET, text.c_str(), &v4->sin_addr) == 1) {
      v4->sin_family = AF_INET;
      v4->sin_port = htons(port);
      size = sizeof *v4;
    } else if (inet_pton(AF_INET6, text.c_str(), &v6->sin6_addr) == 1) {
      v6->sin6_family = AF_INET6;
      v6->sin6_port = htons(port);
      size = sizeof *v6;
    }
  }
  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
  int family() const { return storage.ss_family; }
};

Socket bound(const Address& address, int type) {
  Socket made(socket(address.family(), type | SOCK_CLOEXEC, 0));
  const int on = 1;
  if (address.family() == AF_INET6) setsockopt(made.fd(), IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof on);
  if (bind(made.fd(), address.get(), address.size) != 0) made.close();
  return made;
}

}  // namespace

bool enter_namespace() {
  if (unshare(CLONE_NEWNET) != 0 && unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0) return false;
  const Socket any(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  ifreq request{};
  std::strcpy(request.ifr_name, "lo");
  request.ifr_flags = IFF_UP | IFF_RUNNING;
  return ioctl(any.fd(), SIOCSIFFLAGS, &request) == 0;
}

Socket& Socket::operator=(Socket&& other) noexcept {
  std::swap(fd_, other.fd_);
  return *this;
}

Socket::~Socket() {
  close();
}

void Socket::close() {
  if (fd_ >= 0) ::close(fd_);
  fd_ = -1;
}

std::uint16_t Socket::local_port() const {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  if (getsockname(fd_, reinterpret_cast<sockaddr*>(&address), &size) != 0) return 0;
  // The port stands at the same place in both families.
  return ntohs(reinterpret_cast<const sockaddr_in*>(&address)->sin_port);
}

Socket listen_on(const std::string& address, std::uint16_t port) {
  Socket made = bound(Address(address, port), SOCK_STREAM);
  listen(made.fd(), 16);
  return made;
}

Socket listen_dual_stack() {
  Socket made(socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const Address any("::", 0);
  const int off = 0;
  setsockopt(made.fd(), IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
  if (bind(made.fd(), any.get(), any.size) != 0) made.close();
  listen(made.fd(), 16);
  return made;
}

Socket bound_tcp(const std::string& address) {
  return bound(Address(address, 0), SOCK_STREAM);
}

Socket udp_on(const std::string& address) {
  return bound(Address(address, 0), SOCK_DGRAM);
}

Socket connect_to(const std::string& address, std::uint16_t port) {
  const Address target(address, port);
  Socket made(socket(target.family(), SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (connect(made.fd(), target.get(), target.size) != 0) made.close();
  return made;
}

Socket accept_from(const Socket& listener) {
  return Socket(accept(listener.fd(), nullptr, nullptr));
}

void send_bytes(const Socket& socket, std::size_t count) {
  const std::vector<char> bytes(count, 'x');
  static_cast<void>(send(socket.fd(), bytes.data(), bytes.size(), MSG_NOSIGNAL));
}

std::size_t receive_bytes(const Socket& socket, std::size_t count) {
  std::vector<char> bytes(count);
  const ssize_t got = recv(socket.fd(), bytes.data(), bytes.size(), MSG_WAITALL);
  return got < 0 ? 0 : static_cast<std::size_t>(got);
}

HoldingChild::HoldingChild() : pid_(fork()) {
  if (pid_ != 0) return;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  for (;;) pause();
}

HoldingChild::~HoldingChild() {
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
}

}  // namespace loopback
