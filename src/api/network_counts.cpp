// SPDX-License-Identifier: MIT
#include "api/network_counts.hpp"

#include <linux/rtnetlink.h>
#include <sys/socket.h>

#include <cstring>
#include <span>

#include "sys/netlink_dump.hpp"

namespace tcptable::api {
namespace {

constexpr int kAttempts = 4;

struct Request {
  nlmsghdr header;
  rtgenmsg body;
};

class Counter final : public sys::MessageSink {
 public:
  explicit Counter(std::uint16_t type) : type_(type) {}

  Result<void> message(const nlmsghdr& header) override {
    if (header.nlmsg_type == type_ && is_counted(header)) ++count_;
    return {};
  }
  std::uint32_t count() const { return count_; }

 private:
  // Routes of other tables are the kernel's own (local addresses), or another router's.
  static bool is_counted(const nlmsghdr& header) {
    if (header.nlmsg_type != RTM_NEWROUTE) return true;
    rtmsg route{};
    if (header.nlmsg_len < NLMSG_LENGTH(sizeof route)) return false;
    std::memcpy(&route, reinterpret_cast<const char*>(&header) + NLMSG_HDRLEN, sizeof route);
    return route.rtm_table == RT_TABLE_MAIN;
  }

  std::uint16_t type_;
  std::uint32_t count_ = 0;
};

std::uint8_t number(Family family) {
  return family == Family::ipv4 ? AF_INET : AF_INET6;
}

// `ask` is an RTM_GET..., `reply` the RTM_NEW... that it brings.
Result<std::uint32_t> count(sys::Kernel& kernel, std::uint16_t ask, std::uint16_t reply,
                            std::uint8_t family) {
  Request request{};
  request.header.nlmsg_len = NLMSG_LENGTH(sizeof request.body);
  request.header.nlmsg_type = ask;
  request.header.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
  request.header.nlmsg_seq = 1;
  request.body.rtgen_family = family;
  sys::NetlinkDump dump(kernel, NETLINK_ROUTE);
  Error last;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    Counter counter(reply);
    const auto done = dump.run(std::as_bytes(std::span(&request, 1)), counter);
    if (done) return counter.count();
    last = done.error();
    if (last.code != Errc::interrupted_dump) break;
  }
  return tl::unexpected(last);
}

}  // namespace

Result<std::uint32_t> count_interfaces(sys::Kernel& kernel) {
  return count(kernel, RTM_GETLINK, RTM_NEWLINK, AF_UNSPEC);
}

Result<std::uint32_t> count_addresses(sys::Kernel& kernel, Family family) {
  return count(kernel, RTM_GETADDR, RTM_NEWADDR, number(family));
}

Result<std::uint32_t> count_routes(sys::Kernel& kernel, Family family) {
  return count(kernel, RTM_GETROUTE, RTM_NEWROUTE, number(family));
}

}  // namespace tcptable::api
