// SPDX-License-Identifier: MIT
#include "sys/netlink_dump.hpp"

#include <utility>

namespace tcptable::sys {
namespace {

bool has_message(std::span<const std::byte> datagram, std::uint32_t sequence) {
  while (const nlmsghdr* header = take_message(datagram)) {
    if (header->nlmsg_seq == sequence) return true;
  }
  return false;
}

}  // namespace

// True when the dump is over.
Result<bool> NetlinkDump::dispatch(std::span<const std::byte> datagram, std::uint32_t sequence,
                                   MessageSink& sink) {
  if (datagram.empty()) return tl::unexpected(malformed_answer());
  bool filled = false;
  while (const nlmsghdr* header = take_message(datagram)) {
    if (header->nlmsg_seq != sequence) continue;
    if ((header->nlmsg_flags & NLM_F_DUMP_INTR) != 0) {
      return tl::unexpected(Error{Errc::interrupted_dump, Step::receive_reply, 0});
    }
    if (header->nlmsg_type == NLMSG_DONE || header->nlmsg_type == NLMSG_ERROR)
      return finish(*header, has_message(datagram, sequence));
    if (header->nlmsg_type == NLMSG_OVERRUN)
      return tl::unexpected(Error{Errc::interrupted_dump, Step::receive_reply, 0});
    if (header->nlmsg_type < NLMSG_MIN_TYPE) continue;
    if (!std::exchange(filled, true)) ++filled_datagrams_;
    if (auto taken = sink.message(*header); !taken) return tl::unexpected(taken.error());
  }
  if (!datagram.empty()) return tl::unexpected(malformed_answer());
  return false;
}

// A dump ends by NLMSG_DONE alone, for an acknowledgement was not asked for, and by nothing behind that.
Result<bool> NetlinkDump::finish(const nlmsghdr& header, bool goes_on) {
  auto outcome = outcome_of(header);
  if (!outcome) return tl::unexpected(outcome.error());
  if (header.nlmsg_type != NLMSG_DONE || goes_on) return tl::unexpected(malformed_answer());
  return true;
}

Result<void> NetlinkDump::run(std::span<const std::byte> request, MessageSink& sink) {
  if (buffer_.size() < kBufferSize) buffer_.resize(kBufferSize);
  auto socket = open_netlink(kernel_, protocol_);
  if (!socket) return tl::unexpected(socket.error());
  if (auto sent = send_request(kernel_, socket->get(), request); !sent) return sent;
  filled_datagrams_ = 0;
  for (;;) {
    auto size = receive_datagram(kernel_, socket->get(), buffer_);
    if (!size) return tl::unexpected(size.error());
    auto over = dispatch({buffer_.data(), *size}, sequence_of(request), sink);
    if (!over) return tl::unexpected(over.error());
    if (*over) return {};
  }
}

}  // namespace tcptable::sys
