// SPDX-License-Identifier: MIT
#include "win32/heap.hpp"

#include "win32/forks.hpp"

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>

namespace tcptable::win32 {
namespace {

// No object may be larger than this, so no sum of a size and a header overflows.
constexpr std::size_t kLargestBlock = PTRDIFF_MAX;

void zero_growth(void* memory, std::size_t from, std::size_t to) noexcept {
  if (to > from) std::memset(static_cast<std::byte*>(memory) + from, 0, to - from);
}

// One for the lists of all heaps, since it has to be held over forks.
std::mutex& list_lock() {
  static constinit std::mutex lock;
  return lock;
}
[[maybe_unused]] const bool held = hold_over_forks<list_lock>();

}  // namespace

Heap::~Heap() {
  while (first_ != nullptr) {
    Block* const block = first_;
    first_ = block->next;
    std::free(block);
  }
}

void* Heap::allocate(std::size_t size, Fill fill) noexcept {
  if (size > kLargestBlock - sizeof(Block)) return nullptr;
  const std::size_t whole = sizeof(Block) + size;
  const auto lock = lock_list();
  if (!within_limit(whole, 0)) return nullptr;
  void* const memory = fill == Fill::zero ? std::calloc(1, whole) : std::malloc(whole);
  if (memory == nullptr) return nullptr;
  auto* const block = static_cast<Block*>(memory);
  *block = {.heap = this, .size = size, .previous = nullptr, .next = nullptr};
  link(block);
  return block + 1;
}

void* Heap::resize(void* memory, std::size_t size, Fill fill) noexcept {
  if (size > kLargestBlock - sizeof(Block)) return nullptr;
  Block* block = block_of(memory);
  const std::size_t old_size = block->size;
  const auto lock = lock_list();
  if (!within_limit(size, old_size)) return nullptr;
  // Out of the list while it may move; back in it whether it moved or not.
  unlink(block);
  void* const moved = std::realloc(block, sizeof(Block) + size);
  if (moved != nullptr) {
    block = static_cast<Block*>(moved);
    block->size = size;
  }
  link(block);
  if (moved == nullptr) return nullptr;
  if (fill == Fill::zero) zero_growth(block + 1, old_size, size);
  return block + 1;
}

void* Heap::shrink(void* memory, std::size_t size) noexcept {
  Block* const block = block_of(memory);
  if (size > block->size) return nullptr;
  Heap& heap = *block->heap;
  const auto lock = heap.lock_list();
  heap.unlink(block);
  block->size = size;
  heap.link(block);
  return memory;
}

void Heap::release(void* memory) noexcept {
  Block* const block = block_of(memory);
  const auto lock = lock_list();
  unlink(block);
  std::free(block);
}

bool Heap::owns(const void* memory) const noexcept {
  return block_of(memory)->heap == this;
}

std::size_t Heap::size_of(const void* memory) noexcept {
  return block_of(memory)->size;
}

Heap::Block* Heap::block_of(const void* memory) noexcept {
  return static_cast<Block*>(const_cast<void*>(memory)) - 1;
}

bool Heap::within_limit(std::size_t added, std::size_t removed) const noexcept {
  return limit_ == 0 || (added <= limit_ && used_ - removed <= limit_ - added);
}

std::unique_lock<std::mutex> Heap::lock_list() noexcept {
  return kind_ == Kind::process ? std::unique_lock<std::mutex>() : std::unique_lock(list_lock());
}

void Heap::link(Block* block) noexcept {
  if (kind_ == Kind::process) return;
  used_ += sizeof(Block) + block->size;
  block->previous = nullptr;
  block->next = first_;
  if (first_ != nullptr) first_->previous = block;
  first_ = block;
}

void Heap::unlink(Block* block) noexcept {
  if (kind_ == Kind::process) return;
  used_ -= sizeof(Block) + block->size;
  if (block->next != nullptr) block->next->previous = block->previous;
  (block->previous != nullptr ? block->previous->next : first_) = block->next;
}

Heap& process_heap() noexcept {
  // Never destroyed: a program's own destructors may still use it.
  alignas(Heap) static std::byte storage[sizeof(Heap)];
  static Heap* const heap = new (storage) Heap(Heap::Kind::process);
  return *heap;
}

}  // namespace tcptable::win32
