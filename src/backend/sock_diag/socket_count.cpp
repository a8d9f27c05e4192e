// SPDX-License-Identifier: MIT
#include "backend/sock_diag/socket_count.hpp"

#include <fcntl.h>
#include <libmnl/libmnl.h>

#include <array>
#include <charconv>
#include <cstring>

#include "backend/sock_diag/diag_message.hpp"
#include "sys/file.hpp"
#include "sys/netlink_dump.hpp"

namespace tcptable::backend {
namespace {

constexpr Step kStep = Step::read_net_table;
constexpr std::uint8_t kTimeWaitTimer = 3;  // inet_twsk_diag_fill, net/ipv4/inet_diag.c

// Mini-sockets of TIME_WAIT and FIN_WAIT2, and requests, have left the kernel's count or were never in it
// (sock_prot_inuse_add, net/ipv4/inet_hashtables.c).
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

Result<std::size_t> hashed_sockets(sys::Kernel& kernel, Family family) {
  std::array<char, 512> buffer;
  const char* const path =
      family == Family::ipv4 ? "/proc/thread-self/net/sockstat" : "/proc/thread-self/net/sockstat6";
  const auto text = sys::read_small(kernel, {AT_FDCWD, path}, buffer, kStep);
  if (!text) return tl::unexpected(text.error());
  const auto number = parse_hashed_sockets(*text, family);
  if (!number) return tl::unexpected(Error{Errc::malformed_reply, kStep, 0});
  return *number;
}

}  // namespace

std::optional<std::size_t> parse_hashed_sockets(std::string_view text, Family family) {
  const std::string_view words = family == Family::ipv4 ? "TCP: inuse " : "TCP6: inuse ";
  const std::size_t at = text.find(words);
  if (at == text.npos) return std::nullopt;
  std::size_t number = 0;
  const char* const first = text.data() + at + words.size();
  const auto [end, error] = std::from_chars(first, text.data() + text.size(), number);
  if (error != std::errc{} || end == first) return std::nullopt;
  return number;
}

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
