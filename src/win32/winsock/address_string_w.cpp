// SPDX-License-Identifier: MIT
// WSAAddressToStringW. Compiled twice, see win32/wide_unit.hpp.
#include "win32/export.hpp"
#include "win32/wide_unit.hpp"
#include "win32/winsock/address_string.hpp"

#include <ws2tcpip.h>

TCPTABLE_WIN32_EXPORT int WINAPI WSAAddressToStringW(SOCKADDR* lpsaAddress, DWORD dwAddressLength,
                                                     void* /*lpProtocolInfo*/, LPWSTR lpszAddressString,
                                                     LPDWORD lpdwAddressStringLength) {
  using namespace tcptable::win32;
  return give_address_string(lpsaAddress, dwAddressLength, units(lpszAddressString), lpdwAddressStringLength);
}
