// SPDX-License-Identifier: MIT
// Any bytes as the kernel's answer to a dump, to a question and as a word of a destroyed socket: no crash, no
// byte read outside of them, and no row of a message that breaks the format.
#include <linux/netlink.h>

#include "api/events/event_record.hpp"
#include "backend/sock_diag/diag_message.hpp"
#include "fuzz/byte_source.hpp"
#include "support/scripted_netlink.hpp"
#include "sys/netlink_dump.hpp"

namespace {

using tcptable::test::bytes_of;
using tcptable::test::ByteSource;
using tcptable::test::require;
using tcptable::test::ScriptedNetlink;

class ParseAll final : public tcptable::sys::MessageSink {
 public:
  tcptable::Result<void> message(const nlmsghdr& header) override {
    const auto* payload = reinterpret_cast<const std::byte*>(&header) + NLMSG_HDRLEN;
    check({payload, header.nlmsg_len - NLMSG_HDRLEN});
    return {};
  }

  static void check(std::span<const std::byte> payload) {
    for (const auto protocol : {tcptable::Protocol::tcp, tcptable::Protocol::udp}) {
      const auto row = tcptable::backend::parse_diag_message(payload, protocol);
      const auto details = tcptable::backend::parse_diag_details(payload, protocol);
      require(row || payload.size() < sizeof(inet_diag_msg) ||
              row.error().code == tcptable::Errc::malformed_reply);
      require(!details || (row && details->row.cookie == row->cookie));
    }
  }
};

// A byte for the length, in steps of 16, then the datagram; 255 is a call that fails.
void script(ScriptedNetlink& kernel, ByteSource& source) {
  constexpr std::uint8_t kFails = 255;
  while (!source.empty()) {
    const auto length = source.value<std::uint8_t>();
    if (length == kFails) {
      kernel.fail(source.value<std::uint8_t>() % 134 + 1);
      continue;
    }
    const auto datagram = bytes_of(source.take(length * std::size_t{16}));
    kernel.deliver({{datagram.begin(), datagram.end()}, 0, 0, 0});
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  ByteSource source(data, size);
  ScriptedNetlink kernel;
  script(kernel, source);
  ParseAll sink;
  const auto request = tcptable::backend::make_dump_request({tcptable::Protocol::tcp, tcptable::Family::ipv4},
                                                            ~0U, tcptable::backend::kAllOfTcpInfo);
  static_cast<void>(
      tcptable::sys::NetlinkDump(kernel, NETLINK_SOCK_DIAG).run(std::as_bytes(std::span(&request, 1)), sink));
  require(kernel.open_descriptors() == 0);

  const auto whole = bytes_of({reinterpret_cast<const char*>(data), size});
  ParseAll::check(whole);
  static_cast<void>(tcptable::api::event_from_destroyed(whole, {}));
  return 0;
}
