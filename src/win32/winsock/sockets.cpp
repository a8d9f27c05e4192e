// SPDX-License-Identifier: MIT
// The socket calls under their Windows signatures. This file sees the system's socket headers; the
// declarations that users compile against (winsock2.h) can't be seen beside them, and tests/win32/winsock
// calls each through them.
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>
#include <windows.h>

#include <cerrno>

#include "win32/export.hpp"
#include "win32/winsock/address.hpp"
#include "win32/winsock/socket_error.hpp"

namespace {

using namespace tcptable::win32;
using SOCKET = UINT_PTR;

constexpr SOCKET kInvalidSocket = ~SOCKET{0};
constexpr int kKnownFlags = MSG_OOB | MSG_PEEK | MSG_DONTROUTE;  // these have the same numbers
constexpr int kWindowsWaitAll = 8;
constexpr DWORD kWindowsFionread = 0x4004667f;
constexpr DWORD kWindowsFionbio = 0x8004667e;

sockaddr* generic(AddressBytes& address) {
  return reinterpret_cast<sockaddr*>(address.bytes);
}

// Windows has no signals: a call that one interrupted goes on.
template <typename Call>
auto retried(const Call& call) {
  auto result = call();
  while (result < 0 && errno == EINTR) result = call();
  return result;
}

int done(int result) {
  return result < 0 ? fail_with_errno() : 0;
}

bool is_blocking(int fd) {
  return (fcntl(fd, F_GETFL) & O_NONBLOCK) == 0;
}

// EAGAIN on a socket that blocks can only be its timeout.
int transferred(int fd, ssize_t result) {
  if (result >= 0) return static_cast<int>(result);
  if (errno == EAGAIN && is_blocking(fd)) return fail_with_wsa(WSAETIMEDOUT);
  return fail_with_errno();
}

// Linux' flags, or -1 with the error set.
int linux_flags(int flags) {
  if ((flags & ~(kKnownFlags | kWindowsWaitAll)) != 0) return fail_with_wsa(WSAEOPNOTSUPP);
  return (flags & kKnownFlags) | ((flags & kWindowsWaitAll) != 0 ? MSG_WAITALL : 0);
}

using NameCall = int (*)(int, sockaddr*, socklen_t*);

int get_name(SOCKET s, void* name, int* namelen, NameCall call) {
  if (!is_started()) return -1;
  if (name == nullptr || namelen == nullptr) return fail_with_wsa(WSAEFAULT);
  AddressBytes address{};
  socklen_t size = sizeof address.bytes;
  if (call(descriptor(s), generic(address), &size) < 0) return fail_with_errno();
  address.size = static_cast<int>(size);
  return copy_out(name, namelen, address) ? 0 : fail_with_wsa(WSAEFAULT);
}

}  // namespace

TCPTABLE_WIN32_EXPORT SOCKET WINAPI win32_socket(int af, int type, int protocol) {
  if (!is_started()) return kInvalidSocket;
  const int fd = socket(linux_family(af), type | SOCK_CLOEXEC, protocol);
  if (fd >= 0) return static_cast<SOCKET>(fd);
  fail_with_errno();
  return kInvalidSocket;
}

TCPTABLE_WIN32_EXPORT int WINAPI closesocket(SOCKET s) {
  if (!is_started()) return -1;
  int type = 0;
  socklen_t size = sizeof type;
  // Other descriptors aren't ours to close.
  if (getsockopt(descriptor(s), SOL_SOCKET, SO_TYPE, &type, &size) < 0) return fail_with_errno();
  return done(close(descriptor(s)));
}

TCPTABLE_WIN32_EXPORT int WINAPI win32_bind(SOCKET s, const void* name, int namelen) {
  AddressBytes address{};
  if (!is_started()) return -1;
  if (!copy_in(address, name, namelen)) return fail_with_wsa(WSAEFAULT);
  return done(bind(descriptor(s), generic(address), static_cast<socklen_t>(address.size)));
}

TCPTABLE_WIN32_EXPORT int WINAPI win32_connect(SOCKET s, const void* name, int namelen) {
  AddressBytes address{};
  if (!is_started()) return -1;
  if (!copy_in(address, name, namelen)) return fail_with_wsa(WSAEFAULT);
  const int result =
      retried([&] { return connect(descriptor(s), generic(address), static_cast<socklen_t>(address.size)); });
  if (result < 0 && errno == EINPROGRESS) return fail_with_wsa(WSAEWOULDBLOCK);
  return done(result);
}

TCPTABLE_WIN32_EXPORT int WINAPI win32_listen(SOCKET s, int backlog) {
  return is_started() ? done(listen(descriptor(s), backlog)) : -1;
}

TCPTABLE_WIN32_EXPORT SOCKET WINAPI win32_accept(SOCKET s, void* addr, int* addrlen) {
  if (!is_started()) return kInvalidSocket;
  AddressBytes address{};
  socklen_t size = sizeof address.bytes;
  const int fd = retried([&] { return accept4(descriptor(s), generic(address), &size, SOCK_CLOEXEC); });
  if (fd < 0) {
    fail_with_errno();
    return kInvalidSocket;
  }
  address.size = static_cast<int>(size);
  if (addr != nullptr && (addrlen == nullptr || !copy_out(addr, addrlen, address))) {
    close(fd);
    fail_with_wsa(WSAEFAULT);
    return kInvalidSocket;
  }
  return static_cast<SOCKET>(fd);
}

TCPTABLE_WIN32_EXPORT int WINAPI win32_shutdown(SOCKET s, int how) {
  return is_started() ? done(shutdown(descriptor(s), how)) : -1;
}

TCPTABLE_WIN32_EXPORT int WINAPI win32_sendto(SOCKET s, const char* buf, int len, int flags, const void* to,
                                              int tolen) {
  if (!is_started()) return -1;
  const int translated = linux_flags(flags);
  if (translated < 0) return -1;
  if (len < 0 || (buf == nullptr && len > 0)) return fail_with_wsa(WSAEFAULT);
  AddressBytes address{};
  if (to != nullptr && !copy_in(address, to, tolen)) return fail_with_wsa(WSAEFAULT);
  const int fd = descriptor(s);
  return transferred(fd, retried([&] {
                       return sendto(fd, buf, static_cast<std::size_t>(len), translated | MSG_NOSIGNAL,
                                     to != nullptr ? generic(address) : nullptr,
                                     static_cast<socklen_t>(address.size));
                     }));
}

TCPTABLE_WIN32_EXPORT int WINAPI win32_send(SOCKET s, const char* buf, int len, int flags) {
  return win32_sendto(s, buf, len, flags, nullptr, 0);
}

TCPTABLE_WIN32_EXPORT int WINAPI win32_recvfrom(SOCKET s, char* buf, int len, int flags, void* from,
                                                int* fromlen) {
  if (!is_started()) return -1;
  const int translated = linux_flags(flags);
  if (translated < 0) return -1;
  if (len < 0 || (buf == nullptr && len > 0)) return fail_with_wsa(WSAEFAULT);
  AddressBytes address{};
  iovec piece{buf, static_cast<std::size_t>(len)};
  msghdr message{};
  message.msg_name = address.bytes;
  message.msg_namelen = sizeof address.bytes;
  message.msg_iov = &piece;
  message.msg_iovlen = 1;
  const int fd = descriptor(s);
  const ssize_t got = retried([&] { return recvmsg(fd, &message, translated); });
  if (got < 0) return transferred(fd, got);
  address.size = static_cast<int>(message.msg_namelen);
  if (from != nullptr && (fromlen == nullptr || !copy_out(from, fromlen, address)))
    return fail_with_wsa(WSAEFAULT);
  if ((message.msg_flags & MSG_TRUNC) != 0) return fail_with_wsa(WSAEMSGSIZE);
  return static_cast<int>(got);
}

TCPTABLE_WIN32_EXPORT int WINAPI win32_recv(SOCKET s, char* buf, int len, int flags) {
  return win32_recvfrom(s, buf, len, flags, nullptr, nullptr);
}

TCPTABLE_WIN32_EXPORT int WINAPI win32_getsockname(SOCKET s, void* name, int* namelen) {
  return get_name(s, name, namelen,
                  [](int fd, sockaddr* to, socklen_t* size) { return getsockname(fd, to, size); });
}

TCPTABLE_WIN32_EXPORT int WINAPI win32_getpeername(SOCKET s, void* name, int* namelen) {
  return get_name(s, name, namelen,
                  [](int fd, sockaddr* to, socklen_t* size) { return getpeername(fd, to, size); });
}

TCPTABLE_WIN32_EXPORT int WINAPI ioctlsocket(SOCKET s, LONG cmd, ULONG* argp) {
  const auto command = static_cast<DWORD>(cmd);
  if (!is_started()) return -1;
  if (argp == nullptr) return fail_with_wsa(WSAEFAULT);
  int value = command == kWindowsFionbio && *argp != 0 ? 1 : 0;
  if (command != kWindowsFionbio && command != kWindowsFionread) return fail_with_wsa(WSAEINVAL);
  if (ioctl(descriptor(s), command == kWindowsFionbio ? FIONBIO : FIONREAD, &value) < 0)
    return fail_with_errno();
  if (command == kWindowsFionread) *argp = static_cast<ULONG>(value);
  return 0;
}

TCPTABLE_WIN32_EXPORT int WINAPI win32_gethostname(char* name, int namelen) {
  if (!is_started()) return -1;
  if (name == nullptr || namelen <= 0) return fail_with_wsa(WSAEFAULT);
  return gethostname(name, static_cast<std::size_t>(namelen)) < 0 ? fail_with_wsa(WSAEFAULT) : 0;
}
