// SPDX-License-Identifier: MIT
#include "backend/sock_diag/dumped_details.hpp"

#include <utility>

namespace tcptable::backend {

void DumpedDetails::add(DiagDetails& parsed) {
  parsed.row.first_holder = static_cast<std::uint32_t>(details_.size());
  Details details{parsed.cgroup_id};
  if (query_.tcp_info && parsed.tcp_info) {
    details.tcp_info = static_cast<std::uint32_t>(tcp_infos_.size());
    tcp_infos_.push_back(std::move(*parsed.tcp_info));
  }
  if (query_.memory && parsed.memory) {
    details.memory = static_cast<std::uint32_t>(memories_.size());
    memories_.push_back(*parsed.memory);
  }
  details_.push_back(details);
}

void DumpedDetails::move_to(RowTable& table) && {
  for (SocketRow& row : table.rows) {
    const Details& details = details_[std::exchange(row.first_holder, 0)];
    if (query_.cgroups) table.details.cgroup_id_of_row.push_back(details.cgroup_id);
    if (query_.tcp_info) table.details.tcp_info_of_row.push_back(details.tcp_info);
    if (query_.memory) table.details.memory_of_row.push_back(details.memory);
  }
  table.details.tcp_infos = std::move(tcp_infos_);
  table.details.memories = std::move(memories_);
}

}  // namespace tcptable::backend
