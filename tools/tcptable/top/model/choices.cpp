// SPDX-License-Identifier: MIT
// From choices to the kernel's question, and the answer's rows that are left out.
#include "tcptable/top/model/choices.hpp"

#include <algorithm>
#include <array>
#include <tuple>

#include "tcptable/filter/narrow.hpp"

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

// Only what never changes of a socket may be narrowed down, for the same reason.
void narrow_lasting(const filter::Expression& filter, Query& query) {
  const StateSet states = query.states;
  // Where no row can match, the query stays as it is, and the filter lets none pass.
  std::ignore = filter::narrow(filter, query);
  query.states = states;
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

const Column& group_column(Grouping grouping) {
  return *find_column(grouping == Grouping::unit ? "workload" : "process");
}

Columns shown_columns(const Choices& choices) {
  Columns columns = choices.columns;
  const Column* protocol = find_column("proto");
  const bool shown = std::find(columns.begin(), columns.end(), protocol) != columns.end();
  if (choices.tcp && choices.udp && !shown) columns.insert(columns.begin(), protocol);
  return columns;
}

bool is_listening(const tcptable::SocketRow& row) {
  return row.state == (row.protocol == tcptable::Protocol::tcp ? State::listen : State::close);
}

Query query_for(const Choices& choices) {
  Query query;
  query.tcp = choices.tcp;
  query.udp = choices.udp;
  query.ipv4 = choices.ipv4;
  query.ipv6 = choices.ipv6;
  query.states = states_for(choices);
  query.owners = query.inodes = query.uids = query.queues = false;
  for (const Column* column : choices.columns) ask_for(*column, query);
  if (choices.sort != nullptr) ask_for(*choices.sort, query);
  if (choices.grouping != Grouping::none) ask_for(group_column(choices.grouping), query);
  narrow_lasting(choices.filter, query);
  return query;
}

bool asks_for_other_rows(const Query& a, const Query& b) {
  return a.tcp != b.tcp || a.udp != b.udp || a.ipv4 != b.ipv4 || a.ipv6 != b.ipv6 || a.owners != b.owners ||
         a.states.mask() != b.states.mask() || a.filter != b.filter;
}

bool asks_for_more(const Query& a, const Query& b) {
  constexpr std::array<filter::Wish, 12> kWishes{
      &Query::tcp,    &Query::udp,  &Query::ipv4,   &Query::ipv6,    &Query::owners,   &Query::ages,
      &Query::inodes, &Query::uids, &Query::queues, &Query::cgroups, &Query::tcp_info, &Query::memory};
  const bool more_states = (b.states.mask() & ~a.states.mask()) != 0;
  return more_states || a.filter != b.filter ||
         std::any_of(kWishes.begin(), kWishes.end(),
                     [&](filter::Wish wish) { return b.*wish && !(a.*wish); });
}

bool is_chosen(const tcptable::SocketRow& row, const Choices& choices) {
  if (!(row.protocol == tcptable::Protocol::tcp ? choices.tcp : choices.udp)) return false;
  if (!(row.local.family == tcptable::Family::ipv4 ? choices.ipv4 : choices.ipv6)) return false;
  if (is_listening(row)) return choices.listening;
  return row.state == State::established ? choices.established : choices.other;
}

}  // namespace tool::top
