// SPDX-License-Identifier: MIT
// What limits a socket, read from its counters. Pure.
#pragma once

#include <tcptable/socket_memory.hpp>
#include <tcptable/socket_row.hpp>
#include <tcptable/tcp_info.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tool::why {

enum class Limit : std::uint8_t {
  accept_queue,  ///< A listener's queue is full: new connections are dropped.
  accepting,     ///< Connections wait to be accepted.
  dropping,      ///< Datagrams, or a listener's connections, were dropped for lack of room.
  unreachable,   ///< The peer acknowledges nothing: timeout follows timeout.
  peer_window,   ///< The peer's window is closed now.
  loss,          ///< Segments are lost and sent again.
  receiver,      ///< The peer's window was full for most of the time that there was data to send.
  send_buffer,   ///< The process's own send buffer was too small for the path.
  network,       ///< The path: congestion window and round-trip time allow no more.
  queueing,      ///< The round-trip time is a multiple of its minimum: a queue on the path is full.
  not_reading,   ///< Data has arrived that the process doesn't read.
  not_closing,   ///< The peer has closed, and the process hasn't: CLOSE_WAIT.
  application,   ///< None of these: the process had nothing to send.
};

/// "accept queue", "loss", ...: what it is called.
std::string_view to_string(Limit limit);

struct Finding {
  Limit limit;
  std::string evidence;  ///< The counters that say so; of our own making, fit for a terminal.
};

/// The most serious first. `info` and `memory` are nullptr for a socket that has none. A connection with
/// nothing to say against it gets Limit::application or, where it sends as fast as the path allows,
/// Limit::network. `backlog_known`: a listener's send_queue is the limit of its accept queue.
std::vector<Finding> findings_of(const tcptable::SocketRow& row, const tcptable::TcpInfo* info,
                                 const tcptable::SocketMemory* memory = nullptr, bool backlog_known = true);

/// Is it a fault, or only what the connection is doing?
bool is_trouble(Limit limit);

}  // namespace tool::why
