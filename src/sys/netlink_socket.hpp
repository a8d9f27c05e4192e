// SPDX-License-Identifier: MIT
// What a dump and a single question have in common: a socket, a request out, a datagram in, and the codes of
// the messages that end an answer.
#pragma once

#include "sys/unique_fd.hpp"

#include <linux/netlink.h>

#include <tcptable/error.hpp>

#include <cstddef>
#include <span>
#include <vector>

namespace tcptable::sys {

class MessageSink {
 public:
  virtual ~MessageSink() = default;
  /// One message that belongs to the answer; its length lies within the datagram.
  virtual Result<void> message(const nlmsghdr& header) = 0;
};

/// A fresh socket: one that failed may still hold stale replies.
Result<UniqueFd> open_netlink(Kernel& kernel, int protocol);

Result<void> send_request(Kernel& kernel, int fd, std::span<const std::byte> request);

/// The sequence number of a request, which its answer has too.
std::uint32_t sequence_of(std::span<const std::byte> request);

/// The size of the next datagram from the kernel itself. Errc::interrupted_dump: it was larger than `buffer`,
/// which is now larger.
Result<std::size_t> receive_datagram(Kernel& kernel, int fd, std::vector<std::byte>& buffer);

/// Takes a message off the front of what is left of a datagram; nullptr where no whole one is left.
/// (libmnl 1.0 takes lengths of more than 2 GiB for negative ones, and lets them pass.)
const nlmsghdr* take_message(std::span<const std::byte>& left);

/// What an NLMSG_ERROR or NLMSG_DONE says: a code of 0 is success.
Result<void> outcome_of(const nlmsghdr& header);

/// An answer that breaks netlink's format.
Error malformed_answer();

}  // namespace tcptable::sys
