// SPDX-License-Identifier: MIT
// System calls as a 32-bit program makes them, which a 64-bit one may make, too (int 0x80 on x86).
#pragma once

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <system_error>

#include "support/sockets.hpp"

namespace tcptable::test {

/// By the numbers of arch/x86/entry/syscalls/syscall_32.tbl.
enum class CompatCall : long { getpid = 20, socketcall = 102, connect = 362, accept4 = 364 };

/// What the kernel returns: a negative errno where it fails. What an argument points at must be CompatMemory.
inline long compat_call([[maybe_unused]] CompatCall call, [[maybe_unused]] std::uint32_t first = 0,
                        [[maybe_unused]] std::uint32_t second = 0, [[maybe_unused]] std::uint32_t third = 0,
                        [[maybe_unused]] std::uint32_t fourth = 0) {
#if defined(__x86_64__)
  long result = static_cast<long>(call);
  asm volatile("int $0x80"
               : "+a"(result)
               : "b"(first), "c"(second), "d"(third), "S"(fourth)
               : "r8", "r9", "r10", "r11", "memory", "cc");
  return static_cast<std::int32_t>(result);
#else
  return -ENOSYS;
#endif
}

/// Where it can't be tried: why.
inline std::optional<std::string> lacks_compat_calls() {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(compat_call(CompatCall::getpid) == ::getpid() ? 0 : 1);
  int status = 0;
  check(::waitpid(child, &status, 0), "waitpid");
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return std::nullopt;
  return "needs a kernel that runs 32-bit programs beside 64-bit ones";
}

/// A page that 32 bits can address.
class CompatMemory {
 public:
  CompatMemory() {
#if defined(MAP_32BIT)
    page_ = ::mmap(nullptr, kSize, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_32BIT, -1, 0);
#endif
    if (page_ == MAP_FAILED) throw std::system_error(errno, std::generic_category(), "MAP_32BIT");
  }
  CompatMemory(const CompatMemory&) = delete;
  CompatMemory& operator=(const CompatMemory&) = delete;
  ~CompatMemory() {
    ::munmap(page_, kSize);
  }

  /// Puts `value` behind what is there, and returns its address.
  template <typename Value>
  std::uint32_t put(const Value& value) {
    char* place = static_cast<char*>(page_) + used_;
    std::memcpy(place, &value, sizeof value);
    used_ += (sizeof value + 15) / 16 * 16;
    return static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(place));
  }

 private:
  static constexpr std::size_t kSize = 4096;
  void* page_ = MAP_FAILED;
  std::size_t used_ = 0;
};

}  // namespace tcptable::test
