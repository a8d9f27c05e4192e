// SPDX-License-Identifier: MIT
// GetAddrInfoW and GetNameInfoW over the narrow functions. Compiled twice, see win32/wide_unit.hpp.
#include "win32/error_map.hpp"
#include "win32/export.hpp"
#include "win32/message/text_encoding.hpp"
#include "win32/wide_unit.hpp"
#include "win32/winsock/socket_error.hpp"

#include <ws2tcpip.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>

using namespace tcptable::win32;

namespace {

using NarrowList = std::unique_ptr<ADDRINFOA, decltype(&freeaddrinfo)>;
using WideText = std::basic_string<WideUnit>;

// As the functions here fail: the code is the answer, and the last error too.
int answer(int code) {
  if (code != 0) fail_with_wsa(code);
  return code;
}

WideText wide(const char* text) {
  return text != nullptr ? transcode<WideUnit>(std::string_view(text)) : WideText();
}

// One node, its address and its name in one block of malloc, so that freeing is one walk.
ADDRINFOW* copy_node(const ADDRINFOA& from) {
  const WideText name = wide(from.ai_canonname);
  auto* const block = static_cast<std::byte*>(
      std::calloc(1, sizeof(ADDRINFOW) + sizeof(SOCKADDR_STORAGE) + (name.size() + 1) * sizeof(WideUnit)));
  if (block == nullptr) throw std::bad_alloc();
  auto* const node = reinterpret_cast<ADDRINFOW*>(block);
  auto* const address = block + sizeof(ADDRINFOW);
  auto* const own_name = reinterpret_cast<WideUnit*>(address + sizeof(SOCKADDR_STORAGE));
  std::memcpy(address, from.ai_addr, from.ai_addrlen);
  std::ranges::copy(name, own_name);
  *node = {from.ai_flags,
           from.ai_family,
           from.ai_socktype,
           from.ai_protocol,
           from.ai_addrlen,
           from.ai_canonname != nullptr ? reinterpret_cast<PWSTR>(own_name) : nullptr,
           reinterpret_cast<SOCKADDR*>(address),
           nullptr};
  return node;
}

ADDRINFOW* copy_list(const ADDRINFOA* from) {
  ADDRINFOW* first = nullptr;
  try {
    for (ADDRINFOW** end = &first; from != nullptr; from = from->ai_next, end = &(*end)->ai_next)
      *end = copy_node(*from);
  } catch (...) {
    FreeAddrInfoW(first);
    throw;
  }
  return first;
}

struct NarrowName {
  explicit NarrowName(PCWSTR text) : given(text != nullptr) {
    if (given) bytes = transcode<char>(std::basic_string_view<WideUnit>(units(text)));
  }
  const char* get() const { return given ? bytes.c_str() : nullptr; }

  bool given;
  std::string bytes;
};

int look_up(PCWSTR node, PCWSTR service, const ADDRINFOW* hints, PADDRINFOW* result) {
  ADDRINFOA wanted{};
  if (hints != nullptr) {
    wanted.ai_flags = hints->ai_flags;
    wanted.ai_family = hints->ai_family;
    wanted.ai_socktype = hints->ai_socktype;
    wanted.ai_protocol = hints->ai_protocol;
  }
  ADDRINFOA* raw = nullptr;
  const int code = getaddrinfo(NarrowName(node).get(), NarrowName(service).get(), &wanted, &raw);
  if (code != 0) return code;
  const NarrowList found(raw, &freeaddrinfo);
  *result = copy_list(found.get());
  return 0;
}

// False where the buffer is there and too small.
bool give_text(const char* text, PWCHAR buffer, DWORD size) {
  if (buffer == nullptr || size == 0) return true;
  const WideText converted = wide(text);
  if (converted.size() >= size) return false;
  std::ranges::copy(converted, units(buffer));
  buffer[converted.size()] = 0;
  return true;
}

}  // namespace

TCPTABLE_WIN32_EXPORT int WINAPI GetAddrInfoW(PCWSTR pNodeName, PCWSTR pServiceName, const ADDRINFOW* pHints,
                                              PADDRINFOW* ppResult) {
  if (ppResult == nullptr) return answer(WSAEFAULT);
  int code = 0;
  const ULONG failure = guarded([&]() -> ULONG {
    code = look_up(pNodeName, pServiceName, pHints, ppResult);
    return NO_ERROR;
  });
  return answer(failure == NO_ERROR ? code : static_cast<int>(failure));
}

TCPTABLE_WIN32_EXPORT int WINAPI GetNameInfoW(const SOCKADDR* pSockaddr, int SockaddrLength,
                                              PWCHAR pNodeBuffer, DWORD NodeBufferSize, PWCHAR pServiceBuffer,
                                              DWORD ServiceBufferSize, int Flags) {
  char node[NI_MAXHOST] = "";
  char service[NI_MAXSERV] = "";
  const bool wants_node = pNodeBuffer != nullptr && NodeBufferSize != 0;
  const bool wants_service = pServiceBuffer != nullptr && ServiceBufferSize != 0;
  const int code =
      getnameinfo(pSockaddr, SockaddrLength, wants_node ? node : nullptr, wants_node ? NI_MAXHOST : 0,
                  wants_service ? service : nullptr, wants_service ? NI_MAXSERV : 0, Flags);
  if (code != 0) return code;
  const ULONG failure = guarded([&]() -> ULONG {
    const bool fits =
        give_text(node, pNodeBuffer, NodeBufferSize) && give_text(service, pServiceBuffer, ServiceBufferSize);
    return fits ? NO_ERROR : static_cast<ULONG>(WSAEFAULT);
  });
  return answer(static_cast<int>(failure));
}
