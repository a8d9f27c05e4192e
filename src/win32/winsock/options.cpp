// SPDX-License-Identifier: MIT
// getsockopt and setsockopt: Windows' numbers and values into Linux' and back.
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <windows.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "win32/export.hpp"
#include "win32/winsock/socket_error.hpp"

namespace {

using namespace tcptable::win32;
using SOCKET = UINT_PTR;

enum class Value { number, milliseconds, linger, error, inverted };

struct Option {
  int windows_level, windows_name;
  int level, name;
  Value value = Value::number;
};

constexpr int kSocketLevel = 0xffff;
constexpr int kExclusive = ~0x0004;

constexpr std::array<Option, 22> kOptions{
    {{kSocketLevel, 0x0001, SOL_SOCKET, SO_DEBUG},
     {kSocketLevel, 0x0002, SOL_SOCKET, SO_ACCEPTCONN},
     {kSocketLevel, 0x0004, SOL_SOCKET, SO_REUSEADDR},
     {kSocketLevel, kExclusive, SOL_SOCKET, SO_REUSEADDR, Value::inverted},
     {kSocketLevel, 0x0008, SOL_SOCKET, SO_KEEPALIVE},
     {kSocketLevel, 0x0010, SOL_SOCKET, SO_DONTROUTE},
     {kSocketLevel, 0x0020, SOL_SOCKET, SO_BROADCAST},
     {kSocketLevel, 0x0080, SOL_SOCKET, SO_LINGER, Value::linger},
     {kSocketLevel, 0x0100, SOL_SOCKET, SO_OOBINLINE},
     {kSocketLevel, 0x1001, SOL_SOCKET, SO_SNDBUF},
     {kSocketLevel, 0x1002, SOL_SOCKET, SO_RCVBUF},
     {kSocketLevel, 0x1005, SOL_SOCKET, SO_SNDTIMEO, Value::milliseconds},
     {kSocketLevel, 0x1006, SOL_SOCKET, SO_RCVTIMEO, Value::milliseconds},
     {kSocketLevel, 0x1007, SOL_SOCKET, SO_ERROR, Value::error},
     {kSocketLevel, 0x1008, SOL_SOCKET, SO_TYPE},
     {IPPROTO_TCP, 1, IPPROTO_TCP, TCP_NODELAY},
     {IPPROTO_TCP, 3, IPPROTO_TCP, TCP_KEEPIDLE},
     {IPPROTO_TCP, 16, IPPROTO_TCP, TCP_KEEPCNT},
     {IPPROTO_TCP, 17, IPPROTO_TCP, TCP_KEEPINTVL},
     {IPPROTO_IP, 4, IPPROTO_IP, IP_TTL},
     {IPPROTO_IPV6, 4, IPPROTO_IPV6, IPV6_UNICAST_HOPS},
     {IPPROTO_IPV6, 27, IPPROTO_IPV6, IPV6_V6ONLY}}};

struct WindowsLinger {
  unsigned short on, seconds;
};

const Option* find_option(int level, int name) {
  const auto* found = std::find_if(kOptions.begin(), kOptions.end(), [&](const Option& option) {
    return option.windows_level == level && option.windows_name == name;
  });
  if (found != kOptions.end()) return found;
  fail_with_wsa(WSAENOPROTOOPT);
  return nullptr;
}

template <typename T>
int set(int fd, const Option& option, const T& value) {
  return setsockopt(fd, option.level, option.name, &value, sizeof value) < 0 ? fail_with_errno() : 0;
}

template <typename T>
bool get(int fd, const Option& option, T& value) {
  socklen_t size = sizeof value;
  return getsockopt(fd, option.level, option.name, &value, &size) == 0;
}

// Windows takes a BOOLEAN of one byte where it takes an int.
int number_from(const char* value, int size) {
  int number = 0;
  std::memcpy(&number, value, std::min(static_cast<std::size_t>(size), sizeof number));
  return number;
}

template <typename T>
int give(char* value, int* size, const T& result) {
  if (*size < static_cast<int>(sizeof result)) return fail_with_wsa(WSAEFAULT);
  std::memcpy(value, &result, sizeof result);
  *size = sizeof result;
  return 0;
}

int get_number(int fd, const Option& option, char* value, int* size) {
  int number = 0;
  if (!get(fd, option, number)) return fail_with_errno();
  if (option.value == Value::error) number = number == 0 ? 0 : wsa_code(number);
  if (option.value == Value::inverted) number = number == 0 ? 1 : 0;
  return give(value, size, number);
}

int get_milliseconds(int fd, const Option& option, char* value, int* size) {
  timeval time{};
  if (!get(fd, option, time)) return fail_with_errno();
  return give(value, size, static_cast<DWORD>(time.tv_sec * 1000 + time.tv_usec / 1000));
}

int get_linger(int fd, const Option& option, char* value, int* size) {
  linger time{};
  if (!get(fd, option, time)) return fail_with_errno();
  return give(
      value, size,
      WindowsLinger{static_cast<unsigned short>(time.l_onoff), static_cast<unsigned short>(time.l_linger)});
}

}  // namespace

TCPTABLE_WIN32_EXPORT int WINAPI win32_setsockopt(SOCKET s, int level, int optname, const char* optval,
                                                  int optlen) {
  if (!is_started()) return -1;
  const Option* option = find_option(level, optname);
  if (option == nullptr) return -1;
  if (optval == nullptr || optlen < 1) return fail_with_wsa(WSAEFAULT);
  const int fd = descriptor(s);
  const int number = number_from(optval, optlen);
  switch (option->value) {
    case Value::number:
      return set(fd, *option, number);
    case Value::inverted:
      return set(fd, *option, number == 0 ? 1 : 0);
    case Value::milliseconds: {
      const auto milliseconds = static_cast<DWORD>(number);
      return set(fd, *option,
                 timeval{milliseconds / 1000, static_cast<suseconds_t>(milliseconds % 1000) * 1000});
    }
    case Value::linger: {
      WindowsLinger wanted{};
      if (optlen < static_cast<int>(sizeof wanted)) return fail_with_wsa(WSAEFAULT);
      std::memcpy(&wanted, optval, sizeof wanted);
      return set(fd, *option, linger{wanted.on, wanted.seconds});
    }
    case Value::error:
      return fail_with_wsa(WSAENOPROTOOPT);  // can only be read
  }
  return fail_with_wsa(WSAENOPROTOOPT);
}

TCPTABLE_WIN32_EXPORT int WINAPI win32_getsockopt(SOCKET s, int level, int optname, char* optval,
                                                  int* optlen) {
  if (!is_started()) return -1;
  const Option* option = find_option(level, optname);
  if (option == nullptr) return -1;
  if (optval == nullptr || optlen == nullptr) return fail_with_wsa(WSAEFAULT);
  const int fd = descriptor(s);
  if (option->value == Value::milliseconds) return get_milliseconds(fd, *option, optval, optlen);
  if (option->value == Value::linger) return get_linger(fd, *option, optval, optlen);
  return get_number(fd, *option, optval, optlen);
}
