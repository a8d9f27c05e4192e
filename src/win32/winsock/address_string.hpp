// SPDX-License-Identifier: MIT
// WSAAddressToString for any width of characters.
#pragma once

#include "win32/winsock/socket_error.hpp"

#include <algorithm>
#include <cstddef>
#include <string>

namespace tcptable::win32 {

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

}  // namespace tcptable::win32
