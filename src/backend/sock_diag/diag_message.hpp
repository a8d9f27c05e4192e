// SPDX-License-Identifier: MIT
// The bytes of NETLINK_SOCK_DIAG for inet sockets (linux/inet_diag.h), both ways. Pure: no system calls.
#pragma once

#include "backend/tables.hpp"

#include <linux/inet_diag.h>
#include <linux/netlink.h>

#include <tcptable/connection.hpp>
#include <tcptable/error.hpp>
#include <tcptable/query.hpp>

#include <cstddef>
#include <span>

namespace tcptable::backend {

struct DiagRequest {
  nlmsghdr header;
  inet_diag_req_v2 body;
};

/// A dump request of one table for the states in `state_mask` (bit n for state n).
DiagRequest make_dump_request(Table table, std::uint32_t state_mask, bool with_tcp_info);

/// Asks for the one socket that the kernel finds for the key's endpoints, interface and cookie.
DiagRequest make_get_request(const SocketKey& key, bool with_tcp_info);

/// Asks to close the very socket that the key's cookie names; success is acknowledged. The cookie must not be
/// 0.
DiagRequest make_destroy_request(const SocketKey& key);

/// One reply's payload as a row; malformed_reply when it is too short or an attribute leaves its bounds.
Result<SocketRow> parse_diag_message(std::span<const std::byte> payload, Protocol protocol);

/// The same with all that the reply tells beyond the row.
Result<SocketDetails> parse_diag_details(std::span<const std::byte> payload, Protocol protocol);

}  // namespace tcptable::backend
