// SPDX-License-Identifier: MIT
#include "support/failing_allocations.hpp"

#include <atomic>
#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <new>

namespace {

std::atomic<int> allocations_left{-1};  // negative: no limit
std::atomic<bool> fail_on{false};
std::atomic<bool> failed{false};
std::atomic<long> living{0};

bool may_allocate() {
  if (allocations_left < 0) return true;
  const int left = allocations_left.fetch_sub(1);
  if (left > 0) return true;
  if (fail_on) {
    allocations_left = 0;
  } else if (left < 0) {
    return true;
  }
  failed = true;
  return false;
}

}  // namespace

namespace tcptable::test {

FailingAllocations::FailingAllocations(int count, Failing failing) {
  failed = false;
  fail_on = failing == Failing::all_from_it;
  allocations_left = count;
}
FailingAllocations::~FailingAllocations() {
  allocations_left = -1;
}
bool FailingAllocations::has_failed() {
  return failed;
}
long living_allocations() {
  return living;
}

}  // namespace tcptable::test

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)

// A sanitizer has its own malloc: C++'s allocations alone can fail.
void* operator new(std::size_t size) {
  void* memory = may_allocate() ? std::malloc(size == 0 ? 1 : size) : nullptr;
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  return may_allocate() ? std::malloc(size == 0 ? 1 : size) : nullptr;
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}

#else

// glibc's own, behind the names that a program may take for itself (malloc(3), "Replacing malloc").
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* memory, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
void __libc_free(void* memory);
}

namespace {

template <typename Allocate>
void* allocate(const Allocate& from) {
  void* memory = nullptr;
  if (may_allocate()) memory = from();
  if (memory != nullptr) {
    ++living;
  } else {
    errno = ENOMEM;
  }
  return memory;
}

}  // namespace

extern "C" {

void* malloc(std::size_t size) noexcept {
  return allocate([=] { return __libc_malloc(size); });
}
void* calloc(std::size_t count, std::size_t size) noexcept {
  return allocate([=] { return __libc_calloc(count, size); });
}
void* memalign(std::size_t alignment, std::size_t size) noexcept {
  return allocate([=] { return __libc_memalign(alignment, size); });
}
void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
  return allocate([=] { return __libc_memalign(alignment, size); });
}
int posix_memalign(void** memory, std::size_t alignment, std::size_t size) noexcept {
  void* const allocated = allocate([=] { return __libc_memalign(alignment, size); });
  if (allocated == nullptr) return ENOMEM;
  *memory = allocated;
  return 0;
}
void free(void* memory) noexcept {
  if (memory == nullptr) return;
  --living;
  __libc_free(memory);
}
void* realloc(void* memory, std::size_t size) noexcept {
  if (memory == nullptr) return malloc(size);
  if (size == 0) {
    free(memory);
    return nullptr;
  }
  void* const moved = may_allocate() ? __libc_realloc(memory, size) : nullptr;
  if (moved == nullptr) errno = ENOMEM;
  return moved;
}

}  // extern "C"

#endif
