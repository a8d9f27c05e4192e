// SPDX-License-Identifier: MIT
// Processes, each once: a walk by BPF lists one anew in every buffer, and to every reader. Pure.
#pragma once

#include "model/process_identity.hpp"
#include "model/row_index.hpp"

#include <tcptable/owner.hpp>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <utility>
#include <vector>

namespace tcptable::owner {

/// An open-addressing index, whose memory serves again.
class ProcessList {
 public:
  /// Empties it, and makes room.
  void reset(std::size_t room) {
    processes_.clear();
    processes_.reserve(room);
    slots_.assign(std::max(slots_.size(), std::bit_ceil(room * 2)), kFree);
  }

  /// Where it is among processes(), from now on at least. Of two with one pid, one of which has exited during
  /// the walk, neither stands for the other.
  std::uint32_t index_of(Process process) {
    std::uint32_t& slot = slot_of(process);
    if (slot != kFree) return slot;
    processes_.push_back(std::move(process));
    return enter(slot);
  }

  std::vector<Process>& processes() { return processes_; }

 private:
  static constexpr std::uint32_t kFree = UINT32_MAX;

  std::uint32_t& slot_of(const Process& process) {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = model::mix(static_cast<std::uint32_t>(process.pid)) & mask;
    while (slots_[at] != kFree && !model::is_same_process(processes_[slots_[at]], process))
      at = (at + 1) & mask;
    return slots_[at];
  }

  // Of the last process; never more than half full.
  std::uint32_t enter(std::uint32_t& slot) {
    const auto index = static_cast<std::uint32_t>(processes_.size() - 1);
    slot = index;
    if (processes_.size() * 2 <= slots_.size()) return index;
    slots_.assign(slots_.size() * 2, kFree);
    for (std::uint32_t i = 0; i <= index; ++i) slot_of(processes_[i]) = i;
    return index;
  }

  std::vector<Process> processes_;
  std::vector<std::uint32_t> slots_ = std::vector<std::uint32_t>(256, kFree);
};

}  // namespace tcptable::owner
