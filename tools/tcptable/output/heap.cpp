// SPDX-License-Identifier: MIT
#include "tcptable/output/heap.hpp"

#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>

namespace tool {

void use_large_pages() {
  constexpr std::uintptr_t kLargePage = 2U << 20;
  constexpr std::uintptr_t kAtATime = 64U << 20;  // of addresses; what isn't used takes no memory
  if (::mallopt(M_TOP_PAD, kAtATime) == 0 || ::mallopt(M_MMAP_THRESHOLD, kAtATime) == 0) return;
  static_cast<void>(::mallopt(M_ARENA_MAX, 1));  // a thread's own would be of small pages
  // Untouched and kept: it fills what is left of the first large page, which other memory shares.
  static void* volatile filler = std::malloc(kLargePage);
  const auto begin = (reinterpret_cast<std::uintptr_t>(filler) + kLargePage - 1) & ~(kLargePage - 1);
  const auto end = reinterpret_cast<std::uintptr_t>(::sbrk(0)) & ~(kLargePage - 1);
  if (begin < end) static_cast<void>(::madvise(reinterpret_cast<void*>(begin), end - begin, MADV_HUGEPAGE));
}

}  // namespace tool
