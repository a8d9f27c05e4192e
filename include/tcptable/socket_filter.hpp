// SPDX-License-Identifier: MIT
// Which sockets a snapshot shall hold, by their ports and addresses: what the kernel can sort out by itself.
#pragma once

#include <tcptable/endpoint.hpp>
#include <tcptable/export.hpp>
#include <tcptable/socket_row.hpp>

#include <array>
#include <cstdint>
#include <optional>

namespace tcptable {

/// Ports from `first` to `last`, both included, in host byte order; none where `last` is less. A socket
/// without a peer has the remote port 0.
struct PortRange {
  std::uint16_t first = 0;
  std::uint16_t last = 65535;

  /// One port alone.
  static constexpr PortRange only(std::uint16_t port) { return {port, port}; }
  constexpr bool contains(std::uint16_t port) const { return first <= port && port <= last; }

  friend bool operator==(const PortRange&, const PortRange&) = default;
};

/// Addresses that begin with the first `length` bits of `address`. A prefix of IPv4 has the IPv4-mapped
/// addresses (::ffff:a.b.c.d) of IPv6 sockets too, as in the kernel's own filter; one of IPv6 has no IPv4
/// sockets. The wildcard address is an address like any other: 0.0.0.0 is not in 10.0.0.0/8.
struct AddressPrefix {
  /// Network byte order. IPv4 uses the first four bytes.
  std::array<std::uint8_t, 16> address{};
  /// At most 32 for IPv4, 128 for IPv6: more is Errc::invalid_argument.
  std::uint8_t length = 0;
  Family family = Family::ipv4;

  friend bool operator==(const AddressPrefix&, const AddressPrefix&) = default;
};

/// Every member that is there must hold. The sock_diag backend hands them to the kernel
/// (INET_DIAG_REQ_BYTECODE, linux/inet_diag.h), which then makes no message for the other sockets.
struct SocketFilter {
  std::optional<PortRange> port;  ///< The local port or the remote one.
  std::optional<PortRange> local_port;
  std::optional<PortRange> remote_port;
  std::optional<AddressPrefix> address;  ///< The local address or the remote one.
  std::optional<AddressPrefix> local_address;
  std::optional<AddressPrefix> remote_address;

  bool empty() const { return *this == SocketFilter(); }

  friend bool operator==(const SocketFilter&, const SocketFilter&) = default;
};

/// Whether a snapshot by this filter has the row.
TCPTABLE_API bool matches(const SocketFilter& filter, const SocketRow& row);

}  // namespace tcptable
