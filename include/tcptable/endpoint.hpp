// SPDX-License-Identifier: MIT
// One end of a socket: address, port, scope.
#pragma once

#include <tcptable/export.hpp>

#include <array>
#include <cstdint>
#include <string>

namespace tcptable {

enum class Family : std::uint8_t { ipv4, ipv6 };

struct Endpoint {
  /// Network byte order. IPv4 uses the first four bytes, the rest is zero.
  std::array<std::uint8_t, 16> address{};
  /// Interface index (host byte order) of an IPv6 link-local address, 0 for every other address.
  std::uint32_t scope_id = 0;
  /// Host byte order; 0 where there is none.
  std::uint16_t port = 0;
  Family family = Family::ipv4;

  friend bool operator==(const Endpoint&, const Endpoint&) = default;
};

/// True for 0.0.0.0 and ::.
TCPTABLE_API bool is_unspecified(const Endpoint& endpoint);

/// The address in inet_ntop's form, with "%<scope id>" behind a link-local one; without the port.
TCPTABLE_API std::string address_text(const Endpoint& endpoint);

}  // namespace tcptable
