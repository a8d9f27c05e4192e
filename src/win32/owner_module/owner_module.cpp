// SPDX-License-Identifier: MIT
// GetOwnerModuleFrom...: who owns a row of an OWNER_MODULE table, as a name and a path in the caller's
// buffer. Reads the owning process alone.
#include "win32/error_map.hpp"
#include "win32/export.hpp"
#include "win32/message/text_encoding.hpp"
#include "win32/owner_module/module_tag.hpp"

#include <iphlpapi.h>

#include <tcptable/process.hpp>

#include <cstring>
#include <limits>
#include <string>

namespace {

using namespace tcptable;
using namespace tcptable::win32;

struct Module {
  std::string name;
  std::string path;
};

/// A module, or a Windows code.
using FoundModule = tl::expected<Module, ULONG>;

FoundModule system_module() {
  return Module{"System", "System"};
}

// Windows gives empty texts for a process that the caller may not look into (page
// GetOwnerModuleFromTcpEntry).
FoundModule unreadable(const Error& error) {
  if (error.code == Errc::not_permitted) return Module{};
  return tl::unexpected(windows_code(error));
}

// The tag of another process, or of a service that no longer runs this one, names nobody.
FoundModule service_module(const ProcessDescription& process, ULONGLONG tag) {
  if (!process.cgroup) return unreadable(process.cgroup.error());
  const std::string service(service_of(process.names));
  if (service.empty() || service_tag(process.process, service) != tag) return tl::unexpected(ERROR_NOT_FOUND);
  return Module{service, service};
}

FoundModule program_module(const ProcessDescription& process) {
  if (process.kernel_thread) return system_module();
  if (process.executable) {
    const std::string& path = process.executable->path;
    return Module{path.substr(path.rfind('/') + 1), path};
  }
  const Error& error = process.executable.error();
  if (error.code == Errc::io) return tl::unexpected(ERROR_PARTIAL_COPY);
  return unreadable(error);
}

FoundModule find_module(DWORD pid, ULONGLONG tag) {
  if (tag == kSystemTag) return system_module();
  if (pid > DWORD{std::numeric_limits<std::int32_t>::max()}) return tl::unexpected(ERROR_NOT_FOUND);
  const auto process = describe_process(static_cast<std::int32_t>(pid));
  if (!process) return unreadable(process.error());
  return tag == kNoTag ? program_module(*process) : service_module(*process, tag);
}

// What the caller gave besides the row.
struct Request {
  TCPIP_OWNER_MODULE_INFO_CLASS info_class;
  PVOID buffer;
  PDWORD size;
};

// The two pointers, the name, the path; both texts end in 0. The buffer may be aligned to nothing.
template <typename Char>
ULONG deliver(const Module& module, const Request& request) {
  const auto name = transcode<Char>(std::string_view(module.name));
  const auto path = transcode<Char>(std::string_view(module.path));
  const std::size_t name_bytes = (name.size() + 1) * sizeof(Char);
  const std::size_t path_bytes = (path.size() + 1) * sizeof(Char);
  const std::size_t needed = sizeof(TCPIP_OWNER_MODULE_BASIC_INFO) + name_bytes + path_bytes;
  const bool fits = request.buffer != nullptr && *request.size >= needed;
  *request.size = static_cast<DWORD>(needed);
  if (!fits) return ERROR_INSUFFICIENT_BUFFER;

  auto* const texts = static_cast<std::byte*>(request.buffer) + sizeof(TCPIP_OWNER_MODULE_BASIC_INFO);
  const void* const pointers[] = {texts, texts + name_bytes};
  static_assert(sizeof pointers == sizeof(TCPIP_OWNER_MODULE_BASIC_INFO));
  std::memcpy(request.buffer, pointers, sizeof pointers);
  std::memcpy(texts, name.c_str(), name_bytes);
  std::memcpy(texts + name_bytes, path.c_str(), path_bytes);
  return NO_ERROR;
}

template <typename Char>
DWORD module_of(DWORD pid, const ULONGLONG* info, const Request& request) noexcept {
  if (info == nullptr || request.size == nullptr) return ERROR_INVALID_PARAMETER;
  if (static_cast<int>(request.info_class) != TCPIP_OWNER_MODULE_INFO_BASIC) return ERROR_INVALID_PARAMETER;
  return guarded([&]() -> ULONG {
    const auto module = find_module(pid, info[0]);
    return module ? deliver<Char>(*module, request) : module.error();
  });
}

template <typename Char, typename Row>
DWORD module_of_row(const Row* row, const Request& request) noexcept {
  if (row == nullptr) return ERROR_INVALID_PARAMETER;
  return module_of<Char>(row->dwOwningPid, row->OwningModuleInfo, request);
}

}  // namespace

// The symbol under the function's own name speaks UTF-16; the header's function, bound to the twin with the
// suffix, speaks the compiler's wchar_t.
#define OWNER_MODULE_OF_ROW(function, Row)                                                                 \
  TCPTABLE_WIN32_EXPORT DWORD WINAPI function##_utf16(Row* row, TCPIP_OWNER_MODULE_INFO_CLASS kind,        \
                                                      PVOID buffer, PDWORD size) __asm__(#function);       \
  DWORD WINAPI function##_utf16(Row* row, TCPIP_OWNER_MODULE_INFO_CLASS kind, PVOID buffer, PDWORD size) { \
    return module_of_row<char16_t>(row, {kind, buffer, size});                                             \
  }                                                                                                        \
  TCPTABLE_WIN32_EXPORT DWORD WINAPI function(Row* row, TCPIP_OWNER_MODULE_INFO_CLASS kind, PVOID buffer,  \
                                              PDWORD size) {                                               \
    return module_of_row<wchar_t>(row, {kind, buffer, size});                                              \
  }

OWNER_MODULE_OF_ROW(GetOwnerModuleFromTcpEntry, MIB_TCPROW_OWNER_MODULE)
OWNER_MODULE_OF_ROW(GetOwnerModuleFromTcp6Entry, MIB_TCP6ROW_OWNER_MODULE)
OWNER_MODULE_OF_ROW(GetOwnerModuleFromUdpEntry, MIB_UDPROW_OWNER_MODULE)
OWNER_MODULE_OF_ROW(GetOwnerModuleFromUdp6Entry, MIB_UDP6ROW_OWNER_MODULE)

TCPTABLE_WIN32_EXPORT DWORD
GetOwnerModuleFromPidAndInfo_utf16(DWORD pid, ULONGLONG* info, TCPIP_OWNER_MODULE_INFO_CLASS kind,
                                   PVOID buffer, PDWORD size) __asm__("GetOwnerModuleFromPidAndInfo");

DWORD GetOwnerModuleFromPidAndInfo_utf16(DWORD pid, ULONGLONG* info, TCPIP_OWNER_MODULE_INFO_CLASS kind,
                                         PVOID buffer, PDWORD size) {
  return module_of<char16_t>(pid, info, {kind, buffer, size});
}

TCPTABLE_WIN32_EXPORT DWORD GetOwnerModuleFromPidAndInfo(DWORD ulPid, ULONGLONG* pInfo,
                                                         TCPIP_OWNER_MODULE_INFO_CLASS Class, PVOID Buffer,
                                                         PDWORD pdwSize) {
  return module_of<wchar_t>(ulPid, pInfo, {Class, Buffer, pdwSize});
}
