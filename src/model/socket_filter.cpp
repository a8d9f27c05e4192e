// SPDX-License-Identifier: MIT
#include <tcptable/socket_filter.hpp>

#include <algorithm>
#include <cstddef>

#include "model/socket_match.hpp"

namespace tcptable {
namespace {

bool same_bits(const std::array<std::uint8_t, 16>& a, const std::array<std::uint8_t, 16>& b, unsigned count) {
  const std::size_t whole = std::min<std::size_t>(count / 8, a.size());
  if (!std::equal(a.begin(), a.begin() + whole, b.begin())) return false;
  const unsigned rest = count % 8;
  if (rest == 0 || whole == a.size()) return true;
  return ((a[whole] ^ b[whole]) >> (8 - rest)) == 0;
}

bool contains(const AddressPrefix& prefix, const Endpoint& endpoint) {
  const Endpoint compared = prefix.family == Family::ipv4 ? model::unmapped(endpoint) : endpoint;
  return compared.family == prefix.family && same_bits(compared.address, prefix.address, prefix.length);
}

bool contains(const PortRange& range, const Endpoint& endpoint) {
  return range.contains(endpoint.port);
}

template <typename Condition>
bool holds(const std::optional<Condition>& condition, const Endpoint& endpoint) {
  return !condition || contains(*condition, endpoint);
}

template <typename Condition>
bool holds_at_one_end(const std::optional<Condition>& condition, const SocketRow& row) {
  return !condition || contains(*condition, row.local) || contains(*condition, row.remote);
}

}  // namespace

bool matches(const SocketFilter& filter, const SocketRow& row) {
  return holds_at_one_end(filter.port, row) && holds(filter.local_port, row.local) &&
         holds(filter.remote_port, row.remote) && holds_at_one_end(filter.address, row) &&
         holds(filter.local_address, row.local) && holds(filter.remote_address, row.remote);
}

}  // namespace tcptable
