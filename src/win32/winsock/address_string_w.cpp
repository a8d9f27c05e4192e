// SPDX-License-Identifier: MIT
// WSAAddressToStringW and WSAStringToAddressW. Compiled twice, see win32/wide_unit.hpp.
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

TCPTABLE_WIN32_EXPORT int WINAPI WSAStringToAddressW(LPWSTR AddressString, int AddressFamily,
                                                     void* /*lpProtocolInfo*/, SOCKADDR* lpAddress,
                                                     int* lpAddressLength) {
  using namespace tcptable::win32;
  const LPCWSTR text = AddressString;
  return give_address(units(text), AddressFamily, lpAddress, lpAddressLength);
}
