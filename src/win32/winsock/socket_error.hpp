// SPDX-License-Identifier: MIT
// From errno to Windows Sockets' codes, and the ways in which a socket function fails.
#pragma once

#include <windows.h>

namespace tcptable::win32 {

/// The WSA code that stands for an errno; WSAEINVAL for one that has no counterpart.
int wsa_code(int sys_errno) noexcept;

/// SOCKET_ERROR with errno's code in the thread's last error.
int fail_with_errno() noexcept;
/// SOCKET_ERROR with that code.
int fail_with_wsa(int code) noexcept;

/// True between a successful WSAStartup and its WSACleanup; else WSANOTINITIALISED is set.
bool is_started() noexcept;

/// Handles are descriptors; a value that is none becomes -1, which the kernel refuses.
inline int descriptor(UINT_PTR socket) noexcept {
  return socket > 0x7fffffff ? -1 : static_cast<int>(socket);
}

}  // namespace tcptable::win32
