// SPDX-License-Identifier: MIT
// The processes that own the sockets of the live table, kept from snapshot to snapshot, and what their
// control groups say, read once for each.
#pragma once

#include <tcptable/process.hpp>

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tool::top {

/// Stays with the process while any socket of the table belongs to it; then another may get the number.
using OwnerId = std::uint32_t;
inline constexpr OwnerId kNoOwner = UINT32_MAX;

class Owners {
 public:
  /// How a process's unit and container are found; tests put their own answers here.
  using ReadNames = std::function<tcptable::Result<tcptable::CgroupNames>(const tcptable::Process&)>;

  explicit Owners(ReadNames read = tcptable::cgroup_names_of) : read_(std::move(read)) {}

  OwnerId id_of(const tcptable::Process& process);
  /// nullptr for kNoOwner.
  const tcptable::Process* process(OwnerId id) const {
    return id == kNoOwner ? nullptr : &known_[id].process;
  }
  /// Empty where there is none, or where it can't be read.
  std::string_view unit(OwnerId id);
  std::string_view container(OwnerId id);

  /// Marks a process as still needed; forget_others() drops those not marked since it was called last.
  void keep(OwnerId id) {
    if (id != kNoOwner) known_[id].kept = true;
  }
  void forget_others();

 private:
  struct Known {
    tcptable::Process process;
    std::optional<tcptable::CgroupNames> names;
    bool kept = false;
    bool free = false;
  };

  const tcptable::CgroupNames& names(OwnerId id);

  ReadNames read_;
  std::vector<Known> known_;
  std::vector<OwnerId> free_;
  std::unordered_map<std::int32_t, OwnerId> by_pid_;
};

}  // namespace tool::top
