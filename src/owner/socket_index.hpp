// SPDX-License-Identifier: MIT
// The sockets whose holders are sought, for look-up from every descriptor of the machine: by what the walk
// over descriptors tells a socket by. Its memory serves again after each reset.
#pragma once

#include "model/row_index.hpp"
#include "sys/huge_pages.hpp"

#include <atomic>
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
  /// Empties it, and makes room for `capacity` keys.
  void reset(std::size_t capacity) {
    const std::size_t slots = std::bit_ceil(capacity * 2 + 1);
    sys::reserve_huge(slots_, slots);
    slots_.assign(slots, Slot{0, 0});
    mask_ = slots - 1;
  }

  /// Enters the key, which is not 0, with a number; false where it is there already, and keeps its own. Safe
  /// from several threads, while none looks for keys.
  bool insert(std::uint64_t key, std::uint32_t number) {
    for (std::size_t at = model::mix(key) & mask_;; at = (at + 1) & mask_) {
      const std::atomic_ref<std::uint64_t> place(slots_[at].key);
      std::uint64_t found = place.load(std::memory_order_relaxed);
      if (found == 0 && place.compare_exchange_strong(found, key, std::memory_order_relaxed)) {
        slots_[at].number = number;
        return true;
      }
      if (found == key) return false;
    }
  }
  /// The key's number, or kNone. Safe from several threads once no more is inserted.
  std::uint32_t find(std::uint64_t key) const {
    const Slot& slot = slots_[slot_of(key)];
    return slot.key == 0 ? kNone : slot.number;
  }
  /// Fetches what the next insert or find of the key will look at: a large index is not in the cache.
  void prefetch(std::uint64_t key) const { __builtin_prefetch(&slots_[model::mix(key) & mask_], 1); }

  static constexpr std::uint32_t kNone = UINT32_MAX;

 private:
  std::size_t slot_of(std::uint64_t key) const {
    std::size_t at = model::mix(key) & mask_;
    while (slots_[at].key != 0 && slots_[at].key != key) at = (at + 1) & mask_;
    return at;
  }

  std::vector<Slot> slots_{Slot{0, 0}};
  std::size_t mask_ = 0;
};

/// Sockets that a walk shall look for, each numbered by a row that it belongs to.
struct WantedSockets {
  SocketIndex index;
  /// For each open row; SocketIndex::kNone: nobody is sought for it.
  std::vector<std::uint32_t> number_of_open;
  std::size_t sockets = 0;  ///< How many.
  std::size_t numbers = 0;  ///< Above every number.
};

}  // namespace tcptable::owner
