// SPDX-License-Identifier: MIT
// The kernel's four inet tables, of which a query wants some.
#pragma once

#include <tcptable/query.hpp>

#include <utility>
#include <vector>

namespace tcptable::backend {

struct Table {
  Protocol protocol;
  Family family;
};

inline std::vector<Table> wanted_tables(const Query& query) {
  std::vector<Table> tables;
  for (const Protocol protocol : {Protocol::tcp, Protocol::udp}) {
    if (!(protocol == Protocol::tcp ? query.tcp : query.udp)) continue;
    if (query.ipv4) tables.push_back({protocol, Family::ipv4});
    if (query.ipv6) tables.push_back({protocol, Family::ipv6});
  }
  return tables;
}

/// Moves `rows` behind what `table` holds, without a copy where it holds nothing.
inline void append(std::vector<SocketRow>& table, std::vector<SocketRow> rows) {
  if (table.empty()) {
    table = std::move(rows);
  } else {
    table.insert(table.end(), rows.begin(), rows.end());
  }
}

}  // namespace tcptable::backend
