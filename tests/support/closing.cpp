// SPDX-License-Identifier: MIT
// Asks the kernel itself, so that the library's own idea of it can be wrong.
#include "support/closing.hpp"

#include <libmnl/libmnl.h>
#include <linux/inet_diag.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <memory>

namespace tcptable::test {
namespace {

// 0, or the errno of the request to close the socket whose cookie is 0, which none has.
int errno_of_closing_nothing() {
  const std::unique_ptr<mnl_socket, int (*)(mnl_socket*)> socket(
      mnl_socket_open2(NETLINK_SOCK_DIAG, SOCK_CLOEXEC), mnl_socket_close);
  if (!socket) return errno;
  alignas(nlmsghdr) std::array<char, 4096> buffer{};
  nlmsghdr* header = mnl_nlmsg_put_header(buffer.data());
  header->nlmsg_type = SOCK_DESTROY;
  header->nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK;
  auto* request =
      static_cast<inet_diag_req_v2*>(mnl_nlmsg_put_extra_header(header, sizeof(inet_diag_req_v2)));
  request->sdiag_family = AF_INET;
  request->sdiag_protocol = IPPROTO_TCP;
  if (mnl_socket_sendto(socket.get(), header, header->nlmsg_len) < 0) return errno;
  const ssize_t got = mnl_socket_recvfrom(socket.get(), buffer.data(), buffer.size());
  if (got < 0) return errno;
  return mnl_cb_run(buffer.data(), static_cast<std::size_t>(got), 0, 0, nullptr, nullptr) < 0 ? errno : 0;
}

}  // namespace

std::optional<std::string> reason_against_closing() {
  if (errno_of_closing_nothing() != EOPNOTSUPP) return std::nullopt;
  return "needs CONFIG_INET_DIAG_DESTROY in the kernel";
}

std::optional<std::string> reason_against_refusing() {
  if (reason_against_closing()) return std::nullopt;
  return "needs a kernel without CONFIG_INET_DIAG_DESTROY: this kernel can close";
}

}  // namespace tcptable::test
