// SPDX-License-Identifier: MIT
// The bytes of NETLINK_SOCK_DIAG for inet sockets (linux/inet_diag.h), both ways. Pure: no system calls.
#pragma once

#include "backend/tables.hpp"

#include <linux/inet_diag.h>
#include <linux/netlink.h>

#include <tcptable/connection.hpp>
#include <tcptable/error.hpp>
#include <tcptable/query.hpp>
#include <tcptable/socket_memory.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace tcptable::backend {

struct DiagRequest {
  nlmsghdr header;
  inet_diag_req_v2 body;
};

/// The request of before Linux 3.3: it can't name a family, and so lists both in one pass over the kernel's
/// table, which is what a dump costs.
struct BothFamiliesRequest {
  nlmsghdr header;
  inet_diag_req body;
};

/// What a reply shall tell beyond the row: bits of inet_diag_req_v2::idiag_ext.
inline constexpr std::uint8_t kNothingMore = 0;
inline constexpr std::uint8_t kCounters = 1 << (INET_DIAG_INFO - 1);
inline constexpr std::uint8_t kAllOfTcpInfo = kCounters | 1 << (INET_DIAG_CONG - 1);
inline constexpr std::uint8_t kMemory = 1 << (INET_DIAG_SKMEMINFO - 1);

/// A dump request of one table for the states in `state_mask` (bit n for state n).
DiagRequest make_dump_request(Table table, std::uint32_t state_mask, std::uint8_t extensions);

/// The same for TCP's sockets of both families.
BothFamiliesRequest make_tcp_dump_request(std::uint32_t state_mask, std::uint8_t extensions);

/// The bytes to send for a dump, by one of these requests, of what passes the filter.
std::vector<std::byte> with_filter(std::span<const std::byte> request, const SocketFilter& filter);

/// Asks for the one socket that the kernel finds for the key's endpoints, interface and cookie.
DiagRequest make_get_request(const SocketKey& key, std::uint8_t extensions);

/// Asks to close the very socket that the key's cookie names; success is acknowledged. The cookie must not be
/// 0.
DiagRequest make_destroy_request(const SocketKey& key);

/// Of a word that a socket has been destroyed: whose it was, by INET_DIAG_PROTOCOL; nullopt when it is
/// neither TCP's nor UDP's, or doesn't say.
std::optional<Protocol> protocol_of_destroyed(std::span<const std::byte> payload);

/// One reply's payload as a row; malformed_reply when it is too short or an attribute leaves its bounds.
Result<SocketRow> parse_diag_message(std::span<const std::byte> payload, Protocol protocol);

struct DiagDetails {
  SocketRow row;
  /// Present for every TCP socket whose reply has TCP_INFO.
  std::optional<TcpInfo> tcp_info;
  /// Present where the reply has it.
  std::optional<SocketMemory> memory;
  /// The socket's cgroup v2 group; 0 where the reply names none.
  std::uint64_t cgroup_id = 0;
  bool multipath_subflow = false;  ///< Also where TCP_INFO is absent.
};

/// The same with all that the reply tells beyond the row.
Result<DiagDetails> parse_diag_details(std::span<const std::byte> payload, Protocol protocol);

}  // namespace tcptable::backend
