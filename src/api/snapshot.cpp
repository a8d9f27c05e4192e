// SPDX-License-Identifier: MIT
#include <tcptable/snapshot.hpp>

#include <functional>

namespace tcptable {

std::span<const std::uint32_t> Snapshot::holders(const SocketRow& row) const {
  return std::span(parts_.holders).subspan(row.first_holder, row.holder_count);
}

const Process* Snapshot::owner(const SocketRow& row) const {
  return row.holder_count == 0 ? nullptr : &parts_.processes[parts_.holders[row.first_holder]];
}

template <typename Value>
const Value* Snapshot::value_of(const SocketRow& row, const std::vector<std::uint32_t>& index_of_row,
                                const std::vector<Value>& values) const {
  const SocketRow* const first = parts_.rows.data();
  const std::less<const SocketRow*> before;
  if (before(&row, first) || !before(&row, first + index_of_row.size())) return nullptr;
  const std::uint32_t index = index_of_row[static_cast<std::size_t>(&row - first)];
  return index == RowDetails::kNone ? nullptr : &values[index];
}

const SocketCgroup* Snapshot::cgroup(const SocketRow& row) const {
  return value_of(row, parts_.cgroup_of_row, parts_.cgroups);
}

const TcpInfo* Snapshot::tcp_info(const SocketRow& row) const {
  return value_of(row, parts_.details.tcp_info_of_row, parts_.details.tcp_infos);
}

const SocketMemory* Snapshot::memory(const SocketRow& row) const {
  return value_of(row, parts_.details.memory_of_row, parts_.details.memories);
}

const NetworkNamespace* Snapshot::network_namespace(const SocketRow& row) const {
  return value_of(row, parts_.details.namespace_of_row, parts_.namespaces);
}

void Snapshot::prefetch(const SocketRow& row) const noexcept {
  __builtin_prefetch(parts_.holders.data() + row.first_holder);
  if (!parts_.cgroup_of_row.empty())
    __builtin_prefetch(parts_.cgroup_of_row.data() + (&row - parts_.rows.data()));
}

std::array<std::uint32_t, kOwnerStatusCount> Snapshot::count_by_owner_status() const {
  std::array<std::uint32_t, kOwnerStatusCount> counts{};
  for (const SocketRow& row : parts_.rows) ++counts[static_cast<std::size_t>(row.owner_status)];
  return counts;
}

}  // namespace tcptable
