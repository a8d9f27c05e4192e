// SPDX-License-Identifier: MIT
// WSAAddressToStringA, the text for both widths, and FreeAddrInfoW, which knows no width.
#include "win32/winsock/address_string.hpp"

#include "win32/export.hpp"

#include <ws2tcpip.h>

#include <cstdlib>
#include <utility>

namespace tcptable::win32 {
namespace {

std::string host_text(int family, const void* host) {
  char text[INET6_ADDRSTRLEN] = "";
  return inet_ntop(family, host, text, sizeof(text)) != nullptr ? text : "";
}

std::string port_text(u_short network_port) {
  return network_port == 0 ? "" : ":" + std::to_string(ntohs(network_port));
}

}  // namespace

std::string address_string(const void* address, std::size_t size) {
  const int family = size < sizeof(u_short) ? AF_UNSPEC : static_cast<const SOCKADDR*>(address)->sa_family;
  if (family == AF_INET && size >= sizeof(SOCKADDR_IN)) {
    const auto& ipv4 = *static_cast<const SOCKADDR_IN*>(address);
    return host_text(AF_INET, &ipv4.sin_addr) + port_text(ipv4.sin_port);
  }
  if (family == AF_INET6 && size >= sizeof(SOCKADDR_IN6)) {
    const auto& ipv6 = *static_cast<const SOCKADDR_IN6*>(address);
    std::string host = host_text(AF_INET6, &ipv6.sin6_addr);
    if (ipv6.sin6_scope_id != 0) host += "%" + std::to_string(ipv6.sin6_scope_id);
    return ipv6.sin6_port == 0 ? host : "[" + host + "]" + port_text(ipv6.sin6_port);
  }
  return {};
}

}  // namespace tcptable::win32

TCPTABLE_WIN32_EXPORT int WINAPI WSAAddressToStringA(SOCKADDR* lpsaAddress, DWORD dwAddressLength,
                                                     void* /*lpProtocolInfo*/, LPSTR lpszAddressString,
                                                     LPDWORD lpdwAddressStringLength) {
  return tcptable::win32::give_address_string(lpsaAddress, dwAddressLength, lpszAddressString,
                                              lpdwAddressStringLength);
}

TCPTABLE_WIN32_EXPORT void WINAPI FreeAddrInfoW(PADDRINFOW pAddrInfo) {
  while (pAddrInfo != nullptr) std::free(std::exchange(pAddrInfo, pAddrInfo->ai_next));
}
