// SPDX-License-Identifier: MIT
#include "win32/tables/creation_time.hpp"

#include "sys/lasting.hpp"
#include "win32/forks.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <mutex>
#include <unordered_map>

namespace tcptable::win32 {
namespace {

using Ticks = std::chrono::duration<FileTime, std::ratio<1, 10'000'000>>;
constexpr FileTime kUnixEpoch = 116'444'736'000'000'000;  // 1970-01-01 in FILETIME ticks

FileTime file_time(std::chrono::system_clock::time_point time) {
  return std::chrono::duration_cast<Ticks>(time.time_since_epoch()).count() + kUnixEpoch;
}

struct Seen {
  FileTime bound = 0;
  std::uint64_t round = 0;
  bool listener = false;
};

// What one table's earlier calls have seen.
struct Memory {
  std::unordered_map<std::uint64_t, Seen> by_cookie;
  std::uint64_t round = 0;
};

std::mutex& memory_lock() {
  static constinit std::mutex lock;
  return lock;
}
[[maybe_unused]] const bool held = hold_over_forks<memory_lock>();

Memory& memory_of(const TableRequest& request) {
  static sys::Lasting<std::array<Memory, 4>> memories;
  static const sys::GivenUpAtTheEnd given_up(memory_lock(), *memories);
  return (
      *memories)[static_cast<std::size_t>(request.protocol) * 2 + static_cast<std::size_t>(request.family)];
}

bool covered(const Seen& seen, RowSelection selection) {
  if (selection == RowSelection::all) return true;
  return seen.listener == (selection == RowSelection::listeners);
}

FileTime remember(Memory& memory, const SocketRow& row, FileTime bound) {
  if (row.cookie == 0) return bound;  // the backend has no identity to remember it by
  auto [at, is_new] = memory.by_cookie.try_emplace(row.cookie, Seen{bound, 0, false});
  at->second.bound = std::min(at->second.bound, bound);
  at->second.round = memory.round;
  at->second.listener = row.state == State::listen;
  return at->second.bound;
}

}  // namespace

std::vector<FileTime> creation_times(const Snapshot& snapshot, const TableRequest& request,
                                     std::span<const std::uint32_t> positions) {
  std::vector<FileTime> times;
  times.reserve(positions.size());
  const std::lock_guard guard(memory_lock());
  Memory& memory = memory_of(request);
  ++memory.round;
  for (const std::uint32_t position : positions) {
    const SocketRow& row = snapshot.rows()[position];
    const auto age = std::chrono::milliseconds(row.minimum_age_ms);
    times.push_back(remember(memory, row, file_time(snapshot.rows_read_at() - age)));
  }
  std::erase_if(memory.by_cookie, [&](const auto& entry) {
    return entry.second.round != memory.round && covered(entry.second, request.selection);
  });
  return times;
}

}  // namespace tcptable::win32
