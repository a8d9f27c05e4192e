// SPDX-License-Identifier: MIT
// One netlink question with one answer: a message, or an acknowledgement, or the kernel's refusal.
#pragma once

#include "sys/netlink_socket.hpp"

namespace tcptable::sys {

/// Sends `request` (which must not have NLM_F_DUMP) on a fresh socket of the NETLINK_* family `protocol`, and
/// hands the message that answers it to `sink`. A request with NLM_F_ACK that nothing but success answers
/// gives `sink` nothing. What the kernel refuses is an Error with Step::receive_reply and its errno.
Result<void> exchange(Kernel& kernel, int protocol, std::span<const std::byte> request, MessageSink& sink);

}  // namespace tcptable::sys
