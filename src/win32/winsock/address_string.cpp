// SPDX-License-Identifier: MIT
// WSAAddressToStringA, WSAStringToAddressA, what both widths need, and FreeAddrInfoW, which knows no width.
#include "win32/winsock/address_string.hpp"

#include "win32/export.hpp"

#include <ws2tcpip.h>

#include <charconv>
#include <cstdlib>
#include <cstring>
#include <optional>
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

// All of the text, and no more than the type holds.
template <typename Number>
std::optional<Number> whole_number(std::string_view text) {
  Number number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole ? std::optional(number) : std::nullopt;
}

// Takes the text behind the last `mark` off it, as a number; true if there is no mark.
template <typename Number>
bool take_number(std::string_view& text, char mark, Number& number) {
  const std::size_t at = text.rfind(mark);
  if (at == std::string_view::npos) return true;
  const auto parsed = whole_number<Number>(text.substr(at + 1));
  number = parsed.value_or(0);
  text = text.substr(0, at);
  return parsed.has_value();
}

template <typename Address>
std::string bytes_of(const Address& address) {
  std::string bytes(sizeof(address), '\0');
  std::memcpy(bytes.data(), &address, sizeof(address));
  return bytes;
}

std::string ipv4_address(std::string_view text) {
  SOCKADDR_IN address{};
  address.sin_family = AF_INET;
  u_short port = 0;
  if (!take_number(text, ':', port)) return {};
  address.sin_port = htons(port);
  return inet_pton(AF_INET, std::string(text).c_str(), &address.sin_addr) == 1 ? bytes_of(address)
                                                                               : std::string();
}

std::string ipv6_address(std::string_view text) {
  SOCKADDR_IN6 address{};
  address.sin6_family = AF_INET6;
  u_short port = 0;
  if (text.starts_with('[')) {
    const std::size_t end = text.rfind(']');
    if (end == std::string_view::npos) return {};
    std::string_view behind = text.substr(end + 1);
    if (!behind.empty() && (!take_number(behind, ':', port) || !behind.empty())) return {};
    text = text.substr(1, end - 1);
  }
  address.sin6_port = htons(port);
  if (!take_number(text, '%', address.sin6_scope_id)) return {};
  return inet_pton(AF_INET6, std::string(text).c_str(), &address.sin6_addr) == 1 ? bytes_of(address)
                                                                                 : std::string();
}

}  // namespace

std::string address_of_string(std::string_view text, int family) {
  if (family == AF_INET) return ipv4_address(text);
  return family == AF_INET6 ? ipv6_address(text) : std::string();
}

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

TCPTABLE_WIN32_EXPORT int WINAPI WSAStringToAddressA(LPSTR AddressString, int AddressFamily,
                                                     void* /*lpProtocolInfo*/, SOCKADDR* lpAddress,
                                                     int* lpAddressLength) {
  return tcptable::win32::give_address(AddressString, AddressFamily, lpAddress, lpAddressLength);
}

TCPTABLE_WIN32_EXPORT void WINAPI FreeAddrInfoW(PADDRINFOW pAddrInfo) {
  while (pAddrInfo != nullptr) std::free(std::exchange(pAddrInfo, pAddrInfo->ai_next));
}
