// SPDX-License-Identifier: MIT
// Which process has which socket under which descriptor: what ss and lsof print, and a snapshot doesn't hold.
#pragma once

#include <tcptable/tcptable.hpp>

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

namespace tool {

struct Holder {
  const tcptable::Process* process;
  std::int32_t descriptor;
};

class Holders {
 public:
  /// Reads the descriptors of every process that holds a socket of the snapshot, which must live as long.
  explicit Holders(const tcptable::Snapshot& snapshot);

  /// By pid, then by descriptor. A connection that waits to be accepted has none.
  std::span<const Holder> of(const tcptable::SocketRow& row) const;
  /// Processes whose descriptors could not be read.
  std::size_t unreadable() const { return unreadable_; }

 private:
  std::unordered_map<std::uint32_t, std::vector<Holder>> by_inode_;
  std::size_t unreadable_ = 0;
};

}  // namespace tool
