// SPDX-License-Identifier: MIT
// What a socket's buffers hold and may hold, and what it had no room for.
#pragma once

#include <cstdint>
#include <optional>

namespace tcptable {

/// sock_diag's INET_DIAG_SKMEMINFO (linux/sock_diag.h). Bytes, as the kernel charges them: with what it keeps
/// around each packet, so that a buffer is full with less data in it.
struct SocketMemory {
  std::uint32_t received = 0;  ///< Held until the process reads it.
  std::uint32_t receive_buffer = 0;
  std::uint32_t sending = 0;  ///< Held until it is sent and, by TCP, acknowledged.
  std::uint32_t send_buffer = 0;
  /// Linux 4.7. Packets that were dropped since the socket was made: of UDP mostly for lack of room, also for
  /// a wrong checksum; of a listener connections for which its queue had no room.
  std::optional<std::uint32_t> drops;

  friend bool operator==(const SocketMemory&, const SocketMemory&) = default;
};

}  // namespace tcptable
