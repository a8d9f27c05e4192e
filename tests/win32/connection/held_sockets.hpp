// SPDX-License-Identifier: MIT
// Connections in the conditions that these tests need, behind plain integers: a file that includes Windows'
// socket names can't include the system's.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "win32/tables/loopback_sockets.hpp"

namespace loopback {

/// From now on whatever arrives for the socket is lost before TCP sees it, as on a broken path.
void lose_arrivals(const Socket& socket);
void take_arrivals(const Socket& socket);

/// Sends until neither the peer's window nor the own buffer has room.
void fill_send_queue(const Socket& socket);

/// What the kernel tells the holder of the descriptor itself.
struct OwnInfo {
  std::uint32_t send_mss;
  std::uint32_t congestion_window;
  std::uint32_t timeout_us;
  std::uint32_t rtt_us;
  std::uint32_t rtt_variation_us;
};
OwnInfo own_info(const Socket& socket);

bool is_alive(const Socket& socket);

/// Ends the connection by a reset, so that its ports are free at once.
void reset(Socket& socket);
/// A connection from the given local port of 127.0.0.1.
Socket connect_from(std::uint16_t local_port, std::uint16_t port);

/// A TCP connection of 127.0.0.1 held in a state: "established", "time_wait", "syn_recv", ...
class HeldConnection {
 public:
  explicit HeldConnection(const std::string& state);
  ~HeldConnection();
  std::uint16_t local_port() const;
  std::uint16_t remote_port() const;

 private:
  struct Sockets;
  std::unique_ptr<Sockets> sockets_;
};

/// Both ends of a Multipath TCP connection; nullopt where the kernel has none.
struct MultipathConnection {
  Socket listener;
  Socket client;
  Socket server;
};
std::optional<MultipathConnection> multipath_connection();

/// Runs `work` in a child without any privilege and returns its result; nullopt where there is no other user
/// to become.
std::optional<unsigned> as_nobody(const std::function<unsigned()>& work);
/// The same in a plain child.
unsigned in_child(const std::function<unsigned()>& work);

}  // namespace loopback
