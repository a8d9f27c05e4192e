// SPDX-License-Identifier: MIT
// What the kernel sends to multicast groups, taken without waiting.
#pragma once

#include "sys/netlink_socket.hpp"

#include <cstddef>
#include <vector>

namespace tcptable::sys {

class NetlinkListener {
 public:
  enum class Outcome {
    nothing,  ///< Nothing waits.
    taken,    ///< A datagram's messages went to the sink.
    overrun,  ///< The kernel dropped datagrams for lack of room; it doesn't say how many.
  };

  /// Of the NETLINK_* family `protocol`, the groups of `mask` (bit n for group n + 1); `buffer` bytes for
  /// what waits, or as many as the system allows.
  struct Wanted {
    int protocol = 0;
    std::uint32_t mask = 0;
    int buffer = 0;
  };
  static Result<NetlinkListener> open(Kernel& kernel, const Wanted& wanted);

  /// Readable when something waits.
  int fd() const { return socket_.get(); }

  Result<Outcome> receive(MessageSink& sink);

 private:
  NetlinkListener(Kernel& kernel, UniqueFd socket)
      : kernel_(&kernel), socket_(std::move(socket)), buffer_(kDatagramSize) {}

  static constexpr std::size_t kDatagramSize = 8 * 1024;

  Kernel* kernel_;
  UniqueFd socket_;
  std::vector<std::byte> buffer_;
};

}  // namespace tcptable::sys
