// SPDX-License-Identifier: MIT
// One netlink dump: request out, messages in, and every way in which the kernel says that it failed.
// What the messages mean is the caller's business.
#pragma once

#include "sys/netlink_socket.hpp"

#include <tcptable/error.hpp>

#include <span>
#include <vector>

namespace tcptable::sys {

class NetlinkDump {
 public:
  /// `protocol` is a NETLINK_* family.
  NetlinkDump(Kernel& kernel, int protocol) : NetlinkDump(kernel, protocol, own_buffer_) {}
  /// `buffer` is memory for a datagram, and must outlive the dump.
  NetlinkDump(Kernel& kernel, int protocol, std::vector<std::byte>& buffer)
      : kernel_(kernel), protocol_(protocol), buffer_(buffer) {}
  NetlinkDump(const NetlinkDump&) = delete;
  NetlinkDump& operator=(const NetlinkDump&) = delete;

  /// Sends `request` (which must have NLM_F_DUMP) on a fresh socket, and hands each message to `sink`.
  /// Errc::interrupted_dump: what came is worthless, run again.
  Result<void> run(std::span<const std::byte> request, MessageSink& sink);
  /// Whether all messages of the last dump were in one datagram: then the kernel did not have to find again
  /// where it was.
  bool came_in_one_go() const { return filled_datagrams_ <= 1; }

 private:
  // The kernel fills a page for the first datagram and at most 32 KiB for each further one, as large as the
  // buffer allows: fewer datagrams are fewer places at which its cursor can skip or repeat a row
  // (net/netlink/af_netlink.c).
  static constexpr std::size_t kBufferSize = 64 * 1024;

  static Result<bool> finish(const nlmsghdr& header, bool goes_on);
  Result<bool> dispatch(std::span<const std::byte> datagram, std::uint32_t sequence, MessageSink& sink);

  Kernel& kernel_;
  int protocol_;
  std::vector<std::byte> own_buffer_;
  std::vector<std::byte>& buffer_;
  std::size_t filled_datagrams_ = 0;
};

}  // namespace tcptable::sys
