// SPDX-License-Identifier: MIT
#include "backend/sock_diag/socket_lookup.hpp"

#include <libmnl/libmnl.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <optional>
#include <utility>

#include "backend/sock_diag/diag_message.hpp"
#include "model/socket_match.hpp"
#include "sys/interfaces.hpp"
#include "sys/netlink_dump.hpp"
#include "sys/netlink_exchange.hpp"

namespace tcptable::backend {
namespace {

const Error kNotFound{Errc::not_found, Step::receive_reply, ENOENT};

class DetailsSink final : public sys::MessageSink {
 public:
  explicit DetailsSink(Protocol protocol) : protocol_(protocol) {}

  Result<void> message(const nlmsghdr& header) override {
    const auto* payload = static_cast<const std::byte*>(mnl_nlmsg_get_payload(&header));
    auto details = parse_diag_details({payload, mnl_nlmsg_get_payload_len(&header)}, protocol_);
    if (!details) return tl::unexpected(details.error());
    details_ = SocketDetails{details->row, std::move(details->tcp_info), details->multipath_subflow};
    return {};
  }

  const std::optional<SocketDetails>& details() const { return details_; }

 private:
  Protocol protocol_;
  std::optional<SocketDetails> details_;
};

Result<void> ask(sys::Kernel& kernel, const DiagRequest& request, DetailsSink& sink) {
  auto answered = sys::exchange(kernel, NETLINK_SOCK_DIAG, std::as_bytes(std::span(&request, 1)), sink);
  if (answered || answered.error().sys_errno != ENOENT) return answered;
  return tl::unexpected(kNotFound);
}

// ENOENT is the answer to "no such socket" and to "no such module" alike; an empty dump tells them apart.
Result<void> confirm_support(sys::Kernel& kernel, Protocol protocol) {
  static std::array<std::atomic<bool>, 2> confirmed{};
  auto& known = confirmed[static_cast<std::size_t>(protocol)];
  if (known) return {};
  const DiagRequest request = make_dump_request({protocol, Family::ipv4}, 0, kNothingMore);
  DetailsSink sink(protocol);
  auto done = sys::NetlinkDump(kernel, NETLINK_SOCK_DIAG).run(std::as_bytes(std::span(&request, 1)), sink);
  if (done) known = true;
  return done;
}

// What the kernel finds through one interface, if it is what was meant.
Result<SocketDetails> look_up_through(sys::Kernel& kernel, const LookUp& wanted, std::uint32_t interface) {
  SocketKey key = wanted.key;
  key.interface = interface;
  DetailsSink sink(key.protocol);
  auto answered =
      ask(kernel, make_get_request(key, wanted.with_tcp_info ? kAllOfTcpInfo : kNothingMore), sink);
  if (!answered) return tl::unexpected(answered.error());
  if (!sink.details()) return tl::unexpected(kNotFound);
  const SocketRow& row = sink.details()->row;
  const bool meant =
      wanted.match == Match::named ? model::is_named_by(row, wanted.key) : model::serves(row, wanted.key);
  if (!meant) return tl::unexpected(kNotFound);
  return *sink.details();
}

bool is_miss(const Result<SocketDetails>& found) {
  return !found && found.error() == kNotFound;
}

std::uint32_t interface_of(const SocketKey& key) {
  if (key.interface != 0) return key.interface;
  return key.local.scope_id != 0 ? key.local.scope_id : key.remote.scope_id;
}

}  // namespace

Result<SocketDetails> look_up(sys::Kernel& kernel, const LookUp& wanted) {
  const std::uint32_t interface = interface_of(wanted.key);
  auto found = look_up_through(kernel, wanted, interface);
  if (!is_miss(found)) return found;
  if (auto supported = confirm_support(kernel, wanted.key.protocol); !supported) {
    return tl::unexpected(supported.error());
  }
  if (interface != 0) return found;
  // A socket bound to an interface is seen only from there.
  auto interfaces = sys::list_interfaces(kernel);
  if (!interfaces) return tl::unexpected(interfaces.error());
  for (const std::uint32_t index : *interfaces) {
    found = look_up_through(kernel, wanted, index);
    if (!is_miss(found)) break;
  }
  return found;
}

Result<void> destroy(sys::Kernel& kernel, const SocketRow& row) {
  DetailsSink sink(row.protocol);
  return ask(kernel, make_destroy_request(key_of(row)), sink);
}

}  // namespace tcptable::backend
