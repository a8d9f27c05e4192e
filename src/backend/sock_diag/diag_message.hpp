// SPDX-License-Identifier: MIT
// The bytes of NETLINK_SOCK_DIAG for inet sockets (linux/inet_diag.h), both ways. Pure: no system calls.
#pragma once

#include "backend/tables.hpp"

#include <linux/inet_diag.h>
#include <linux/netlink.h>

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

/// One reply's payload as a row; malformed_reply when it is too short or an attribute leaves its bounds.
Result<SocketRow> parse_diag_message(std::span<const std::byte> payload, Protocol protocol);

}  // namespace tcptable::backend
