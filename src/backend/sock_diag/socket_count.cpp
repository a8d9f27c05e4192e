// SPDX-License-Identifier: MIT
#include "backend/sock_diag/socket_count.hpp"

#include <libmnl/libmnl.h>

#include <cstring>

#include "backend/hashed_sockets.hpp"
#include "backend/sock_diag/diag_message.hpp"
#include "sys/netlink_dump.hpp"

namespace tcptable::backend {
namespace {

constexpr Step kStep = Step::read_net_table;
constexpr std::uint8_t kTimeWaitTimer = 3;  // inet_twsk_diag_fill, net/ipv4/inet_diag.c

// Whether hashed_sockets has it.
bool is_counted(const inet_diag_msg& message) {
  return message.idiag_timer != kTimeWaitTimer && message.idiag_state != static_cast<int>(State::time_wait) &&
         message.idiag_state != static_cast<int>(State::syn_recv);
}

class CountingSink final : public sys::MessageSink {
 public:
  explicit CountingSink(StateSet asked) : asked_(asked) {}

  Result<void> message(const nlmsghdr& header) override {
    inet_diag_msg message;
    if (mnl_nlmsg_get_payload_len(&header) < sizeof message)
      return tl::unexpected(Error{Errc::malformed_reply, kStep, 0});
    std::memcpy(&message, mnl_nlmsg_get_payload(&header), sizeof message);
    counted += is_counted(message) ? 1 : 0;
    asked_for += asked_.contains(static_cast<State>(message.idiag_state)) ? 1 : 0;
    return {};
  }

  std::size_t counted = 0;    // by the kernel, too
  std::size_t asked_for = 0;  // by the caller

 private:
  StateSet asked_;
};

}  // namespace

Result<std::size_t> count_tcp_sockets(sys::Kernel& kernel, Family family, StateSet states) {
  const std::uint32_t others = StateSet::all().without(State::established).mask();
  const DiagRequest request = make_dump_request({Protocol::tcp, family}, others, kNothingMore);
  CountingSink sink(states);
  auto dumped = sys::NetlinkDump(kernel, NETLINK_SOCK_DIAG).run(std::as_bytes(std::span(&request, 1)), sink);
  if (!dumped) return tl::unexpected(dumped.error());
  const auto hashed = hashed_sockets(kernel, family);
  if (!hashed) return tl::unexpected(hashed.error());
  const std::size_t established = *hashed > sink.counted ? *hashed - sink.counted : 0;
  return established + sink.asked_for;
}

}  // namespace tcptable::backend
