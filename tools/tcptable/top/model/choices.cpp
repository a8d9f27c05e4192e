// SPDX-License-Identifier: MIT
// From choices to the kernel's question, and the answer's rows that are left out.
#include "tcptable/top/model/choices.hpp"

#include <algorithm>
#include <array>

namespace tool::top {
namespace {

using tcptable::Query;
using tcptable::State;
using tcptable::StateSet;

// A socket that only left the states asked for would look closed. So connections are asked for in all states
// or none.
StateSet states_for(const Choices& choices) {
  if (!choices.established && !choices.other) return {State::listen};
  return choices.listening ? StateSet::all() : StateSet::all().without(State::listen);
}

void wish_for(ColumnId column, Query& query) {
  const Wish wish = all_columns()[column].wish;
  if (wish != nullptr) query.*wish = true;
}

}  // namespace

std::string_view to_string(Grouping grouping) {
  switch (grouping) {
    case Grouping::none:
      break;
    case Grouping::process:
      return "process";
    case Grouping::unit:
      return "unit";
  }
  return "none";
}

Query query_for(const Choices& choices) {
  Query query;
  query.tcp = choices.tcp;
  query.udp = choices.udp;
  query.ipv4 = choices.ipv4;
  query.ipv6 = choices.ipv6;
  query.states = states_for(choices);
  query.owners = choices.grouping != Grouping::none;
  query.inodes = query.uids = query.queues = false;
  for (const ColumnId column : choices.columns) wish_for(column, query);
  if (choices.sort) wish_for(*choices.sort, query);
  return query;
}

bool asks_for_other_rows(const Query& a, const Query& b) {
  return a.tcp != b.tcp || a.udp != b.udp || a.ipv4 != b.ipv4 || a.ipv6 != b.ipv6 || a.owners != b.owners ||
         a.states.mask() != b.states.mask();
}

bool asks_for_more(const Query& a, const Query& b) {
  constexpr std::array kWishes{&Query::tcp,  &Query::udp,    &Query::ipv4, &Query::ipv6,  &Query::owners,
                               &Query::ages, &Query::inodes, &Query::uids, &Query::queues};
  const bool more_states = (b.states.mask() & ~a.states.mask()) != 0;
  return more_states ||
         std::any_of(kWishes.begin(), kWishes.end(), [&](Wish wish) { return b.*wish && !(a.*wish); });
}

bool is_chosen(const tcptable::SocketRow& row, const Choices& choices) {
  if (!(row.protocol == tcptable::Protocol::tcp ? choices.tcp : choices.udp)) return false;
  if (!(row.local.family == tcptable::Family::ipv4 ? choices.ipv4 : choices.ipv6)) return false;
  if (is_listening(row)) return choices.listening;
  return row.state == State::established ? choices.established : choices.other;
}

}  // namespace tool::top
