// SPDX-License-Identifier: MIT
#include "tcptable/habits/holders.hpp"

#include <algorithm>

namespace tool {
namespace {

std::vector<const tcptable::Process*> holding_processes(const tcptable::Snapshot& snapshot) {
  std::vector<const tcptable::Process*> processes;
  for (const tcptable::SocketRow& row : snapshot.rows()) {
    for (const std::uint32_t index : snapshot.holders(row)) processes.push_back(&snapshot.process(index));
  }
  std::sort(processes.begin(), processes.end(),
            [](const auto* a, const auto* b) { return a->pid != b->pid ? a->pid < b->pid : a < b; });
  processes.erase(std::unique(processes.begin(), processes.end()), processes.end());
  return processes;
}

}  // namespace

Holders::Holders(const tcptable::Snapshot& snapshot) {
  for (const tcptable::SocketRow& row : snapshot.rows()) {
    if (row.inode != 0) by_inode_[row.inode];
  }
  for (const tcptable::Process* process : holding_processes(snapshot)) {
    const auto descriptors = tcptable::socket_descriptors_of(*process);
    if (!descriptors) {
      // One that has exited holds nothing any more.
      if (descriptors.error().code != tcptable::Errc::not_found) ++unreadable_;
      continue;
    }
    for (const tcptable::SocketDescriptor& descriptor : *descriptors) {
      const auto found = by_inode_.find(descriptor.inode);
      if (found != by_inode_.end()) found->second.push_back({process, descriptor.number});
    }
  }
}

std::span<const Holder> Holders::of(const tcptable::SocketRow& row) const {
  const auto found = by_inode_.find(row.inode);
  if (found == by_inode_.end()) return {};
  return found->second;
}

}  // namespace tool
