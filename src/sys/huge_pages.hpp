// SPDX-License-Identifier: MIT
// Large arrays on large pages: a table of 240,000 sockets is 6,000 small pages, each of which costs a fault
// when it is first written, as much as several rows.
#pragma once

#include <sys/mman.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tcptable::sys {

/// Asks for large pages where a whole one lies within the range. A wish: nothing fails without.
inline void prefer_huge_pages(const void* begin, std::size_t size) noexcept {
  constexpr std::uintptr_t kHugePage = 2U << 20;
  const auto first = (reinterpret_cast<std::uintptr_t>(begin) + kHugePage - 1) & ~(kHugePage - 1);
  const auto end = (reinterpret_cast<std::uintptr_t>(begin) + size) & ~(kHugePage - 1);
  if (end > first) static_cast<void>(::madvise(reinterpret_cast<void*>(first), end - first, MADV_HUGEPAGE));
}

/// Room for `capacity` elements; what isn't used of it is never touched.
template <typename T>
void reserve_huge(std::vector<T>& array, std::size_t capacity) {
  if (capacity <= array.capacity()) return;
  array.reserve(capacity);
  prefer_huge_pages(array.data() + array.size(), (array.capacity() - array.size()) * sizeof(T));
}

/// `size` elements of one value.
template <typename T>
std::vector<T> filled_huge(std::size_t size, const T& value) {
  std::vector<T> array;
  reserve_huge(array, size);
  array.assign(size, value);
  return array;
}

}  // namespace tcptable::sys
