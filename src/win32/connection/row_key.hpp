// SPDX-License-Identifier: MIT
// From a row that a caller gives to the name of its connection.
#pragma once

#include <tcpmib.h>

#include <tcptable/connection.hpp>

#include <cstring>

namespace tcptable::win32 {

/// The upper 16 bits may be uninitialised (Windows page MIB_TCPROW).
inline std::uint16_t port_from(DWORD port) {
  return static_cast<std::uint16_t>((port & 0xff) << 8 | (port >> 8 & 0xff));
}

template <typename Address>
Endpoint endpoint_from(Family family, const Address& address, DWORD port) {
  Endpoint endpoint;
  endpoint.family = family;
  endpoint.port = port_from(port);
  static_assert(sizeof address <= sizeof endpoint.address);
  std::memcpy(endpoint.address.data(), &address, sizeof address);
  return endpoint;
}

inline SocketKey key_from(const MIB_TCPROW& row) {
  SocketKey key;
  key.local = endpoint_from(Family::ipv4, row.dwLocalAddr, row.dwLocalPort);
  key.remote = endpoint_from(Family::ipv4, row.dwRemoteAddr, row.dwRemotePort);
  return key;
}

inline SocketKey key_from(const MIB_TCP6ROW& row) {
  SocketKey key;
  key.local = endpoint_from(Family::ipv6, row.LocalAddr, row.dwLocalPort);
  key.local.scope_id = row.dwLocalScopeId;
  key.remote = endpoint_from(Family::ipv6, row.RemoteAddr, row.dwRemotePort);
  key.remote.scope_id = row.dwRemoteScopeId;
  return key;
}

}  // namespace tcptable::win32
