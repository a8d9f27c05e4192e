// SPDX-License-Identifier: MIT
// WSAStartup and its count, and the last error under its socket names.
#include <winsock2.h>

#include <atomic>
#include <cstring>

#include "win32/export.hpp"
#include "win32/winsock/socket_error.hpp"

namespace {

std::atomic<int> started{0};

constexpr WORD kHighest = MAKEWORD(2, 2);

}  // namespace

bool tcptable::win32::is_started() noexcept {
  if (started > 0) return true;
  SetLastError(WSANOTINITIALISED);
  return false;
}

// The codes are returned, not set: without a start there is no last error to ask for.
TCPTABLE_WIN32_EXPORT int WINAPI WSAStartup(WORD wVersionRequested, LPWSADATA lpWSAData) {
  const BYTE major = LOBYTE(wVersionRequested);
  if (major == 0) return WSAVERNOTSUPPORTED;
  if (lpWSAData == nullptr) return WSAEFAULT;
  std::memset(lpWSAData, 0, sizeof *lpWSAData);
  const bool is_version_2 = major >= 2;
  lpWSAData->wVersion = is_version_2 ? kHighest : wVersionRequested;
  if (major == 2 && HIBYTE(wVersionRequested) < 2) lpWSAData->wVersion = wVersionRequested;
  lpWSAData->wHighVersion = kHighest;
  if (!is_version_2) {
    lpWSAData->iMaxSockets = 32767;
    lpWSAData->iMaxUdpDg = 65467;
  }
  strcpy_s(lpWSAData->szDescription, "WinSock 2.0");
  strcpy_s(lpWSAData->szSystemStatus, "Running");
  ++started;
  return 0;
}

TCPTABLE_WIN32_EXPORT int WINAPI WSACleanup() {
  int count = started;
  while (count > 0 && !started.compare_exchange_weak(count, count - 1)) {
  }
  return count > 0 ? 0 : tcptable::win32::fail_with_wsa(WSANOTINITIALISED);
}

TCPTABLE_WIN32_EXPORT int WINAPI WSAGetLastError() {
  return static_cast<int>(GetLastError());
}

TCPTABLE_WIN32_EXPORT void WINAPI WSASetLastError(int iError) {
  SetLastError(static_cast<DWORD>(iError));
}
