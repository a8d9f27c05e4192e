// SPDX-License-Identifier: MIT
#include "backend/sock_diag/diag_message.hpp"

#include <arpa/inet.h>
#include <libmnl/libmnl.h>
#include <linux/sock_diag.h>
#include <linux/tcp.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

#include "backend/sock_diag/diag_filter.hpp"
#include "backend/sock_diag/tcp_info_attribute.hpp"
#include "model/row_rules.hpp"
#include "model/socket_match.hpp"

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

std::span<const std::byte> value_of(const nlattr& attribute) {
  return {static_cast<const std::byte*>(mnl_attr_get_payload(&attribute)),
          mnl_attr_get_payload_len(&attribute)};
}

std::uint32_t age_from_attribute(const nlattr& attribute, State state) {
  tcp_info info{};
  const auto value = value_of(attribute);
  std::memcpy(&info, value.data(), std::min(value.size(), sizeof info));
  return minimum_age(info, state);
}

Ipv6Only ipv6_only_from(const nlattr& attribute) {
  const auto value = value_of(attribute);
  if (value.empty()) return Ipv6Only::unknown;
  return value.front() == std::byte{0} ? Ipv6Only::no : Ipv6Only::yes;
}

// Hands each attribute to `visit`; false when one leaves the bounds.
template <typename Visit>
bool for_each_attribute(std::span<const std::byte> bytes, const Visit& visit) {
  int left = static_cast<int>(bytes.size());
  const auto* attribute = reinterpret_cast<const nlattr*>(bytes.data());
  for (; mnl_attr_ok(attribute, left); attribute = mnl_attr_next(attribute)) {
    left -= static_cast<int>(MNL_ALIGN(attribute->nla_len));
    visit(*attribute);
  }
  return left <= 0;
}

// A name that a NUL ends, or the attribute.
std::string_view text_of(const nlattr& attribute) {
  const auto value = value_of(attribute);
  const std::string_view text(reinterpret_cast<const char*>(value.data()), value.size());
  return text.substr(0, text.find('\0'));
}

std::string_view upper_layer_name(const nlattr& upper_layer) {
  std::string_view name;
  for_each_attribute(value_of(upper_layer), [&](const nlattr& attribute) {
    if (mnl_attr_get_type(&attribute) == INET_ULP_INFO_NAME) name = text_of(attribute);
  });
  return name;
}

std::uint64_t cgroup_id_from(const nlattr& attribute) {
  std::uint64_t id = 0;
  const auto value = value_of(attribute);
  if (value.size() == sizeof id) std::memcpy(&id, value.data(), sizeof id);
  return id;
}

SocketMemory memory_from(const nlattr& attribute) {
  std::array<std::uint32_t, SK_MEMINFO_VARS> numbers{};
  const auto value = value_of(attribute);
  std::memcpy(numbers.data(), value.data(), std::min(value.size(), sizeof numbers));
  SocketMemory memory;
  memory.received = numbers[SK_MEMINFO_RMEM_ALLOC];
  memory.receive_buffer = numbers[SK_MEMINFO_RCVBUF];
  memory.sending = numbers[SK_MEMINFO_WMEM_QUEUED];
  memory.send_buffer = numbers[SK_MEMINFO_SNDBUF];
  if (value.size() > SK_MEMINFO_DROPS * sizeof(std::uint32_t)) memory.drops = numbers[SK_MEMINFO_DROPS];
  return memory;
}

std::span<const std::byte> attributes_in(std::span<const std::byte> payload) {
  return payload.subspan(std::min(payload.size(), NLMSG_ALIGN(sizeof(inet_diag_msg))));
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

template <typename Request>
Request with_header(std::uint16_t type, std::uint16_t flags) {
  Request request{};
  request.header.nlmsg_len = sizeof request;
  request.header.nlmsg_type = type;
  request.header.nlmsg_flags = static_cast<std::uint16_t>(NLM_F_REQUEST | flags);
  request.header.nlmsg_seq = 1;
  return request;
}

DiagRequest make_request(std::uint16_t type, std::uint16_t flags, Table table, std::uint8_t extensions) {
  auto request = with_header<DiagRequest>(type, flags);
  request.body.sdiag_family = table.family == Family::ipv4 ? AF_INET : AF_INET6;
  request.body.sdiag_protocol = table.protocol == Protocol::tcp ? IPPROTO_TCP : IPPROTO_UDP;
  request.body.idiag_ext = extensions;
  return request;
}

// UDP's exact look-up wants a packet's endpoints as they arrive: from the remote end to the local one
// (udp_dump_one, net/ipv4/udp_diag.c).
void set_endpoints(inet_diag_sockid& id, Protocol protocol, Endpoint local, Endpoint remote) {
  if (protocol == Protocol::udp) std::swap(local, remote);
  std::memcpy(id.idiag_src, local.address.data(), sizeof id.idiag_src);
  std::memcpy(id.idiag_dst, remote.address.data(), sizeof id.idiag_dst);
  id.idiag_sport = htons(local.port);
  id.idiag_dport = htons(remote.port);
}

// The IPv4 look-up finds mapped sockets of IPv6 too; for UDP it is the only one that finds both kinds.
DiagRequest make_key_request(std::uint16_t type, std::uint16_t flags, const SocketKey& key,
                             std::uint8_t extensions) {
  const Endpoint local = model::unmapped(key.local);
  const Endpoint remote = model::unmapped(key.remote);
  DiagRequest request = make_request(type, flags, {key.protocol, local.family}, extensions);
  set_endpoints(request.body.id, key.protocol, local, remote);
  request.body.id.idiag_if = key.interface;
  const std::uint64_t cookie = key.cookie;
  request.body.id.idiag_cookie[0] = cookie == 0 ? INET_DIAG_NOCOOKIE : static_cast<std::uint32_t>(cookie);
  request.body.id.idiag_cookie[1] =
      cookie == 0 ? INET_DIAG_NOCOOKIE : static_cast<std::uint32_t>(cookie >> 32);
  return request;
}

}  // namespace

DiagRequest make_dump_request(Table table, std::uint32_t state_mask, std::uint8_t extensions) {
  DiagRequest request = make_request(SOCK_DIAG_BY_FAMILY, NLM_F_DUMP, table, extensions);
  request.body.idiag_states = state_mask;
  return request;
}

BothFamiliesRequest make_tcp_dump_request(std::uint32_t state_mask, std::uint8_t extensions) {
  auto request = with_header<BothFamiliesRequest>(TCPDIAG_GETSOCK, NLM_F_DUMP);
  request.body.idiag_states = state_mask;
  request.body.idiag_ext = extensions;
  return request;
}

std::vector<std::byte> with_filter(std::span<const std::byte> request, const SocketFilter& filter) {
  const auto bytecode = diag_bytecode(filter);
  std::vector<std::byte> message(request.begin(), request.end());
  if (bytecode.empty()) return message;
  nlattr attribute{};
  attribute.nla_type = INET_DIAG_REQ_BYTECODE;
  attribute.nla_len = static_cast<std::uint16_t>(sizeof attribute + bytecode.size());
  const auto head = std::as_bytes(std::span(&attribute, 1));
  message.insert(message.end(), head.begin(), head.end());
  message.insert(message.end(), bytecode.begin(), bytecode.end());
  const auto length = static_cast<std::uint32_t>(message.size());
  std::memcpy(message.data() + offsetof(nlmsghdr, nlmsg_len), &length, sizeof length);
  return message;
}

DiagRequest make_get_request(const SocketKey& key, std::uint8_t extensions) {
  return make_key_request(SOCK_DIAG_BY_FAMILY, 0, key, extensions);
}

DiagRequest make_destroy_request(const SocketKey& key) {
  return make_key_request(SOCK_DESTROY, NLM_F_ACK, key, kNothingMore);
}

std::optional<Protocol> protocol_of_destroyed(std::span<const std::byte> payload) {
  std::optional<Protocol> protocol;
  for_each_attribute(attributes_in(payload), [&](const nlattr& attribute) {
    const auto value = value_of(attribute);
    if (mnl_attr_get_type(&attribute) != INET_DIAG_PROTOCOL || value.empty()) return;
    const auto number = std::to_integer<std::uint8_t>(value.front());
    if (number == IPPROTO_TCP) protocol = Protocol::tcp;
    if (number == IPPROTO_UDP) protocol = Protocol::udp;
  });
  return protocol;
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

  const bool sound = for_each_attribute(attributes_in(payload), [&](const nlattr& attribute) {
    if (mnl_attr_get_type(&attribute) == INET_DIAG_INFO && protocol == Protocol::tcp) {
      row.minimum_age_ms = age_from_attribute(attribute, row.state);
    }
    if (mnl_attr_get_type(&attribute) == INET_DIAG_SKV6ONLY) row.ipv6_only = ipv6_only_from(attribute);
  });
  if (!sound) return tl::unexpected(malformed);
  return row;
}

Result<DiagDetails> parse_diag_details(std::span<const std::byte> payload, Protocol protocol) {
  auto row = parse_diag_message(payload, protocol);
  if (!row) return tl::unexpected(row.error());
  DiagDetails details;
  details.row = *row;
  std::string_view congestion_control;
  std::string_view upper_layer;
  for_each_attribute(attributes_in(payload), [&](const nlattr& attribute) {
    switch (mnl_attr_get_type(&attribute)) {
      case INET_DIAG_INFO:
        if (protocol == Protocol::tcp) details.tcp_info = parse_tcp_info(value_of(attribute));
        break;
      case INET_DIAG_CONG:
        congestion_control = text_of(attribute);
        break;
      case INET_DIAG_ULP_INFO:
        upper_layer = upper_layer_name(attribute);
        break;
      case INET_DIAG_SKMEMINFO:
        details.memory = memory_from(attribute);
        break;
      case INET_DIAG_CGROUP_ID:
        details.cgroup_id = cgroup_id_from(attribute);
        break;
    }
  });
  details.multipath_subflow = upper_layer == "mptcp";  // net/mptcp/subflow.c
  if (details.tcp_info) {
    details.tcp_info->congestion_control = congestion_control;
    details.tcp_info->upper_layer = upper_layer;
  }
  return details;
}

}  // namespace tcptable::backend
