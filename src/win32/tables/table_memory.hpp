// SPDX-License-Identifier: MIT
// Where a table goes: into the caller's buffer, by the size protocol, or into a block of the caller's heap.
#pragma once

#include <windows.h>

#include <cstddef>
#include <cstdint>

namespace tcptable::win32 {

/// The caller's buffer and the size that he gave and gets.
struct TableBuffer {
  void* memory;
  ULONG* size;
};

inline bool is_usable(const TableBuffer& place) {
  return place.size != nullptr;
}

/// The size protocol (Windows page GetTcpTable2): too small, or no buffer: ERROR_INSUFFICIENT_BUFFER and the
/// needed size, with the buffer untouched; else the size that the rows take. Only for a place with a buffer:
/// without one the rows aren't even read.
class CallerBuffer {
 public:
  explicit CallerBuffer(const TableBuffer& place) : place_(place) {}

  ULONG reserve(ULONG needed) {
    needed_ = needed;
    if (*place_.size >= needed_) return NO_ERROR;
    *place_.size = needed_;
    return ERROR_INSUFFICIENT_BUFFER;
  }
  void* get() const { return place_.memory; }
  void deliver() { *place_.size = needed_; }

 private:
  TableBuffer place_;
  ULONG needed_ = 0;
};

/// A heap of the caller, with the flags of HeapAlloc, and where he wants the block's address.
struct HeapTarget {
  void** result;
  HANDLE heap;
  DWORD flags;
};

inline bool is_usable(const HeapTarget& target) {
  const auto invalid_handle = reinterpret_cast<HANDLE>(std::intptr_t{-1});
  return target.result != nullptr && target.heap != nullptr && target.heap != invalid_handle;
}

/// Freed again unless it is delivered; then the caller's, for HeapFree.
class HeapBlock {
 public:
  explicit HeapBlock(const HeapTarget& target) : target_(target) {}
  HeapBlock(const HeapBlock&) = delete;
  HeapBlock& operator=(const HeapBlock&) = delete;
  ~HeapBlock() {
    if (block_ != nullptr) HeapFree(target_.heap, 0, block_);
  }

  ULONG reserve(ULONG needed) {
    block_ = HeapAlloc(target_.heap, target_.flags, needed);
    return block_ != nullptr ? NO_ERROR : ERROR_NOT_ENOUGH_MEMORY;
  }
  void* get() const { return block_; }
  void deliver() {
    *target_.result = block_;
    block_ = nullptr;
  }

 private:
  HeapTarget target_;
  void* block_ = nullptr;
};

}  // namespace tcptable::win32
