// SPDX-License-Identifier: MIT
// What earlier looks at processes' descriptors have seen, so that the next look may start where it pays.
// Pure; what is in it may be out of date at any time.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <list>
#include <optional>
#include <unordered_map>
#include <vector>

namespace tcptable::owner {

/// A descriptor of a process.
struct Seat {
  std::int32_t pid = 0;
  std::int32_t fd = 0;

  friend bool operator==(const Seat&, const Seat&) = default;
};

class DescriptorMemory {
 public:
  /// How many descriptors of a process that changed last are told.
  static constexpr std::size_t kRecent = 2;

  /// Where the socket was seen last.
  std::optional<Seat> seat_of(std::uint32_t inode) const;

  bool knows(std::int32_t pid) const { return processes_.contains(pid); }
  /// Those that were marked as active come first, the last marked before all.
  std::vector<std::int32_t> pids() const { return {by_activity_.begin(), by_activity_.end()}; }
  /// A socket that was sought has been found there: what its process does next begins with that number.
  void mark_active(Seat seat);
  /// The process was looked at, and runs as that user where that is known.
  void remember(std::int32_t pid, std::optional<std::uint32_t> uid) { entry(pid).uid = uid; }
  std::optional<std::uint32_t> uid_of(std::int32_t pid) const;

  /// The descriptor is open: a socket's with that inode, or with 0 anything else's.
  void note(Seat seat, std::uint32_t inode);
  void forget_seat(Seat seat);
  /// All its descriptors; it keeps its user and its place among the active.
  void forget_descriptors(std::int32_t pid);
  void forget_process(std::int32_t pid);
  std::size_t descriptors_of(std::int32_t pid) const;

  /// The number that the kernel gives to the next descriptor of the process if none was closed since: the
  /// lowest that is free (get_unused_fd_flags).
  std::int32_t lowest_free(std::int32_t pid) const;
  /// The open descriptors that were noted last with something new, or marked, the last first.
  std::vector<std::int32_t> recent(std::int32_t pid) const;

 private:
  struct Taken {
    std::uint32_t inode = 0;
    bool open = false;
  };
  struct Descriptors {
    std::vector<Taken> by_number;
    std::size_t lowest_free = 0;
    std::array<std::int32_t, kRecent> recent;
    std::size_t recent_count = 0;
    std::optional<std::uint32_t> uid;
    std::list<std::int32_t>::iterator place;  ///< In by_activity_.

    void make_recent(std::int32_t fd);
  };

  Descriptors& entry(std::int32_t pid);
  void unlink(std::uint32_t inode, Seat seat);

  std::unordered_map<std::int32_t, Descriptors> processes_;
  std::unordered_map<std::uint32_t, Seat> seats_;
  std::list<std::int32_t> by_activity_;
};

}  // namespace tcptable::owner
