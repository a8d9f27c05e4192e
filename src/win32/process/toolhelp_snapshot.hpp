// SPDX-License-Identifier: MIT
// What CreateToolhelp32Snapshot makes: the lists that were asked for, and the place in each where the caller
// is.
#pragma once

#include "win32/process/mapped_modules.hpp"
#include "win32/process/process_list.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace tcptable::win32 {

/// Empty as well where the list was not asked for.
template <typename Entry>
class Walk {
 public:
  explicit Walk(std::vector<Entry> entries) : entries_(std::move(entries)) {}

  /// Null at the end.
  const Entry* first() {
    next_ = 1;
    return at(0);
  }
  const Entry* next() { return at(next_++); }

 private:
  const Entry* at(std::size_t place) const { return place < entries_.size() ? &entries_[place] : nullptr; }

  const std::vector<Entry> entries_;
  std::atomic<std::size_t> next_{0};  // no lock, which a fork could leave held
};

struct SnapshotLists {
  std::vector<ListedProcess> processes;
  std::vector<ListedThread> threads;
  std::vector<MappedModule> modules;
  std::uint32_t modules_owner = 0;
};

class ToolhelpSnapshot final : public Object {
 public:
  explicit ToolhelpSnapshot(SnapshotLists lists)
      : processes(std::move(lists.processes)),
        threads(std::move(lists.threads)),
        modules(std::move(lists.modules)),
        modules_owner(lists.modules_owner) {}

  Walk<ListedProcess> processes;
  Walk<ListedThread> threads;
  Walk<MappedModule> modules;
  const std::uint32_t modules_owner;
};

}  // namespace tcptable::win32
