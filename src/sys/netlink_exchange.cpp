// SPDX-License-Identifier: MIT
#include "sys/netlink_exchange.hpp"

namespace tcptable::sys {
namespace {

// One message and its attributes: what a kernel with more of them than ours may need.
constexpr std::size_t kBufferSize = 8 * 1024;

// True when the answer was among the datagram's messages.
Result<bool> take_answer(std::span<const std::byte> datagram, std::uint32_t sequence, MessageSink& sink) {
  if (datagram.empty()) return tl::unexpected(malformed_answer());
  while (const nlmsghdr* header = take_message(datagram)) {
    if (header->nlmsg_seq != sequence) continue;
    if (header->nlmsg_type == NLMSG_DONE) return tl::unexpected(malformed_answer());
    if (header->nlmsg_type > NLMSG_ERROR && header->nlmsg_type < NLMSG_MIN_TYPE) continue;
    auto taken = header->nlmsg_type == NLMSG_ERROR ? outcome_of(*header) : sink.message(*header);
    if (!taken) return tl::unexpected(taken.error());
    return true;
  }
  if (!datagram.empty()) return tl::unexpected(malformed_answer());
  return false;
}

}  // namespace

Result<void> exchange(Kernel& kernel, int protocol, std::span<const std::byte> request, MessageSink& sink) {
  // First of all: what the request asks for may be done by the time when there is no memory for the answer.
  std::vector<std::byte> buffer(kBufferSize);
  auto socket = open_netlink(kernel, protocol);
  if (!socket) return tl::unexpected(socket.error());
  if (auto sent = send_request(kernel, socket->get(), request); !sent) return sent;
  for (;;) {
    auto size = receive_datagram(kernel, socket->get(), buffer);
    if (!size) return tl::unexpected(size.error());
    auto answered = take_answer({buffer.data(), *size}, sequence_of(request), sink);
    if (!answered) return tl::unexpected(answered.error());
    if (*answered) return {};
  }
}

}  // namespace tcptable::sys
