// SPDX-License-Identifier: MIT
#include <tcptable/snapshot.hpp>

namespace tcptable {

std::span<const std::uint32_t> Snapshot::holders(const SocketRow& row) const {
  return std::span(parts_.holders).subspan(row.first_holder, row.holder_count);
}

const Process* Snapshot::owner(const SocketRow& row) const {
  return row.holder_count == 0 ? nullptr : &parts_.processes[parts_.holders[row.first_holder]];
}

std::array<std::uint32_t, kOwnerStatusCount> Snapshot::count_by_owner_status() const {
  std::array<std::uint32_t, kOwnerStatusCount> counts{};
  for (const SocketRow& row : parts_.rows) ++counts[static_cast<std::size_t>(row.owner_status)];
  return counts;
}

}  // namespace tcptable
