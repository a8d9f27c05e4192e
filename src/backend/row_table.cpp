// SPDX-License-Identifier: MIT
#include <utility>

#include "backend/backend.hpp"

namespace tcptable::backend {
namespace {

template <typename T>
void append_array(std::vector<T>& whole, std::vector<T>& part) {
  if (whole.empty()) {
    whole.swap(part);
  } else {
    whole.insert(whole.end(), std::make_move_iterator(part.begin()), std::make_move_iterator(part.end()));
  }
}

void move_behind(std::size_t values, std::vector<std::uint32_t>& index_of_row) {
  for (std::uint32_t& index : index_of_row) {
    if (index != RowDetails::kNone) index += static_cast<std::uint32_t>(values);
  }
}

void append_details(RowDetails& whole, RowDetails& part) {
  move_behind(whole.tcp_infos.size(), part.tcp_info_of_row);
  move_behind(whole.memories.size(), part.memory_of_row);
  append_array(whole.namespace_of_row, part.namespace_of_row);
  append_array(whole.cgroup_id_of_row, part.cgroup_id_of_row);
  append_array(whole.tcp_info_of_row, part.tcp_info_of_row);
  append_array(whole.tcp_infos, part.tcp_infos);
  append_array(whole.memory_of_row, part.memory_of_row);
  append_array(whole.memories, part.memories);
}

}  // namespace

void clear(RowTable& table) {
  table.rows.clear();
  table.keys.clear();
  table.details = {};
  table.complete = true;
}

void append(RowTable& whole, RowTable part) {
  append_array(whole.rows, part.rows);
  append_array(whole.keys, part.keys);
  append_details(whole.details, part.details);
  whole.complete = whole.complete && part.complete;
}

}  // namespace tcptable::backend
