// SPDX-License-Identifier: MIT
// getaddrinfo, freeaddrinfo, getnameinfo: other flags, other codes, and a result list of another layout.
#include <netdb.h>
#include <sys/socket.h>
#include <windows.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <utility>

#include "win32/export.hpp"
#include "win32/winsock/address.hpp"
#include "win32/winsock/socket_error.hpp"

namespace {

using namespace tcptable::win32;

// The layout of Windows' ADDRINFOA.
struct WindowsAddrInfo {
  int flags, family, type, protocol;
  std::size_t address_size;
  char* canonical_name;
  void* address;
  WindowsAddrInfo* next;
};

struct FlagPair {
  int windows, linux_flag;
};

constexpr std::array<FlagPair, 7> kLookupFlags{{{0x001, AI_PASSIVE},
                                                {0x002, AI_CANONNAME},
                                                {0x004, AI_NUMERICHOST},
                                                {0x008, AI_NUMERICSERV},
                                                {0x100, AI_ALL},
                                                {0x400, AI_ADDRCONFIG},
                                                {0x800, AI_V4MAPPED}}};

constexpr std::array<FlagPair, 5> kNameFlags{{{0x01, NI_NOFQDN},
                                              {0x02, NI_NUMERICHOST},
                                              {0x04, NI_NAMEREQD},
                                              {0x08, NI_NUMERICSERV},
                                              {0x10, NI_DGRAM}}};

// Linux' flags, or -1 when one has no counterpart.
template <std::size_t N>
int linux_flags(const std::array<FlagPair, N>& pairs, int windows) {
  int flags = 0;
  for (const FlagPair& pair : pairs) {
    if ((windows & pair.windows) == 0) continue;
    flags |= pair.linux_flag;
    windows &= ~pair.windows;
  }
  return windows == 0 ? flags : -1;
}

int lookup_code(int code) {
  switch (code) {
    case 0:
      return 0;
    case EAI_AGAIN:
      return WSATRY_AGAIN;
    case EAI_BADFLAGS:
      return WSAEINVAL;
    case EAI_FAMILY:
    case EAI_ADDRFAMILY:
      return WSAEAFNOSUPPORT;
    case EAI_MEMORY:
      return WSA_NOT_ENOUGH_MEMORY;
    case EAI_NONAME:
    case EAI_NODATA:
      return WSAHOST_NOT_FOUND;
    case EAI_SERVICE:
      return WSATYPE_NOT_FOUND;
    case EAI_SOCKTYPE:
      return WSAESOCKTNOSUPPORT;
    case EAI_OVERFLOW:
      return WSAEFAULT;
    default:
      return WSANO_RECOVERY;
  }
}

// One node, its address and its name in one block of malloc, so that freeing is one walk.
WindowsAddrInfo* copy_node(const addrinfo& from) {
  const std::size_t name_size = from.ai_canonname != nullptr ? std::strlen(from.ai_canonname) + 1 : 0;
  auto* block =
      static_cast<char*>(std::calloc(1, sizeof(WindowsAddrInfo) + sizeof(sockaddr_storage) + name_size));
  if (block == nullptr) return nullptr;
  auto* node = reinterpret_cast<WindowsAddrInfo*>(block);
  char* address = block + sizeof *node;
  *node = {0,
           windows_family(from.ai_family),
           from.ai_socktype,
           from.ai_protocol,
           from.ai_addrlen,
           nullptr,
           address,
           nullptr};
  std::memcpy(address, from.ai_addr, from.ai_addrlen);
  set_family(address, node->family);
  if (name_size != 0) {
    node->canonical_name = address + sizeof(sockaddr_storage);
    std::memcpy(node->canonical_name, from.ai_canonname, name_size);
  }
  return node;
}

}  // namespace

TCPTABLE_WIN32_EXPORT void WINAPI win32_freeaddrinfo(WindowsAddrInfo* list) {
  while (list != nullptr) std::free(std::exchange(list, list->next));
}

TCPTABLE_WIN32_EXPORT int WINAPI win32_getaddrinfo(const char* node, const char* service,
                                                   const WindowsAddrInfo* hints, WindowsAddrInfo** result) {
  if (!is_started()) return WSANOTINITIALISED;
  if (result == nullptr) return WSAEFAULT;
  addrinfo wanted{};
  if (hints != nullptr) {
    wanted.ai_flags = linux_flags(kLookupFlags, hints->flags);
    if (wanted.ai_flags < 0) return WSAEINVAL;
    wanted.ai_family = linux_family(hints->family);
    wanted.ai_socktype = hints->type;
    wanted.ai_protocol = hints->protocol;
  }
  addrinfo* raw = nullptr;
  const int code = getaddrinfo(node, service, &wanted, &raw);
  if (code != 0) {
    fail_with_wsa(lookup_code(code));
    return lookup_code(code);
  }
  const std::unique_ptr<addrinfo, void (*)(addrinfo*)> found(raw, freeaddrinfo);
  WindowsAddrInfo* list = nullptr;
  WindowsAddrInfo** end = &list;
  for (const addrinfo* entry = found.get(); entry != nullptr; entry = entry->ai_next) {
    *end = copy_node(*entry);
    if (*end == nullptr) {
      win32_freeaddrinfo(list);
      return WSA_NOT_ENOUGH_MEMORY;
    }
    end = &(*end)->next;
  }
  *result = list;
  return 0;
}

TCPTABLE_WIN32_EXPORT int WINAPI win32_getnameinfo(const void* address, int size, char* host, DWORD host_size,
                                                   char* service, DWORD service_size, int flags) {
  if (!is_started()) return WSANOTINITIALISED;
  AddressBytes translated{};
  if (!copy_in(translated, address, size)) return WSAEFAULT;
  const int linux_names = linux_flags(kNameFlags, flags);
  if (linux_names < 0) return WSAEINVAL;
  const int code =
      getnameinfo(reinterpret_cast<const sockaddr*>(translated.bytes), static_cast<socklen_t>(size), host,
                  host_size, service, service_size, linux_names);
  if (code != 0) fail_with_wsa(lookup_code(code));
  return lookup_code(code);
}
