// SPDX-License-Identifier: MIT
// gethostbyname and its kin: hosts, services and protocols by name and by number. Each thread has one answer
// of each kind, which its next call overwrites, as on Windows.
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>
#include <windows.h>

#include <array>
#include <cerrno>
#include <climits>
#include <vector>

#include "win32/error_map.hpp"
#include "win32/export.hpp"
#include "win32/winsock/address.hpp"
#include "win32/winsock/socket_error.hpp"

namespace {

using namespace tcptable::win32;

// The layouts of Windows' structures: its numbers are short.
struct WindowsHost {
  char* name;
  char** aliases;
  short family;
  short address_size;
  char** addresses;
};

struct WindowsService {
  char* name;
  char** aliases;
  char* protocol;
  short port;
};

struct WindowsProtocol {
  char* name;
  char** aliases;
  short number;
};

int code_of_host_error(int host_error) {
  switch (host_error) {
    case HOST_NOT_FOUND:
      return WSAHOST_NOT_FOUND;
    case TRY_AGAIN:
      return WSATRY_AGAIN;
    case NO_DATA:
      return WSANO_DATA;
    default:
      return WSANO_RECOVERY;
  }
}

// What one of libc's reentrant functions fills in, and the bytes that it puts its texts into.
template <typename Entry>
struct Answer {
  Entry entry{};
  std::vector<char> bytes = std::vector<char>(1024);

  /// Runs `call(&entry, bytes, size, &found)` with as much room as it wants; null where there is nothing.
  template <typename Call>
  Entry* ask(const Call& call) {
    for (;;) {
      Entry* found = nullptr;
      const int error = call(&entry, bytes.data(), bytes.size(), &found);
      if (error != ERANGE) return error == 0 ? found : nullptr;
      bytes.resize(bytes.size() * 2);
    }
  }
};

template <typename Windows>
Windows* fail_without(int code) {
  fail_with_wsa(code);
  return nullptr;
}

// Runs `answer`, which returns what it found or null with the code set.
template <typename Windows, typename Find>
Windows* answer_started(const Find& find) {
  if (!is_started()) return nullptr;
  Windows* result = nullptr;
  const ULONG code = guarded([&]() -> ULONG {
    result = find();
    return NO_ERROR;
  });
  return code == NO_ERROR ? result : fail_without<Windows>(WSA_NOT_ENOUGH_MEMORY);
}

// `call` is one of the functions for hosts, which have an error code of their own.
template <typename Call>
WindowsHost* find_host(const Call& call) {
  static thread_local Answer<hostent> answer;
  static thread_local WindowsHost host;
  return answer_started<WindowsHost>([&]() -> WindowsHost* {
    int host_error = 0;
    const hostent* const found = answer.ask([&](hostent* entry, char* bytes, std::size_t size, hostent** to) {
      return call(entry, bytes, size, to, &host_error);
    });
    if (found == nullptr) return fail_without<WindowsHost>(code_of_host_error(host_error));
    host = {found->h_name, found->h_aliases, static_cast<short>(windows_family(found->h_addrtype)),
            static_cast<short>(found->h_length), found->h_addr_list};
    return &host;
  });
}

template <typename Call>
WindowsService* find_service(const Call& call) {
  static thread_local Answer<servent> answer;
  static thread_local WindowsService service;
  return answer_started<WindowsService>([&]() -> WindowsService* {
    const servent* const found = answer.ask(call);
    if (found == nullptr) return fail_without<WindowsService>(WSANO_DATA);
    service = {found->s_name, found->s_aliases, found->s_proto, static_cast<short>(found->s_port)};
    return &service;
  });
}

template <typename Call>
WindowsProtocol* find_protocol(const Call& call) {
  static thread_local Answer<protoent> answer;
  static thread_local WindowsProtocol protocol;
  return answer_started<WindowsProtocol>([&]() -> WindowsProtocol* {
    const protoent* const found = answer.ask(call);
    if (found == nullptr) return fail_without<WindowsProtocol>(WSANO_DATA);
    protocol = {found->p_name, found->p_aliases, static_cast<short>(found->p_proto)};
    return &protocol;
  });
}

}  // namespace

TCPTABLE_WIN32_EXPORT WindowsHost* WINAPI win32_gethostbyname(const char* name) {
  std::array<char, HOST_NAME_MAX + 1> own{};
  if (name == nullptr || *name == '\0') {
    ::gethostname(own.data(), own.size() - 1);
    name = own.data();
  }
  return find_host([name](hostent* entry, char* bytes, std::size_t size, hostent** found, int* error) {
    return ::gethostbyname2_r(name, AF_INET, entry, bytes, size, found, error);
  });
}

TCPTABLE_WIN32_EXPORT WindowsHost* WINAPI win32_gethostbyaddr(const char* address, int size, int family) {
  const int wanted = linux_family(family);
  if (wanted != AF_INET && wanted != AF_INET6) return fail_without<WindowsHost>(WSAEAFNOSUPPORT);
  const int needed = wanted == AF_INET ? sizeof(in_addr) : sizeof(in6_addr);
  if (address == nullptr || size != needed) return fail_without<WindowsHost>(WSAEFAULT);
  return find_host([=](hostent* entry, char* bytes, std::size_t room, hostent** found, int* error) {
    return ::gethostbyaddr_r(address, static_cast<socklen_t>(size), wanted, entry, bytes, room, found, error);
  });
}

TCPTABLE_WIN32_EXPORT WindowsService* WINAPI win32_getservbyname(const char* name, const char* protocol) {
  if (name == nullptr) return fail_without<WindowsService>(WSAEFAULT);
  return find_service([=](servent* entry, char* bytes, std::size_t size, servent** found) {
    return ::getservbyname_r(name, protocol, entry, bytes, size, found);
  });
}

TCPTABLE_WIN32_EXPORT WindowsService* WINAPI win32_getservbyport(int port, const char* protocol) {
  return find_service([=](servent* entry, char* bytes, std::size_t size, servent** found) {
    return ::getservbyport_r(port, protocol, entry, bytes, size, found);
  });
}

TCPTABLE_WIN32_EXPORT WindowsProtocol* WINAPI win32_getprotobyname(const char* name) {
  if (name == nullptr) return fail_without<WindowsProtocol>(WSAEFAULT);
  return find_protocol([=](protoent* entry, char* bytes, std::size_t size, protoent** found) {
    return ::getprotobyname_r(name, entry, bytes, size, found);
  });
}

TCPTABLE_WIN32_EXPORT WindowsProtocol* WINAPI win32_getprotobynumber(int number) {
  return find_protocol([=](protoent* entry, char* bytes, std::size_t size, protoent** found) {
    return ::getprotobynumber_r(number, entry, bytes, size, found);
  });
}
