// SPDX-License-Identifier: MIT
#include "model/row_merge.hpp"

#include <algorithm>
#include <utility>

#include "model/row_index.hpp"

namespace tcptable::model {
namespace {

bool is_connection(const SocketRow& row) {
  return row.protocol == Protocol::tcp && row.remote.port != 0;
}

}  // namespace

void drop_repeated(std::vector<SocketRow>& rows) {
  std::vector<std::uint32_t> slots;
  drop_repeated(rows, slots);
}

void drop_repeated(std::vector<SocketRow>& rows, std::vector<std::uint32_t>& slots) {
  RowIndex<SocketIdentity> index(rows, slots);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const auto place = static_cast<std::uint32_t>(kept);
    if (kept != i) rows[kept] = rows[i];
    const std::uint32_t seen = index.insert(place);
    if (seen == place) {
      ++kept;
    } else {
      rows[seen] = rows[i];
    }
  }
  rows.resize(kept);
}

MergedPasses merge_passes(std::vector<SocketRow> first, const std::vector<SocketRow>& second) {
  std::vector<std::uint32_t> socket_slots;
  std::vector<std::uint32_t> connection_slots;
  RowIndex<SocketIdentity> sockets(second, socket_slots);
  RowIndex<ConnectionIdentity> connections(second, connection_slots);
  std::size_t added = 0;
  for (std::uint32_t i = 0; i < second.size(); ++i) {
    if (sockets.insert(i) == i) ++added;
    if (is_connection(second[i])) connections.insert(i);
  }
  std::erase_if(first, [&](const SocketRow& row) {
    if (sockets.find(row) != sockets.kEmpty) {
      --added;
      return true;
    }
    return is_connection(row) && connections.find(row) != connections.kEmpty;
  });
  first.insert(first.end(), second.begin(), second.end());
  drop_repeated(first);
  return {std::move(first), added};
}

}  // namespace tcptable::model
