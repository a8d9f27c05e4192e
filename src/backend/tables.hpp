// SPDX-License-Identifier: MIT
// The kernel's four inet tables, of which a query wants some.
#pragma once

#include <tcptable/error.hpp>
#include <tcptable/query.hpp>

#include <vector>

namespace tcptable::backend {

struct Table {
  Protocol protocol;
  Family family;
};

/// Calls `collect`, which returns a Result<void>, for each wanted table, until one fails.
template <typename Collect>
Result<void> for_each_table(const Query& query, const Collect& collect) {
  for (const Protocol protocol : {Protocol::tcp, Protocol::udp}) {
    if (!(protocol == Protocol::tcp ? query.tcp : query.udp)) continue;
    for (const Family family : {Family::ipv4, Family::ipv6}) {
      if (!(family == Family::ipv4 ? query.ipv4 : query.ipv6)) continue;
      if (auto collected = collect(Table{protocol, family}); !collected) return collected;
    }
  }
  return {};
}

/// Puts `rows` behind what `table` holds, without a copy where it holds nothing; `rows` is then any rows.
inline void append(std::vector<SocketRow>& table, std::vector<SocketRow>& rows) {
  if (table.empty()) {
    table.swap(rows);
  } else {
    table.insert(table.end(), rows.begin(), rows.end());
  }
}

}  // namespace tcptable::backend
