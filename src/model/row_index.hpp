// SPDX-License-Identifier: MIT
// An open-addressing index over rows that live elsewhere: 4 bytes a slot, at most half full, no allocation a
// row.
#pragma once

#include <tcptable/socket_row.hpp>

#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <vector>

namespace tcptable::model {

/// Spreads the bits of a counter-like key over 64 bits (the finalizer of splitmix64).
inline std::uint64_t mix(std::uint64_t key) {
  key = (key ^ (key >> 30)) * 0xbf58476d1ce4e5b9U;
  key = (key ^ (key >> 27)) * 0x94d049bb133111ebU;
  return key ^ (key >> 31);
}

inline std::uint64_t hash_of(const Endpoint& endpoint) {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  std::memcpy(&high, endpoint.address.data(), sizeof high);
  std::memcpy(&low, endpoint.address.data() + sizeof high, sizeof low);
  return mix(high ^ mix(low + endpoint.port));
}

/// `Identity` has static hash(row) and same(row, row).
template <typename Identity>
class RowIndex {
 public:
  /// For all of `rows`, in the memory of `slots`; both must outlive the index.
  RowIndex(std::span<const SocketRow> rows, std::vector<std::uint32_t>& slots) : rows_(rows), slots_(slots) {
    slots_.assign(std::bit_ceil(rows.size() * 2 + 1), kEmpty);
    mask_ = slots_.size() - 1;
  }

  /// The position of a row with the identity of `row`, or kEmpty.
  std::uint32_t find(const SocketRow& row) const { return slots_[slot_of(row)]; }

  /// Enters position `at` unless its identity is there already; returns the position that is.
  std::uint32_t insert(std::uint32_t at) {
    std::uint32_t& slot = slots_[slot_of(rows_[at])];
    if (slot == kEmpty) slot = at;
    return slot;
  }

  static constexpr std::uint32_t kEmpty = UINT32_MAX;

 private:
  std::size_t slot_of(const SocketRow& row) const {
    std::size_t at = Identity::hash(row) & mask_;
    while (slots_[at] != kEmpty && !Identity::same(rows_[slots_[at]], row)) at = (at + 1) & mask_;
    return at;
  }

  std::span<const SocketRow> rows_;
  std::vector<std::uint32_t>& slots_;
  std::size_t mask_ = 0;
};

/// The same socket as far as rows without cookies tell: the inode, a counter, is another one for each socket
/// of a process, also where ports and addresses come again.
struct InodeIdentity {
  static std::uint64_t hash(const SocketRow& row) {
    return mix(hash_of(row.local) + hash_of(row.remote) + row.inode);
  }
  static bool same(const SocketRow& a, const SocketRow& b) {
    return a.inode == b.inode && a.protocol == b.protocol && a.interface == b.interface &&
           a.local == b.local && a.remote == b.remote;
  }
};

/// The same socket.
struct SocketIdentity {
  static std::uint64_t hash(const SocketRow& row) {
    return row.cookie != 0 ? mix(row.cookie) : InodeIdentity::hash(row);
  }
  static bool same(const SocketRow& a, const SocketRow& b) {
    if (a.cookie != 0 || b.cookie != 0) return a.cookie == b.cookie;
    return InodeIdentity::same(a, b);
  }
};

/// The same pair of endpoints, of which a namespace has one connection at a time.
struct ConnectionIdentity {
  static std::uint64_t hash(const SocketRow& row) { return mix(hash_of(row.local) + hash_of(row.remote)); }
  static bool same(const SocketRow& a, const SocketRow& b) {
    return a.protocol == b.protocol && a.interface == b.interface && a.local == b.local &&
           a.remote == b.remote;
  }
};

}  // namespace tcptable::model
