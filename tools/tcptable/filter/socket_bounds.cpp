// SPDX-License-Identifier: MIT
// Interval arithmetic on ports, and common prefixes of addresses.
#include "tcptable/filter/socket_bounds.hpp"

#include <algorithm>
#include <bit>

namespace tool::filter {
namespace {

using tcptable::AddressPrefix;
using tcptable::PortRange;
using tcptable::SocketFilter;
using Ports = std::optional<PortRange>;
using Address = std::optional<AddressPrefix>;

PortRange to_ports(Range range) {
  return {static_cast<std::uint16_t>(range.first), static_cast<std::uint16_t>(range.last)};
}

PortRange around(PortRange a, PortRange b) {
  return {std::min(a.first, b.first), std::max(a.last, b.last)};
}

// The longest prefix that has both; none where the families differ.
Address around(const AddressPrefix& a, const AddressPrefix& b) {
  if (a.family != b.family) return std::nullopt;
  AddressPrefix common{{}, 0, a.family};
  const unsigned most = std::min(a.length, b.length);
  unsigned bits = 0;
  for (std::size_t i = 0; i < a.address.size() && bits == i * 8; ++i) {
    const auto differing = static_cast<std::uint8_t>(a.address[i] ^ b.address[i]);
    bits += static_cast<unsigned>(std::countl_zero(differing));
  }
  common.length = static_cast<std::uint8_t>(std::min(bits, most));
  for (unsigned i = 0; i < common.length; ++i)
    common.address[i / 8] =
        static_cast<std::uint8_t>(common.address[i / 8] | (a.address[i / 8] & 0x80U >> i % 8));
  return common;
}

template <typename T>
std::optional<T> around(const std::optional<T>& a, const std::optional<T>& b) {
  return a && b ? std::optional<T>(around(*a, *b)) : std::nullopt;
}

Address around(const Address& a, const Address& b) {
  return a && b ? around(*a, *b) : std::nullopt;
}

// Of one end: what lies within both.
Ports within(const Ports& a, const Ports& b) {
  if (!a || !b) return a ? a : b;
  return PortRange{std::max(a->first, b->first), std::min(a->last, b->last)};
}

// Of two prefixes that the same address has, one begins with the other.
Address narrower(const Address& a, const Address& b) {
  if (!a || !b) return a ? a : b;
  return a->length >= b->length && a->family == b->family ? a : b;
}

// What is said of one end is also true of "either end".
template <typename T>
const std::optional<T>& either(const std::optional<T>& said, const std::optional<T>& local,
                               const std::optional<T>& remote) {
  return said ? said : local ? local : remote;
}

}  // namespace

SocketFilter bounds_of(const NumberTest& test) {
  SocketFilter bounds;
  if (info(test.key).kind != ValueKind::port || test.ranges.empty()) return bounds;
  PortRange ports = to_ports(test.ranges.front());
  for (const Range& range : test.ranges) ports = around(ports, to_ports(range));
  auto& end = test.key == Key::local_port    ? bounds.local_port
              : test.key == Key::remote_port ? bounds.remote_port
                                             : bounds.port;
  end = ports;
  return bounds;
}

SocketFilter bounds_of(const EndpointTest& test) {
  const auto bounds_of_pattern = [&](const EndpointPattern& pattern) {
    SocketFilter bounds;
    auto& ports = test.key == Key::local    ? bounds.local_port
                  : test.key == Key::remote ? bounds.remote_port
                                            : bounds.port;
    auto& address = test.key == Key::local    ? bounds.local_address
                    : test.key == Key::remote ? bounds.remote_address
                                              : bounds.address;
    if (pattern.ports) ports = to_ports(*pattern.ports);
    if (pattern.prefix)
      address = AddressPrefix{pattern.prefix->address, pattern.prefix->bits, pattern.prefix->family};
    return bounds;
  };
  SocketFilter bounds = bounds_of_pattern(test.patterns.front());
  for (const EndpointPattern& pattern : test.patterns) bounds = hull(bounds, bounds_of_pattern(pattern));
  return bounds;
}

// Two tests on either end may be met by one end each: there the first one is kept, and no intersection made.
SocketFilter intersection(const SocketFilter& a, const SocketFilter& b) {
  SocketFilter both;
  both.port = a.port ? a.port : b.port;
  both.local_port = within(a.local_port, b.local_port);
  both.remote_port = within(a.remote_port, b.remote_port);
  both.address = a.address ? a.address : b.address;
  both.local_address = narrower(a.local_address, b.local_address);
  both.remote_address = narrower(a.remote_address, b.remote_address);
  return both;
}

SocketFilter hull(const SocketFilter& a, const SocketFilter& b) {
  SocketFilter bounds;
  bounds.local_port = around(a.local_port, b.local_port);
  bounds.remote_port = around(a.remote_port, b.remote_port);
  bounds.local_address = around(a.local_address, b.local_address);
  bounds.remote_address = around(a.remote_address, b.remote_address);
  if (!bounds.local_port && !bounds.remote_port)
    bounds.port =
        around(either(a.port, a.local_port, a.remote_port), either(b.port, b.local_port, b.remote_port));
  if (!bounds.local_address && !bounds.remote_address)
    bounds.address = around(either(a.address, a.local_address, a.remote_address),
                            either(b.address, b.local_address, b.remote_address));
  return bounds;
}

bool is_empty(const SocketFilter& bounds) {
  const auto none = [](const Ports& ports) { return ports && ports->last < ports->first; };
  return none(bounds.port) || none(bounds.local_port) || none(bounds.remote_port);
}

}  // namespace tool::filter
