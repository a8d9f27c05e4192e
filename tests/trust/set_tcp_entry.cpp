// SPDX-License-Identifier: MIT
#include "trust/set_tcp_entry.hpp"

#include <iphlpapi.h>

#include <cstring>

namespace tcptable::test {
namespace {

DWORD address_of(const Endpoint& endpoint) {
  DWORD address = 0;
  std::memcpy(&address, endpoint.address.data(), sizeof address);
  return address;
}

// Network byte order in the low 16 bits.
DWORD port_of(const Endpoint& endpoint) {
  return static_cast<DWORD>(static_cast<std::uint16_t>(endpoint.port << 8 | endpoint.port >> 8));
}

}  // namespace

Closing set_tcp_entry(const SocketKey& key) {
  MIB_TCPROW row{};
  row.dwState = MIB_TCP_STATE_DELETE_TCB;
  row.dwLocalAddr = address_of(key.local);
  row.dwLocalPort = port_of(key.local);
  row.dwRemoteAddr = address_of(key.remote);
  row.dwRemotePort = port_of(key.remote);
  const DWORD code = SetTcpEntry(&row);
  if (code == NO_ERROR) return Closing::done;
  return code == static_cast<DWORD>(ERROR_MR_MID_NOT_FOUND) ? Closing::not_found : Closing::other;
}

}  // namespace tcptable::test
