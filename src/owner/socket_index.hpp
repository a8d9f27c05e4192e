// SPDX-License-Identifier: MIT
// The sockets whose holders are sought, for look-up from every descriptor of the machine: by what the walk
// over descriptors tells a socket by.
#pragma once

#include "model/row_index.hpp"
#include "sys/huge_pages.hpp"

#include <bit>
#include <cstdint>
#include <vector>

namespace tcptable::owner {

class SocketIndex {
 private:
  struct Slot {
    std::uint64_t key;  // 0: empty
    std::uint32_t number;
  };

 public:
  explicit SocketIndex(std::size_t capacity)
      : slots_(sys::filled_huge(std::bit_ceil(capacity * 2 + 1), Slot{0, 0})), mask_(slots_.size() - 1) {}

  /// Numbers the keys 0, 1, 2, ... as they come; one that is known keeps its number. A key is not 0.
  std::uint32_t insert(std::uint64_t key) {
    Slot& slot = slots_[slot_of(key)];
    if (slot.key == 0) slot = {key, size_++};
    return slot.number;
  }
  /// The key's number, or kNone. Safe from several threads once no more is inserted.
  std::uint32_t find(std::uint64_t key) const {
    const Slot& slot = slots_[slot_of(key)];
    return slot.key == 0 ? kNone : slot.number;
  }
  /// Fetches what the next insert or find of the key will look at: a large index is not in the cache.
  void prefetch(std::uint64_t key) const { __builtin_prefetch(&slots_[model::mix(key) & mask_], 1); }
  std::uint32_t size() const { return size_; }

  static constexpr std::uint32_t kNone = UINT32_MAX;

 private:
  std::size_t slot_of(std::uint64_t key) const {
    std::size_t at = model::mix(key) & mask_;
    while (slots_[at].key != 0 && slots_[at].key != key) at = (at + 1) & mask_;
    return at;
  }

  std::vector<Slot> slots_;
  std::size_t mask_;
  std::uint32_t size_ = 0;
};

/// Sockets that a walk shall look for, and the rows that they belong to.
struct WantedSockets {
  SocketIndex index;
  std::vector<std::uint32_t>
      number_of_row;  ///< In the index, or SocketIndex::kNone: nobody is sought for the row.
};

}  // namespace tcptable::owner
