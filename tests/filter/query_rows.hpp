// SPDX-License-Identifier: MIT
// What a snapshot by a query holds, as query.hpp says it, so that narrowing can be judged without a kernel.
#pragma once

#include <tcptable/query.hpp>
#include <tcptable/socket_filter.hpp>

namespace tcptable::test {

inline bool is_in(const Query& query, const SocketRow& row) {
  const bool protocol = row.protocol == Protocol::tcp ? query.tcp : query.udp;
  const bool family = row.local.family == Family::ipv4 ? query.ipv4 : query.ipv6;
  const bool state = row.protocol == Protocol::udp || query.states.contains(row.state);
  return protocol && family && state && matches(query.filter, row);
}

/// Every protocol, family and state.
inline Query everything() {
  Query query;
  query.udp = true;
  query.states = StateSet::all().with(State::bound);
  return query;
}

}  // namespace tcptable::test
