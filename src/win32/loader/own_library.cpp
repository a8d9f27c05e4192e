// SPDX-License-Identifier: MIT
#include "win32/loader/own_library.hpp"

#include <dlfcn.h>
#include <link.h>
#include <algorithm>
#include <array>
#include <string>

namespace tcptable::win32 {
namespace {

constexpr std::string_view kDllNames[] = {"advapi32.dll", "iphlpapi.dll", "kernel32.dll", "kernelbase.dll",
                                          "psapi.dll",    "shlwapi.dll",  "ws2_32.dll",   "wsock32.dll"};

// Functions of ws2_32.dll for which the headers take libc's own, which do the same.
constexpr std::string_view kLibcFunctions[] = {"htonl", "htons", "inet_addr", "inet_ntoa", "ntohl", "ntohs"};

// Names of the C library's are exported with this before them.
constexpr std::string_view kPrefix = "win32_";
constexpr std::string_view kUtf32Suffix = "_wchar32";

constexpr char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

void* base_of(const void* address) noexcept {
  Dl_info info{};
  return ::dladdr(address, &info) != 0 ? info.dli_fbase : nullptr;
}

void* open_own(int flags) noexcept {
  Dl_info info{};
  const auto* const here = reinterpret_cast<const void*>(&own_library);
  return ::dladdr(here, &info) != 0 ? ::dlopen(info.dli_fname, RTLD_LAZY | RTLD_NOLOAD | flags) : nullptr;
}

// A handle by which names are looked up in this library, and in those that it needs.
void* lookup_handle() noexcept {
  static void* const handle = open_own(0);
  return handle;
}

void* find_own(const std::string& symbol) noexcept {
  void* const address = ::dlsym(lookup_handle(), symbol.c_str());
  return address != nullptr && base_of(address) == own_library() ? address : nullptr;
}

}  // namespace

bool names_own_library(std::string_view file_name) noexcept {
  file_name.remove_prefix(file_name.find_last_of("/\\:") + 1);
  std::array<char, 16> name{};
  if (file_name.size() > name.size() - 4) return false;
  char* end = std::ranges::transform(file_name, name.begin(), lower).out;
  // A dot at the end says that there is no extension.
  if (file_name.find('.') == std::string_view::npos)
    end = std::ranges::copy(std::string_view(".dll"), end).out;
  const std::string_view wanted(name.data(), static_cast<std::size_t>(end - name.data()));
  return std::ranges::find(kDllNames, wanted) != std::end(kDllNames);
}

void stay_loaded() noexcept {
  if (void* const handle = open_own(RTLD_NODELETE)) ::dlclose(handle);
}

HMODULE own_library() noexcept {
  return base_of(reinterpret_cast<const void*>(&own_library));
}

HMODULE own_executable() noexcept {
  // The executable is the first object (man dl_iterate_phdr); its lowest address is its first load segment's.
  HMODULE executable = nullptr;
  ::dl_iterate_phdr(
      [](dl_phdr_info* info, std::size_t, void* result) {
        const auto* const segments = info->dlpi_phdr;
        const auto* const load = std::find_if(segments, segments + info->dlpi_phnum,
                                              [](const auto& each) { return each.p_type == PT_LOAD; });
        if (load != segments + info->dlpi_phnum)
          *static_cast<HMODULE*>(result) = reinterpret_cast<HMODULE>(info->dlpi_addr + load->p_vaddr);
        return 1;
      },
      &executable);
  return executable;
}

void* exported_function(const char* name, WideCharacters width) {
  for (const std::string_view prefix : {std::string_view(), kPrefix}) {
    const std::string plain = std::string(prefix) + name;
    if (width == WideCharacters::utf32) {
      if (void* const twin = find_own(plain + std::string(kUtf32Suffix))) return twin;
    }
    if (void* const function = find_own(plain)) return function;
  }
  const bool libcs = std::ranges::find(kLibcFunctions, std::string_view(name)) != std::end(kLibcFunctions);
  return libcs ? ::dlsym(RTLD_DEFAULT, name) : nullptr;
}

}  // namespace tcptable::win32
