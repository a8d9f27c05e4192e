// SPDX-License-Identifier: MIT
#include <libmnl/libmnl.h>
#include <linux/inet_diag.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <unistd.h>

#include <vector>

#include "bench/contender.hpp"

namespace bench {
namespace {

struct Request {
  nlmsghdr header;
  inet_diag_req_v2 body;
};

Request dump_request() {
  Request request{};
  request.header.nlmsg_len = sizeof request;
  request.header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
  request.header.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
  request.body.sdiag_family = AF_INET;
  request.body.sdiag_protocol = IPPROTO_TCP;
  request.body.idiag_states = 0xfff;
  return request;
}

// Counts established rows; false when the dump is over.
bool count_rows(const std::vector<char>& buffer, ssize_t size, std::size_t& established) {
  int left = static_cast<int>(size);
  const auto* header = reinterpret_cast<const nlmsghdr*>(buffer.data());
  for (; mnl_nlmsg_ok(header, left); header = mnl_nlmsg_next(header, &left)) {
    if (header->nlmsg_type == NLMSG_DONE || header->nlmsg_type == NLMSG_ERROR) return false;
    const auto* row = static_cast<const inet_diag_msg*>(mnl_nlmsg_get_payload(header));
    established += row->idiag_state == TCP_ESTABLISHED;
  }
  return true;
}

std::optional<Answer> dump_once() {
  static std::vector<char> buffer(64 * 1024);
  const int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG);
  const Request request = dump_request();
  if (fd < 0 || send(fd, &request, sizeof request, 0) < 0) return std::nullopt;
  Answer answer;
  ssize_t got = 0;
  do {
    got = recv(fd, buffer.data(), buffer.size(), 0);
  } while (got > 0 && count_rows(buffer, got, answer.established));
  close(fd);
  if (got <= 0) return std::nullopt;
  return answer;
}

}  // namespace

Contender raw_dump() {
  return {"raw sock_diag dump", dump_once, [] { return dump_once().has_value(); }};
}

}  // namespace bench
