// SPDX-License-Identifier: MIT
// Which types of extended statistics the process has switched on, for which connections.
#pragma once

#include <tcptable/connection.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <unordered_map>

namespace tcptable::win32 {

/// One bit a switch.
using Switches = std::uint16_t;

/// Connections are told by their cookie, which no later one gets. Safe for threads. Bounded: the switches of
/// connections that have gone are dropped whenever there are twice as many as at the last such look.
class CollectionFlags {
 public:
  /// Whether the connection has gone, as far as the caller can tell.
  using IsGone = std::function<bool(const SocketKey&)>;

  CollectionFlags(IsGone is_gone, std::size_t least_limit)
      : is_gone_(std::move(is_gone)), least_limit_(least_limit), limit_(least_limit) {}

  Switches of(std::uint64_t cookie) const;
  /// `key` must have a cookie. What is neither switched on nor off stays as it is.
  void change(const SocketKey& key, Switches on, Switches off);
  std::size_t size() const;

  /// For the time of a fork (win32/forks.hpp).
  std::mutex& lock() { return lock_; }

 private:
  struct Entry {
    SocketKey key;
    Switches switches = 0;
  };

  void drop_gone();

  IsGone is_gone_;
  std::size_t least_limit_;
  std::size_t limit_;
  mutable std::mutex lock_;
  std::unordered_map<std::uint64_t, Entry> by_cookie_;
};

/// The process's own. It asks the network namespace of the thread that calls.
CollectionFlags& collection_flags();

}  // namespace tcptable::win32
