// SPDX-License-Identifier: MIT
// The inodes whose holders are sought, for look-up from every descriptor of the machine.
#pragma once

#include "model/row_index.hpp"

#include <bit>
#include <cstdint>
#include <vector>

namespace tcptable::owner {

class InodeIndex {
 public:
  explicit InodeIndex(std::size_t capacity)
      : slots_(std::bit_ceil(capacity * 2 + 1), Slot{0, 0}), mask_(slots_.size() - 1) {}

  /// Numbers the inodes 0, 1, 2, ... as they come; one that is known keeps its number.
  std::uint32_t insert(std::uint32_t inode) {
    Slot& slot = slots_[slot_of(inode)];
    if (slot.inode == 0) slot = {inode, size_++};
    return slot.number;
  }
  /// The inode's number, or kNone. Safe from several threads once no more is inserted.
  std::uint32_t find(std::uint32_t inode) const {
    const Slot& slot = slots_[slot_of(inode)];
    return slot.inode == 0 ? kNone : slot.number;
  }
  std::uint32_t size() const { return size_; }

  static constexpr std::uint32_t kNone = UINT32_MAX;

 private:
  struct Slot {
    std::uint32_t inode;  // 0: empty, since no descriptor's socket has inode 0
    std::uint32_t number;
  };

  std::size_t slot_of(std::uint32_t inode) const {
    std::size_t at = model::mix(inode) & mask_;
    while (slots_[at].inode != 0 && slots_[at].inode != inode) at = (at + 1) & mask_;
    return at;
  }

  std::vector<Slot> slots_;
  std::size_t mask_;
  std::uint32_t size_ = 0;
};

}  // namespace tcptable::owner
