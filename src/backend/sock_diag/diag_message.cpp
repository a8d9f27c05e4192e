// SPDX-License-Identifier: MIT
#include "backend/sock_diag/diag_message.hpp"

#include <arpa/inet.h>
#include <libmnl/libmnl.h>
#include <linux/sock_diag.h>
#include <linux/tcp.h>
#include <netinet/in.h>

#include <algorithm>
#include <cstring>

#include "model/row_rules.hpp"

namespace tcptable::backend {
namespace {

// The kernel's ages are differences of its tick counter: each may be one tick (10 ms at the slowest, HZ=100)
// too long.
constexpr std::uint32_t kLongestTickMs = 10;

// The longest time that the socket has certainly existed. A member of tcp_info counts from boot until its
// event has happened once, so each is used only when another tells that it has (tcp_get_info,
// net/ipv4/tcp.c).
std::uint32_t minimum_age(const tcp_info& info, State state) {
  std::uint32_t age = 0;
  if (state == State::listen || state == State::syn_sent || state == State::syn_recv) return 0;
  if (info.tcpi_data_segs_out > 0) age = std::max(age, info.tcpi_last_data_sent);
  if (info.tcpi_data_segs_in > 0) age = std::max(age, info.tcpi_last_data_recv);
  if (info.tcpi_segs_in > 0) age = std::max(age, info.tcpi_last_ack_recv);
  return age > kLongestTickMs ? age - kLongestTickMs : 0;
}

std::uint32_t age_from_attribute(const nlattr& attribute, State state) {
  tcp_info info{};
  const std::size_t size = std::min<std::size_t>(mnl_attr_get_payload_len(&attribute), sizeof info);
  std::memcpy(&info, mnl_attr_get_payload(&attribute), size);
  return minimum_age(info, state);
}

Endpoint endpoint_from(const __be32 (&address)[4], __be16 port, const inet_diag_msg& message) {
  Endpoint endpoint;
  endpoint.family = message.idiag_family == AF_INET ? Family::ipv4 : Family::ipv6;
  const std::size_t size = endpoint.family == Family::ipv4 ? 4 : 16;
  std::memcpy(endpoint.address.data(), address, size);
  endpoint.port = ntohs(port);
  if (model::is_link_local(endpoint)) endpoint.scope_id = message.id.idiag_if;
  return endpoint;
}

Result<State> state_from(std::uint8_t number, Protocol protocol) {
  if (number < 1 || number > 11) return tl::unexpected(Error{Errc::malformed_reply, Step::receive_reply, 0});
  // TCP reports a bound socket that neither listens nor connects, asked for by its own bit, as CLOSE.
  if (protocol == Protocol::tcp && number == static_cast<std::uint8_t>(State::close)) return State::bound;
  return static_cast<State>(number);
}

}  // namespace

DiagRequest make_dump_request(Table table, std::uint32_t state_mask, bool with_tcp_info) {
  DiagRequest request{};
  request.header.nlmsg_len = sizeof request;
  request.header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
  request.header.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP;
  request.header.nlmsg_seq = 1;
  request.body.sdiag_family = table.family == Family::ipv4 ? AF_INET : AF_INET6;
  request.body.sdiag_protocol = table.protocol == Protocol::tcp ? IPPROTO_TCP : IPPROTO_UDP;
  request.body.idiag_ext = with_tcp_info ? 1 << (INET_DIAG_INFO - 1) : 0;
  request.body.idiag_states = state_mask;
  return request;
}

Result<SocketRow> parse_diag_message(std::span<const std::byte> payload, Protocol protocol) {
  const Error malformed{Errc::malformed_reply, Step::receive_reply, 0};
  inet_diag_msg message{};
  if (payload.size() < sizeof message) return tl::unexpected(malformed);
  std::memcpy(&message, payload.data(), sizeof message);
  if (message.idiag_family != AF_INET && message.idiag_family != AF_INET6) return tl::unexpected(malformed);
  auto state = state_from(message.idiag_state, protocol);
  if (!state) return tl::unexpected(state.error());

  SocketRow row;
  row.protocol = protocol;
  row.state = *state;
  row.local = endpoint_from(message.id.idiag_src, message.id.idiag_sport, message);
  row.remote = endpoint_from(message.id.idiag_dst, message.id.idiag_dport, message);
  row.cookie = std::uint64_t{message.id.idiag_cookie[1]} << 32 | message.id.idiag_cookie[0];
  row.inode = message.idiag_inode;
  row.uid = model::known_uid(row.state, row.inode, message.idiag_uid);
  row.receive_queue = message.idiag_rqueue;
  row.send_queue = message.idiag_wqueue;
  row.interface = message.id.idiag_if;

  int left = static_cast<int>(payload.size() - NLMSG_ALIGN(sizeof message));
  const auto* attribute = reinterpret_cast<const nlattr*>(payload.data() + NLMSG_ALIGN(sizeof message));
  for (; mnl_attr_ok(attribute, left); attribute = mnl_attr_next(attribute)) {
    left -= static_cast<int>(MNL_ALIGN(attribute->nla_len));
    if (mnl_attr_get_type(attribute) == INET_DIAG_INFO && protocol == Protocol::tcp) {
      row.minimum_age_ms = age_from_attribute(*attribute, row.state);
    }
  }
  if (left > 0) return tl::unexpected(malformed);
  return row;
}

}  // namespace tcptable::backend
