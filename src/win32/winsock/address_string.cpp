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

void append_port(std::string& text, u_short network_port) {
  text += ':';
  text += std::to_string(ntohs(network_port));
}

}  // namespace

std::string address_string(const void* address, std::size_t size) {
  const int family = size < sizeof(u_short) ? AF_UNSPEC : static_cast<const SOCKADDR*>(address)->sa_family;
  if (family == AF_INET && size >= sizeof(SOCKADDR_IN)) {
    const auto& ipv4 = *static_cast<const SOCKADDR_IN*>(address);
    std::string text = host_text(AF_INET, &ipv4.sin_addr);
    if (ipv4.sin_port != 0) append_port(text, ipv4.sin_port);
    return text;
  }
  if (family == AF_INET6 && size >= sizeof(SOCKADDR_IN6)) {
    const auto& ipv6 = *static_cast<const SOCKADDR_IN6*>(address);
    std::string text = ipv6.sin6_port != 0 ? "[" : "";
    text += host_text(AF_INET6, &ipv6.sin6_addr);
    if (ipv6.sin6_scope_id != 0) text.append("%").append(std::to_string(ipv6.sin6_scope_id));
    if (ipv6.sin6_port == 0) return text;
    text += ']';
    append_port(text, ipv6.sin6_port);
    return text;
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
