// SPDX-License-Identifier: MIT
#include "sys/netlink_socket.hpp"

#include <libmnl/libmnl.h>
#include <sys/time.h>
#include <sys/uio.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "sys/file.hpp"

namespace tcptable::sys {
namespace {

// The kernel answers within the call; a reply that doesn't come in this time never will.
constexpr timeval kReceiveTimeout{5, 0};
constexpr std::size_t kLargestBuffer = 1 << 20;

Error receive_error(Errc code, int sys_errno = 0) {
  return {code, Step::receive_reply, sys_errno};
}

}  // namespace

Error malformed_answer() {
  return receive_error(Errc::malformed_reply);
}

Result<UniqueFd> open_netlink(Kernel& kernel, int protocol) {
  const int fd = kernel.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol);
  if (fd < 0) return tl::unexpected(error_from_errno(Step::open_netlink, -fd));
  UniqueFd owned(kernel, fd);
  const int failed = kernel.setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &kReceiveTimeout, sizeof kReceiveTimeout);
  if (failed < 0) return tl::unexpected(error_from_errno(Step::open_netlink, -failed));
  return owned;
}

Result<void> send_request(Kernel& kernel, int fd, std::span<const std::byte> request) {
  ssize_t sent = 0;
  do {
    sent = kernel.send(fd, request.data(), request.size());
  } while (sent == -EINTR);
  if (sent < 0) return tl::unexpected(error_from_errno(Step::send_request, static_cast<int>(-sent)));
  return {};
}

std::uint32_t sequence_of(std::span<const std::byte> request) {
  nlmsghdr header{};
  std::memcpy(&header, request.data(), sizeof header);
  return header.nlmsg_seq;
}

Result<std::size_t> receive_datagram(Kernel& kernel, int fd, std::vector<std::byte>& buffer) {
  for (;;) {
    sockaddr_nl sender{};
    iovec piece{buffer.data(), buffer.size()};
    msghdr message{};
    message.msg_name = &sender;
    message.msg_namelen = sizeof sender;
    message.msg_iov = &piece;
    message.msg_iovlen = 1;
    const ssize_t got = kernel.recvmsg(fd, &message);
    if (got == -EINTR) continue;
    if (got < 0) return tl::unexpected(error_from_errno(Step::receive_reply, static_cast<int>(-got)));
    if ((message.msg_flags & MSG_TRUNC) != 0) {
      if (buffer.size() < kLargestBuffer) buffer.resize(buffer.size() * 2);
      return tl::unexpected(receive_error(Errc::interrupted_dump, EMSGSIZE));
    }
    if (sender.nl_pid != 0) continue;  // not the kernel's
    return static_cast<std::size_t>(got);
  }
}

// NLMSG_DONE carries an errno too: a missing *_diag module ends the dump by DONE(-ENOENT), not by
// NLMSG_ERROR.
const nlmsghdr* take_message(std::span<const std::byte>& left) {
  if (left.size() < sizeof(nlmsghdr)) return nullptr;
  const auto* header = reinterpret_cast<const nlmsghdr*>(left.data());
  const std::size_t size = header->nlmsg_len;
  if (size < sizeof(nlmsghdr) || size > left.size()) return nullptr;
  left = left.subspan(std::min<std::size_t>(NLMSG_ALIGN(size), left.size()));
  return header;
}

Result<void> outcome_of(const nlmsghdr& header) {
  std::int32_t code = 0;
  if (header.nlmsg_len < NLMSG_LENGTH(sizeof code)) {
    if (header.nlmsg_type == NLMSG_DONE) return {};
    return tl::unexpected(malformed_answer());
  }
  std::memcpy(&code, mnl_nlmsg_get_payload(&header), sizeof code);
  if (code == 0) return {};
  constexpr std::int32_t kMostErrno = 4095;  // MAX_ERRNO, include/linux/err.h
  if (code > 0 || code < -kMostErrno) return tl::unexpected(malformed_answer());
  if (code == -EINTR || code == -EAGAIN) return tl::unexpected(receive_error(Errc::interrupted_dump, -code));
  return tl::unexpected(error_from_errno(Step::receive_reply, -code));
}

}  // namespace tcptable::sys
