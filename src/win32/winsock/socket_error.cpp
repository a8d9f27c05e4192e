// SPDX-License-Identifier: MIT
#include "win32/winsock/socket_error.hpp"

#include <algorithm>
#include <array>
#include <cerrno>

namespace tcptable::win32 {
namespace {

struct Pair {
  int sys_errno;
  int code;
};

// EAGAIN is also what a timeout gives; the callers that can time out tell the two apart.
constexpr std::array<Pair, 35> kPairs{
    {{EINTR, WSAEINTR},
     {EBADF, WSAENOTSOCK},  // Windows has no other descriptors than sockets here
     {EACCES, WSAEACCES},
     {EPERM, WSAEACCES},
     {EFAULT, WSAEFAULT},
     {EINVAL, WSAEINVAL},
     {EMFILE, WSAEMFILE},
     {ENFILE, WSAEMFILE},
     {EAGAIN, WSAEWOULDBLOCK},
     {EINPROGRESS, WSAEINPROGRESS},
     {EALREADY, WSAEALREADY},
     {ENOTSOCK, WSAENOTSOCK},
     {EDESTADDRREQ, WSAEDESTADDRREQ},
     {EMSGSIZE, WSAEMSGSIZE},
     {EPROTOTYPE, WSAEPROTOTYPE},
     {ENOPROTOOPT, WSAENOPROTOOPT},
     {EPROTONOSUPPORT, WSAEPROTONOSUPPORT},
     {ESOCKTNOSUPPORT, WSAESOCKTNOSUPPORT},
     {EOPNOTSUPP, WSAEOPNOTSUPP},
     {EAFNOSUPPORT, WSAEAFNOSUPPORT},
     {EADDRINUSE, WSAEADDRINUSE},
     {EADDRNOTAVAIL, WSAEADDRNOTAVAIL},
     {ENETDOWN, WSAENETDOWN},
     {ENETUNREACH, WSAENETUNREACH},
     {ENETRESET, WSAENETRESET},
     {ECONNABORTED, WSAECONNABORTED},
     {ECONNRESET, WSAECONNRESET},
     {ENOBUFS, WSAENOBUFS},
     {ENOMEM, WSAENOBUFS},
     {EISCONN, WSAEISCONN},
     {ENOTCONN, WSAENOTCONN},
     {EPIPE, WSAESHUTDOWN},
     {ETIMEDOUT, WSAETIMEDOUT},
     {ECONNREFUSED, WSAECONNREFUSED},
     {EHOSTUNREACH, WSAEHOSTUNREACH}}};

}  // namespace

int wsa_code(int sys_errno) noexcept {
  const auto* found = std::find_if(kPairs.begin(), kPairs.end(),
                                   [&](const Pair& pair) { return pair.sys_errno == sys_errno; });
  return found == kPairs.end() ? static_cast<int>(WSAEINVAL) : found->code;
}

int fail_with_wsa(int code) noexcept {
  SetLastError(static_cast<DWORD>(code));
  return -1;
}

int fail_with_errno() noexcept {
  return fail_with_wsa(wsa_code(errno));
}

}  // namespace tcptable::win32
