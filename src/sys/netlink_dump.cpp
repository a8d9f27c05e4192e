// SPDX-License-Identifier: MIT
#include "sys/netlink_dump.hpp"

#include <libmnl/libmnl.h>
#include <sys/time.h>
#include <sys/uio.h>

#include <cerrno>
#include <cstring>

#include "sys/file.hpp"
#include "sys/unique_fd.hpp"

namespace tcptable::sys {
namespace {

// The kernel answers within the call; a reply that doesn't come in this time never will.
constexpr timeval kReceiveTimeout{5, 0};
constexpr std::size_t kLargestBuffer = 1 << 20;

Error receive_error(Errc code, int sys_errno = 0) {
  return {code, Step::receive_reply, sys_errno};
}

Result<UniqueFd> open_netlink(Kernel& kernel, int protocol) {
  const int fd = kernel.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol);
  if (fd < 0) return tl::unexpected(error_from_errno(Step::open_netlink, -fd));
  UniqueFd owned(kernel, fd);
  const int failed = kernel.setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &kReceiveTimeout, sizeof kReceiveTimeout);
  if (failed < 0) return tl::unexpected(error_from_errno(Step::open_netlink, -failed));
  return owned;
}

// NLMSG_DONE carries an errno too: a missing *_diag module ends the dump by DONE(-ENOENT), not by
// NLMSG_ERROR.
Result<bool> finish(const nlmsghdr& header) {
  std::int32_t code = 0;
  if (header.nlmsg_len < NLMSG_LENGTH(sizeof code)) {
    if (header.nlmsg_type == NLMSG_DONE) return true;
    return tl::unexpected(receive_error(Errc::malformed_reply));
  }
  std::memcpy(&code, mnl_nlmsg_get_payload(&header), sizeof code);
  if (code == 0 && header.nlmsg_type == NLMSG_DONE) return true;
  if (code >= 0) return tl::unexpected(receive_error(Errc::malformed_reply));
  if (code == -EINTR || code == -EAGAIN) return tl::unexpected(receive_error(Errc::interrupted_dump, -code));
  return tl::unexpected(error_from_errno(Step::receive_reply, -code));
}

}  // namespace

Result<std::size_t> NetlinkDump::receive(int fd) {
  for (;;) {
    sockaddr_nl sender{};
    iovec piece{buffer_.data(), buffer_.size()};
    msghdr message{};
    message.msg_name = &sender;
    message.msg_namelen = sizeof sender;
    message.msg_iov = &piece;
    message.msg_iovlen = 1;
    const ssize_t got = kernel_.recvmsg(fd, &message);
    if (got == -EINTR) continue;
    if (got < 0) return tl::unexpected(error_from_errno(Step::receive_reply, static_cast<int>(-got)));
    if ((message.msg_flags & MSG_TRUNC) != 0) {
      if (buffer_.size() < kLargestBuffer) buffer_.resize(buffer_.size() * 2);
      return tl::unexpected(receive_error(Errc::interrupted_dump, EMSGSIZE));
    }
    if (sender.nl_pid != 0) continue;  // not the kernel's
    return static_cast<std::size_t>(got);
  }
}

// True when the dump is over.
Result<bool> NetlinkDump::dispatch(std::span<const std::byte> datagram, std::uint32_t sequence,
                                   DumpSink& sink) {
  const auto* header = reinterpret_cast<const nlmsghdr*>(datagram.data());
  int left = static_cast<int>(datagram.size());
  if (left == 0) return tl::unexpected(receive_error(Errc::malformed_reply));
  for (; mnl_nlmsg_ok(header, left); header = mnl_nlmsg_next(header, &left)) {
    if (header->nlmsg_seq != sequence) continue;
    if ((header->nlmsg_flags & NLM_F_DUMP_INTR) != 0) {
      return tl::unexpected(receive_error(Errc::interrupted_dump));
    }
    if (header->nlmsg_type == NLMSG_DONE || header->nlmsg_type == NLMSG_ERROR) return finish(*header);
    if (header->nlmsg_type < NLMSG_MIN_TYPE) continue;
    if (auto taken = sink.message(*header); !taken) return tl::unexpected(taken.error());
  }
  if (left > 0) return tl::unexpected(receive_error(Errc::malformed_reply));
  return false;
}

Result<void> NetlinkDump::run(std::span<const std::byte> request, DumpSink& sink) {
  auto socket = open_netlink(kernel_, protocol_);
  if (!socket) return tl::unexpected(socket.error());
  ssize_t sent = 0;
  do {
    sent = kernel_.send(socket->get(), request.data(), request.size());
  } while (sent == -EINTR);
  if (sent < 0) return tl::unexpected(error_from_errno(Step::send_request, static_cast<int>(-sent)));

  nlmsghdr asked{};
  std::memcpy(&asked, request.data(), sizeof asked);
  for (;;) {
    auto size = receive(socket->get());
    if (!size) return tl::unexpected(size.error());
    auto over = dispatch({buffer_.data(), *size}, asked.nlmsg_seq, sink);
    if (!over) return tl::unexpected(over.error());
    if (*over) return {};
  }
}

}  // namespace tcptable::sys
