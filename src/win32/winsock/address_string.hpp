// SPDX-License-Identifier: MIT
// WSAAddressToString and WSAStringToAddress for any width of characters.
#pragma once

#include "win32/winsock/socket_error.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace tcptable::win32 {

/// Longer than any text of an address with a scope and a port.
inline constexpr std::size_t kLongestAddress = 128;

/// The text of a Windows socket address, or an empty one for what is none.
std::string address_string(const void* address, std::size_t size);

/// Into the caller's buffer of `*length` characters, which becomes those used, or needed; with the zero.
template <typename Char>
int give_address_string(const void* address, std::size_t size, Char* buffer, DWORD* length) {
  if (address == nullptr || length == nullptr) return fail_with_wsa(WSAEFAULT);
  const std::string text = address_string(address, size);
  if (text.empty()) return fail_with_wsa(WSAEINVAL);
  const bool fits = buffer != nullptr && *length > text.size();
  *length = static_cast<DWORD>(text.size() + 1);
  if (!fits) return fail_with_wsa(WSAEFAULT);
  std::ranges::copy(text, buffer);
  buffer[text.size()] = Char{};
  return 0;
}

/// The Windows socket address that the text stands for, as bytes; empty for what is none of that family.
std::string address_of_string(std::string_view text, int family);

/// Into the caller's buffer of `*length` bytes, which becomes those used, or needed.
template <typename Char>
int give_address(const Char* text, int family, void* buffer, int* length) {
  if (text == nullptr || buffer == nullptr || length == nullptr) return fail_with_wsa(WSAEFAULT);
  std::string narrow;
  for (; *text != Char{} && narrow.size() < kLongestAddress; ++text)
    narrow += *text > Char{' '} && *text < Char{0x7f} ? static_cast<char>(*text) : '?';
  const std::string address = address_of_string(narrow, family);
  if (address.empty()) return fail_with_wsa(WSAEINVAL);
  const int size = static_cast<int>(address.size());
  const bool fits = *length >= size;
  *length = size;
  if (!fits) return fail_with_wsa(WSAEFAULT);
  std::ranges::copy(address, static_cast<char*>(buffer));
  return 0;
}

}  // namespace tcptable::win32
