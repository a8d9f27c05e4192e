// SPDX-License-Identifier: MIT
// A heap as Windows means it: blocks that know their size and their heap, so that they can be asked for the
// one and refused by another. The memory itself is malloc's.
#pragma once

#include <windef.h>

#include <cstddef>
#include <mutex>

namespace tcptable::win32 {

enum class Fill { none, zero };

class Heap {
 public:
  enum class Kind {
    process,     ///< never destroyed, so its blocks are not listed and need no lock
    destroyable  ///< lists its blocks, to free what is left
  };

  constexpr explicit Heap(Kind kind, std::size_t limit = 0) noexcept : kind_(kind), limit_(limit) {}
  ~Heap();
  Heap(const Heap&) = delete;
  Heap& operator=(const Heap&) = delete;

  void* allocate(std::size_t size, Fill fill) noexcept;
  /// nullptr leaves the old block as it was.
  void* resize(void* memory, std::size_t size, Fill fill) noexcept;
  /// Only makes a block smaller, where it is.
  static void* shrink(void* memory, std::size_t size) noexcept;
  void release(void* memory) noexcept;

  bool owns(const void* memory) const noexcept;
  static std::size_t size_of(const void* memory) noexcept;

 private:
  struct alignas(16) Block {
    Heap* heap;
    std::size_t size;
    Block* previous;
    Block* next;
  };

  static Block* block_of(const void* memory) noexcept;
  bool within_limit(std::size_t added, std::size_t removed) const noexcept;
  std::unique_lock<std::mutex> lock_list() noexcept;
  void link(Block* block) noexcept;
  void unlink(Block* block) noexcept;

  const Kind kind_;
  const std::size_t limit_;
  std::size_t used_ = 0;
  Block* first_ = nullptr;
};

/// The heap behind GetProcessHeap, LocalAlloc and GlobalAlloc.
Heap& process_heap() noexcept;

}  // namespace tcptable::win32
