// SPDX-License-Identifier: MIT
// The text of /proc/net/{tcp,tcp6,udp,udp6} (net/ipv4/tcp_ipv4.c, net/ipv6/tcp_ipv6.c, net/ipv4/udp.c). Pure.
#pragma once

#include "backend/tables.hpp"

#include <tcptable/error.hpp>

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace tcptable::backend {

/// All rows of a table's text, whose first line is the heading; malformed_reply for a line that breaks the
/// format.
Result<std::vector<SocketRow>> parse_net_table(std::string_view text, Table table);

struct InterfaceAddress {
  std::array<std::uint8_t, 16> address;
  std::uint32_t interface;
};

/// The lines of /proc/net/if_inet6: which interface has which address. Lines that break the format are left
/// out.
std::vector<InterfaceAddress> parse_if_inet6(std::string_view text);

/// The text has no scope ids: gives link-local endpoints that of the one interface with the local address.
/// Where two interfaces have it, the scope stays 0: unknown.
void set_scope_ids(std::vector<SocketRow>& rows, const std::vector<InterfaceAddress>& interfaces);

}  // namespace tcptable::backend
