// SPDX-License-Identifier: MIT
// The functions of winsock2.h and ws2tcpip.h: no socket, no buffer, addresses of no size, unknown numbers.
#include <winsock2.h>
#include <ws2tcpip.h>

#include "win32/arguments/bad_call.hpp"

namespace bad_arguments {
namespace {

constexpr SOCKET kNone = INVALID_SOCKET;

// A UDP socket for the length of one call.
class AnySocket {
 public:
  AnySocket() : socket_(::socket(AF_INET, SOCK_DGRAM, 0)) {}
  AnySocket(const AnySocket&) = delete;
  AnySocket& operator=(const AnySocket&) = delete;
  ~AnySocket() { ::closesocket(socket_); }
  SOCKET get() const { return socket_; }

 private:
  SOCKET socket_;
};

// The code of a call that returns SOCKET_ERROR, else 0.
ULONG code_of(int result) {
  return result == SOCKET_ERROR ? static_cast<ULONG>(::WSAGetLastError()) : NO_ERROR;
}

void add(BadCalls& calls, const char* symbol, const char* arguments, std::vector<ULONG> codes,
         std::function<ULONG()> call) {
  calls.push_back({symbol, arguments, std::move(codes), std::move(call)});
}

void add_without_socket(BadCalls& calls) {
  const std::vector<ULONG> none{WSAENOTSOCK};
  add(calls, "closesocket", "no socket", none, [] { return code_of(::closesocket(kNone)); });
  add(calls, "win32_listen", "no socket", none, [] { return code_of(::listen(kNone, -1)); });
  add(calls, "win32_shutdown", "no socket", none, [] { return code_of(::shutdown(kNone, 99)); });
  add(calls, "win32_accept", "no socket", none, [] {
    return ::accept(kNone, nullptr, nullptr) == INVALID_SOCKET ? static_cast<ULONG>(::WSAGetLastError()) : 0U;
  });
  add(calls, "win32_send", "no socket", none, [] { return code_of(::send(kNone, "x", 1, 0)); });
  add(calls, "win32_recv", "no socket", none, [] {
    char byte = 0;
    return code_of(::recv(kNone, &byte, 1, 0));
  });
  add(calls, "ioctlsocket", "no socket", none, [] {
    u_long on = 1;
    return code_of(::ioctlsocket(kNone, static_cast<LONG>(FIONBIO), &on));
  });
}

void add_without_buffer(BadCalls& calls) {
  const std::vector<ULONG> fault{WSAEFAULT, WSAEINVAL};
  add(calls, "win32_bind", "no address", fault, [] {
    const AnySocket any;
    return code_of(::bind(any.get(), nullptr, 16));
  });
  add(calls, "win32_connect", "address of no size", fault, [] {
    const AnySocket any;
    const sockaddr address{};
    return code_of(::connect(any.get(), &address, -1));
  });
  add(calls, "win32_sendto", "address of huge size", fault, [] {
    const AnySocket any;
    const sockaddr address{};
    return code_of(::sendto(any.get(), "x", 1, 0, &address, INT32_MAX));
  });
  add(calls, "win32_recvfrom", "unknown flags", {WSAEOPNOTSUPP}, [] {
    const AnySocket any;
    return code_of(::recvfrom(any.get(), nullptr, 0, INT32_MIN, nullptr, nullptr));
  });
  add(calls, "win32_getsockname", "no buffer", fault, [] {
    const AnySocket any;
    return code_of(::getsockname(any.get(), nullptr, nullptr));
  });
  add(calls, "win32_getpeername", "no buffer", {WSAEFAULT, WSAEINVAL, WSAENOTCONN}, [] {
    const AnySocket any;
    return code_of(::getpeername(any.get(), nullptr, nullptr));
  });
  add(calls, "win32_getsockopt", "no buffer", fault, [] {
    const AnySocket any;
    return code_of(::getsockopt(any.get(), SOL_SOCKET, SO_RCVBUF, nullptr, nullptr));
  });
  add(calls, "win32_setsockopt", "no buffer", fault, [] {
    const AnySocket any;
    return code_of(::setsockopt(any.get(), SOL_SOCKET, SO_RCVBUF, nullptr, 4));
  });
  add(calls, "ioctlsocket", "no buffer", fault, [] {
    const AnySocket any;
    return code_of(::ioctlsocket(any.get(), static_cast<LONG>(FIONBIO), nullptr));
  });
  add(calls, "win32_gethostname", "no buffer", fault, [] { return code_of(::gethostname(nullptr, 0)); });
  add(calls, "WSAStartup", "no data", fault,
      [] { return static_cast<ULONG>(::WSAStartup(0x0202, nullptr)); });
}

void add_unknown_numbers(BadCalls& calls) {
  for (const int garbage : kGarbage) {
    add(calls, "win32_socket", "unknown family",
        {WSAEAFNOSUPPORT, WSAEINVAL, WSAESOCKTNOSUPPORT, WSAEPROTONOSUPPORT}, [garbage] {
          return ::socket(garbage, garbage, garbage) == INVALID_SOCKET
                     ? static_cast<ULONG>(::WSAGetLastError())
                     : 0U;
        });
  }
  add(calls, "win32_select", "nothing to wait for", {WSAEINVAL, NO_ERROR}, [] {
    timeval now{};
    return code_of(::select(-1, nullptr, nullptr, nullptr, &now));
  });
}

template <typename Char>
using NtopOf = const Char*(int, const void*, Char*, size_t);
template <typename Char>
using PtonOf = int(int, const Char*, void*);

template <typename Char>
void add_address_texts(BadCalls& calls, const char* ntop_name, const char* pton_name) {
  const std::vector<ULONG> invalid{WSAEFAULT, WSA_INVALID_PARAMETER};
  auto* const ntop = exported<NtopOf<Char>>(ntop_name);
  auto* const pton = exported<PtonOf<Char>>(pton_name);
  const auto code_of_text = [](const Char* text) {
    return text == nullptr ? static_cast<ULONG>(::WSAGetLastError()) : ULONG{NO_ERROR};
  };
  add(calls, ntop_name, "nothing", invalid, [=] { return code_of_text(ntop(AF_INET, nullptr, nullptr, 0)); });
  add(calls, ntop_name, "no buffer", invalid, [=] {
    const unsigned char address[16] = {};
    return code_of_text(ntop(AF_INET6, address, nullptr, 64));
  });
  add(calls, ntop_name, "no room", invalid, [=] {
    const unsigned char address[16] = {};
    Char text[1];
    return code_of_text(ntop(AF_INET, address, text, 1));
  });
  add(calls, pton_name, "nothing", invalid, [=] { return code_of(pton(AF_INET, nullptr, nullptr)); });
  for (const int garbage : {-1, 0, 1, 3, 99, INT32_MAX}) {
    add(calls, ntop_name, "unknown family", {WSAEAFNOSUPPORT}, [=] {
      const unsigned char address[16] = {};
      Char text[64];
      return code_of_text(ntop(garbage, address, text, 64));
    });
    add(calls, pton_name, "unknown family", {WSAEAFNOSUPPORT}, [=] {
      unsigned char address[16];
      const Char text[] = {'1', 0};
      return code_of(pton(garbage, text, address));
    });
  }
}

void add_names(BadCalls& calls) {
  add(calls, "win32_getaddrinfo", "no names", {WSAHOST_NOT_FOUND}, [] {
    ADDRINFOA* list = nullptr;
    return static_cast<ULONG>(::getaddrinfo(nullptr, nullptr, nullptr, &list));
  });
  add(calls, "win32_freeaddrinfo", "no list", {NO_ERROR}, [] {
    ::freeaddrinfo(nullptr);
    return ULONG{NO_ERROR};
  });
  add(calls, "win32_getnameinfo", "no address", {WSAEFAULT, WSAEINVAL, WSAEAFNOSUPPORT}, [] {
    char name[8];
    return static_cast<ULONG>(::getnameinfo(nullptr, 0, name, sizeof name, nullptr, 0, 0));
  });
  add_address_texts<char>(calls, "win32_inet_ntop", "win32_inet_pton");
  add_address_texts<char>(calls, "InetNtopA", "InetPtonA");
  add_address_texts<char16_t>(calls, "InetNtopW", "InetPtonW");
  add_address_texts<wchar_t>(calls, "InetNtopW_wchar32", "InetPtonW_wchar32");
}

template <typename Call>
std::function<ULONG()> code_of_absent(const Call& call) {
  return [call] { return call() == nullptr ? static_cast<ULONG>(::WSAGetLastError()) : ULONG{NO_ERROR}; };
}

void add_databases(BadCalls& calls) {
  add(calls, "win32_gethostbyname", "no name of a host",
      {WSAHOST_NOT_FOUND, WSATRY_AGAIN, WSANO_RECOVERY, WSANO_DATA},
      code_of_absent([] { return ::gethostbyname("."); }));
  add(calls, "win32_gethostbyaddr", "nothing", {WSAEFAULT},
      code_of_absent([] { return ::gethostbyaddr(nullptr, 4, AF_INET); }));
  for (const int garbage : {-1, 0, 1, 99, INT32_MAX}) {
    add(calls, "win32_gethostbyaddr", "unknown family", {WSAEAFNOSUPPORT},
        code_of_absent([garbage] { return ::gethostbyaddr("1234", 4, garbage); }));
  }
  for (const int size : {1, 5, INT32_MAX}) {
    add(calls, "win32_gethostbyaddr", "a size of no address", {WSAEFAULT},
        code_of_absent([size] { return ::gethostbyaddr("1234", size, AF_INET); }));
  }
  add(calls, "win32_getservbyname", "nothing", {WSAEFAULT},
      code_of_absent([] { return ::getservbyname(nullptr, nullptr); }));
  for (const int garbage : {-1, INT32_MIN, INT32_MAX}) {
    add(calls, "win32_getservbyport", "no port", {WSANO_DATA},
        code_of_absent([garbage] { return ::getservbyport(garbage, nullptr); }));
    add(calls, "win32_getprotobynumber", "no number", {WSANO_DATA},
        code_of_absent([garbage] { return ::getprotobynumber(garbage); }));
  }
  add(calls, "win32_getprotobyname", "nothing", {WSAEFAULT},
      code_of_absent([] { return ::getprotobyname(nullptr); }));
}

}  // namespace

bool start_winsock() {
  WSADATA data;
  return ::WSAStartup(MAKEWORD(2, 2), &data) == 0;
}

void add_winsock_calls(BadCalls& calls) {
  add_without_socket(calls);
  add_without_buffer(calls);
  add_unknown_numbers(calls);
  add_names(calls);
  add_databases(calls);
}

}  // namespace bad_arguments
