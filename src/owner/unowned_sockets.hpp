// SPDX-License-Identifier: MIT
// The wanted sockets that no holder was found for yet, while several workers look.
#pragma once

#include <atomic>
#include <cstdint>
#include <vector>

namespace tcptable::owner {

class UnownedSockets {
 public:
  /// `sockets` of them, numbered below `numbers`.
  UnownedSockets(std::size_t sockets, std::size_t numbers) : has_owner_(numbers), left_(sockets) {}

  /// The socket has a holder. Safe from several threads.
  void note(std::uint32_t socket) {
    const std::atomic_ref<std::uint8_t> known(has_owner_[socket]);
    if (known.exchange(1, std::memory_order_relaxed) == 0) left_.fetch_sub(1, std::memory_order_relaxed);
  }
  bool empty() const { return left_.load(std::memory_order_relaxed) == 0; }

 private:
  std::vector<std::uint8_t> has_owner_;
  std::atomic<std::size_t> left_;
};

}  // namespace tcptable::owner
