// SPDX-License-Identifier: MIT
// Addresses as text and back. The plain W symbols speak UTF-16; the _wchar32 twins serve C and C++ here.
#include <arpa/inet.h>
#include <windows.h>

#include <array>
#include <cstring>

#include "win32/export.hpp"
#include "win32/winsock/address.hpp"
#include "win32/winsock/socket_error.hpp"

namespace {

using namespace tcptable::win32;

constexpr socklen_t kLongestText = 65;

const char* to_text(int family, const void* address, std::array<char, kLongestText>& text) {
  return inet_ntop(linux_family(family), address, text.data(), kLongestText);
}

template <typename Char>
Char* to_buffer(int family, const void* address, Char* buffer, std::size_t size) {
  const auto fail = [](int code) -> Char* {
    fail_with_wsa(code);
    return nullptr;
  };
  if (address == nullptr || buffer == nullptr) return fail(WSA_INVALID_PARAMETER);
  std::array<char, kLongestText> text;
  if (to_text(family, address, text) == nullptr) return fail(WSAEAFNOSUPPORT);
  const std::size_t length = std::strlen(text.data());
  if (size <= length) return fail(WSA_INVALID_PARAMETER);
  for (std::size_t i = 0; i <= length; ++i) buffer[i] = static_cast<Char>(text[i]);
  return buffer;
}

template <typename Char>
int from_text(int family, const Char* text, void* address) {
  if (text == nullptr || address == nullptr) return fail_with_wsa(WSAEFAULT);
  std::array<char, kLongestText> narrow{};
  for (std::size_t i = 0; text[i] != 0; ++i) {
    if (i + 1 == narrow.size() || static_cast<unsigned>(text[i]) > 0x7f)
      return 0;  // no address looks like that
    narrow[i] = static_cast<char>(text[i]);
  }
  const int result = inet_pton(linux_family(family), narrow.data(), address);
  return result < 0 ? fail_with_wsa(WSAEAFNOSUPPORT) : result;
}

}  // namespace

TCPTABLE_WIN32_EXPORT const char* WINAPI win32_inet_ntop(int Family, const void* pAddr, char* pStringBuf,
                                                         size_t size) {
  return to_buffer(Family, pAddr, pStringBuf, size);
}

TCPTABLE_WIN32_EXPORT int WINAPI win32_inet_pton(int Family, const char* pszAddrString, void* pAddrBuf) {
  return from_text(Family, pszAddrString, pAddrBuf);
}

TCPTABLE_WIN32_EXPORT const char16_t* WINAPI InetNtopW(int Family, const void* pAddr, char16_t* pStringBuf,
                                                       size_t size) {
  return to_buffer(Family, pAddr, pStringBuf, size);
}

TCPTABLE_WIN32_EXPORT int WINAPI InetPtonW(int Family, const char16_t* pszAddrString, void* pAddrBuf) {
  return from_text(Family, pszAddrString, pAddrBuf);
}

TCPTABLE_WIN32_EXPORT const char32_t* WINAPI InetNtopW_wchar32(int Family, const void* pAddr,
                                                               char32_t* pStringBuf, size_t size) {
  return to_buffer(Family, pAddr, pStringBuf, size);
}

TCPTABLE_WIN32_EXPORT int WINAPI InetPtonW_wchar32(int Family, const char32_t* pszAddrString,
                                                   void* pAddrBuf) {
  return from_text(Family, pszAddrString, pAddrBuf);
}

// For other languages, which know the ANSI functions by these names.
TCPTABLE_WIN32_EXPORT const char* WINAPI InetNtopA(int Family, const void* pAddr, char* pStringBuf,
                                                   size_t size) {
  return to_buffer(Family, pAddr, pStringBuf, size);
}

TCPTABLE_WIN32_EXPORT int WINAPI InetPtonA(int Family, const char* pszAddrString, void* pAddrBuf) {
  return from_text(Family, pszAddrString, pAddrBuf);
}
