// SPDX-License-Identifier: MIT
// Sockets for the tests of the Windows tables, behind plain integers: a file that includes Windows' socket
// names can't include the system's.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>

namespace loopback {

/// Moves the process into a network namespace of its own with the loopback up; false without permission.
bool enter_namespace();

/// One descriptor, closed at the end.
class Socket {
 public:
  Socket() = default;
  explicit Socket(int fd) : fd_(fd) {}
  Socket(Socket&& other) noexcept : fd_(other.fd_) { other.fd_ = -1; }
  Socket& operator=(Socket&& other) noexcept;
  ~Socket();

  int fd() const { return fd_; }
  void close();
  std::uint16_t local_port() const;

 private:
  int fd_ = -1;
};

/// A TCP listener; `address` is text of either family, port 0 lets the kernel choose.
Socket listen_on(const std::string& address, std::uint16_t port = 0);
/// An IPv6 listener that takes IPv4 connections too.
Socket listen_dual_stack();
Socket bound_tcp(const std::string& address);
Socket udp_on(const std::string& address);
Socket connect_to(const std::string& address, std::uint16_t port);
Socket accept_from(const Socket& listener);
void send_bytes(const Socket& socket, std::size_t count);
/// How many came.
std::size_t receive_bytes(const Socket& socket, std::size_t count);

/// A child process that holds copies of all our sockets until the object ends.
class HoldingChild {
 public:
  HoldingChild();
  ~HoldingChild();
  pid_t pid() const { return pid_; }

 private:
  pid_t pid_;
};

}  // namespace loopback
