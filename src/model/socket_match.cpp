// SPDX-License-Identifier: MIT
#include "model/socket_match.hpp"

#include <algorithm>

namespace tcptable {
namespace model {
namespace {

constexpr std::array<std::uint8_t, 12> kMappedPrefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

// A key without a scope id means any.
bool same_endpoint(const Endpoint& socket, const Endpoint& wanted) {
  Endpoint have = unmapped(socket);
  const Endpoint want = unmapped(wanted);
  if (want.scope_id == 0) have.scope_id = 0;
  return have == want;
}

bool same_cookie(const SocketRow& row, const SocketKey& key) {
  return key.cookie == 0 || key.cookie == row.cookie;
}

}  // namespace

Endpoint unmapped(const Endpoint& endpoint) {
  if (endpoint.family != Family::ipv6 ||
      !std::equal(kMappedPrefix.begin(), kMappedPrefix.end(), endpoint.address.begin())) {
    return endpoint;
  }
  Endpoint result;
  result.port = endpoint.port;
  std::copy(endpoint.address.begin() + kMappedPrefix.size(), endpoint.address.end(), result.address.begin());
  return result;
}

bool is_nowhere(const Endpoint& endpoint) {
  return endpoint.port == 0 && is_unspecified(endpoint);
}

bool is_named_by(const SocketRow& row, const SocketKey& key) {
  return row.protocol == key.protocol && same_endpoint(row.local, key.local) &&
         same_endpoint(row.remote, key.remote) && (key.interface == 0 || key.interface == row.interface) &&
         same_cookie(row, key);
}

bool serves(const SocketRow& row, const SocketKey& key) {
  if (row.protocol != key.protocol || row.local.port != key.local.port || !same_cookie(row, key))
    return false;
  if (!same_endpoint(row.local, key.local) && !is_unspecified(row.local)) return false;
  if (same_endpoint(row.remote, key.remote)) return true;
  return is_nowhere(row.remote) && (key.protocol == Protocol::udp || is_nowhere(key.remote));
}

}  // namespace model

SocketKey key_of(const SocketRow& row) {
  return {row.protocol, row.local, row.remote, row.interface, row.cookie};
}

}  // namespace tcptable
