// SPDX-License-Identifier: MIT
#include "sys/netlink_listener.hpp"

#include <cerrno>

#include "sys/file.hpp"

namespace tcptable::sys {
namespace {

// SO_RCVBUFFORCE needs CAP_NET_ADMIN; SO_RCVBUF gives at most net.core.rmem_max.
void enlarge_buffer(Kernel& kernel, int fd, int size) {
  if (kernel.setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &size, sizeof size) == 0) return;
  static_cast<void>(kernel.setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof size));
}

Result<void> hand_over(std::span<const std::byte> datagram, MessageSink& sink) {
  while (const nlmsghdr* header = take_message(datagram)) {
    if (header->nlmsg_type < NLMSG_MIN_TYPE) continue;
    if (auto taken = sink.message(*header); !taken) return taken;
  }
  if (!datagram.empty()) return tl::unexpected(malformed_answer());
  return {};
}

}  // namespace

Result<NetlinkListener> NetlinkListener::open(Kernel& kernel, const Wanted& wanted) {
  const int fd = kernel.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, wanted.protocol);
  if (fd < 0) return tl::unexpected(error_from_errno(Step::open_netlink, -fd));
  UniqueFd socket(kernel, fd);
  enlarge_buffer(kernel, fd, wanted.buffer);
  sockaddr_nl groups{};
  groups.nl_family = AF_NETLINK;
  groups.nl_groups = wanted.mask;
  const int failed = kernel.bind(fd, reinterpret_cast<const sockaddr*>(&groups), sizeof groups);
  if (failed < 0) return tl::unexpected(error_from_errno(Step::open_netlink, -failed));
  return NetlinkListener(kernel, std::move(socket));
}

Result<NetlinkListener::Outcome> NetlinkListener::receive(MessageSink& sink) {
  const auto size = receive_datagram(*kernel_, socket_.get(), buffer_);
  if (!size) {
    const int sys_errno = size.error().sys_errno;
    if (sys_errno == EAGAIN) return Outcome::nothing;
    // EMSGSIZE: a datagram was larger than the buffer, which has been enlarged.
    if (sys_errno == ENOBUFS || sys_errno == EMSGSIZE) return Outcome::overrun;
    return tl::unexpected(size.error());
  }
  if (auto taken = hand_over({buffer_.data(), *size}, sink); !taken) return tl::unexpected(taken.error());
  return Outcome::taken;
}

}  // namespace tcptable::sys
