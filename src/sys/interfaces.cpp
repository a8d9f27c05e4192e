// SPDX-License-Identifier: MIT
#include "sys/interfaces.hpp"

#include <libmnl/libmnl.h>
#include <linux/rtnetlink.h>

#include <cstring>

#include "sys/netlink_dump.hpp"

namespace tcptable::sys {
namespace {

constexpr int kAttempts = 4;

class IndexSink final : public MessageSink {
 public:
  Result<void> message(const nlmsghdr& header) override {
    ifinfomsg link{};
    if (mnl_nlmsg_get_payload_len(&header) < sizeof link) return tl::unexpected(malformed_answer());
    std::memcpy(&link, mnl_nlmsg_get_payload(&header), sizeof link);
    indexes_.push_back(static_cast<std::uint32_t>(link.ifi_index));
    return {};
  }

  std::vector<std::uint32_t>& indexes() { return indexes_; }

 private:
  std::vector<std::uint32_t> indexes_;
};

}  // namespace

Result<std::vector<std::uint32_t>> list_interfaces(Kernel& kernel) {
  struct {
    nlmsghdr header;
    ifinfomsg body;
  } request{};
  request.header.nlmsg_len = sizeof request;
  request.header.nlmsg_type = RTM_GETLINK;
  request.header.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
  request.header.nlmsg_seq = 1;
  NetlinkDump dump(kernel, NETLINK_ROUTE);
  Error last;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    IndexSink sink;
    auto listed = dump.run(std::as_bytes(std::span(&request, 1)), sink);
    if (listed) return std::move(sink.indexes());
    last = listed.error();
    if (last.code != Errc::interrupted_dump) break;  // else an interface came or went meanwhile
  }
  return tl::unexpected(last);
}

}  // namespace tcptable::sys
