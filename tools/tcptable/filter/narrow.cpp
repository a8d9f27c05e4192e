// SPDX-License-Identifier: MIT
// For each part of the filter, a box around what it can match: so many protocols, families, states, ports and
// addresses.
#include "tcptable/filter/narrow.hpp"

#include <tcptable/socket_row.hpp>

#include <algorithm>

#include "tcptable/filter/socket_bounds.hpp"

namespace tool::filter {
namespace {

using tcptable::State;
using tcptable::StateSet;

constexpr std::uint32_t bit(unsigned number) {
  return 1U << number;
}

template <typename Enum>
constexpr std::uint32_t bit(Enum value) {
  return bit(static_cast<unsigned>(value));
}

struct Box {
  std::uint32_t protocols = bit(tcptable::Protocol::tcp) | bit(tcptable::Protocol::udp);
  std::uint32_t families = bit(tcptable::Family::ipv4) | bit(tcptable::Family::ipv6);
  std::uint32_t states = StateSet::all().with(State::bound).mask();
  tcptable::SocketFilter bounds;

  bool empty() const { return protocols == 0 || families == 0 || states == 0 || is_empty(bounds); }
};

constexpr std::uint32_t kStatesOfUdp = StateSet{State::established, State::close}.mask();

Box within_both(const Box& a, const Box& b) {
  return {a.protocols & b.protocols, a.families & b.families, a.states & b.states,
          intersection(a.bounds, b.bounds)};
}

// The smallest box around both.
Box around_both(const Box& a, const Box& b) {
  if (a.empty()) return b;
  if (b.empty()) return a;
  return {a.protocols | b.protocols, a.families | b.families, a.states | b.states, hull(a.bounds, b.bounds)};
}

Box box_of(const ChoiceTest& test, bool negated) {
  Box box;
  const std::uint32_t mask = negated ? ~test.mask : test.mask;
  if (test.key == Key::protocol) box.protocols &= mask;
  if (test.key == Key::family) box.families &= mask;
  if (test.key == Key::state) box.states &= mask;
  return box;
}

// An IPv4 prefix may fit an IPv4-mapped address of an IPv6 socket, so only IPv6 prefixes exclude a family.
Box box_of(const EndpointTest& test, bool negated) {
  const bool ipv6_only = std::all_of(test.patterns.begin(), test.patterns.end(), [](const auto& pattern) {
    return pattern.prefix && pattern.prefix->family == tcptable::Family::ipv6;
  });
  Box box;
  if (negated) return box;
  if (ipv6_only) box.families = bit(tcptable::Family::ipv6);
  box.bounds = bounds_of(test);
  return box;
}

Box box_of(const NumberTest& test, bool negated) {
  Box box;
  if (!negated) box.bounds = bounds_of(test);
  return box;
}

Box box_of(const TextTest&, bool) {
  return {};
}

// A negation is taken down to the tests: not (a and b) is (not a) or (not b).
Box box_of(const Expression& expression, bool negated) {
  if (expression.kind == Expression::Kind::test)
    return std::visit([negated](const auto& test) { return box_of(test, negated); }, expression.test);
  if (expression.kind == Expression::Kind::negation) return box_of(expression.operands.front(), !negated);
  const bool all = (expression.kind == Expression::Kind::conjunction) != negated;
  Box box;
  if (!all) box.protocols = 0;  // nothing, until the first operand
  for (const Expression& operand : expression.operands) {
    const Box one = box_of(operand, negated);
    box = all ? within_both(box, one) : around_both(box, one);
  }
  return box;
}

void add_needs(const Expression& expression, tcptable::Query& query) {
  if (expression.kind == Expression::Kind::test) ask_for(key_of(expression.test), query);
  for (const Expression& operand : expression.operands) add_needs(operand, query);
}

// Not only as one of "all": a filter that leaves it in without a word about states doesn't ask for it.
bool asks_for_bound(const Expression& expression, bool negated) {
  if (expression.kind == Expression::Kind::negation)
    return asks_for_bound(expression.operands.front(), !negated);
  if (expression.kind == Expression::Kind::test) {
    const auto* test = std::get_if<ChoiceTest>(&expression.test);
    return test != nullptr && test->key == Key::state && !negated && (test->mask & bit(State::bound)) != 0;
  }
  return std::any_of(expression.operands.begin(), expression.operands.end(),
                     [negated](const Expression& operand) { return asks_for_bound(operand, negated); });
}

StateSet states_in(StateSet states, std::uint32_t mask) {
  for (unsigned number = 1; number <= static_cast<unsigned>(State::bound); ++number) {
    if ((mask & bit(number)) == 0) states = states.without(static_cast<State>(number));
  }
  return states;
}

}  // namespace

bool narrow(const Expression& expression, tcptable::Query& query) {
  const Box box = box_of(expression, false);
  StateSet states = asks_for_bound(expression, false) ? query.states.with(State::bound) : query.states;
  states = states_in(states, box.states);
  const bool tcp = query.tcp && (box.protocols & bit(tcptable::Protocol::tcp)) != 0 && !states.empty();
  const bool udp =
      query.udp && (box.protocols & bit(tcptable::Protocol::udp)) != 0 && (box.states & kStatesOfUdp) != 0;
  const tcptable::SocketFilter bounds = intersection(query.filter, box.bounds);
  const bool ipv4 = query.ipv4 && (box.families & bit(tcptable::Family::ipv4)) != 0;
  const bool ipv6 = query.ipv6 && (box.families & bit(tcptable::Family::ipv6)) != 0;
  if (!(tcp || udp) || !(ipv4 || ipv6) || is_empty(bounds)) return false;
  query.tcp = tcp;
  query.udp = udp;
  query.ipv4 = ipv4;
  query.ipv6 = ipv6;
  query.states = states;
  query.filter = bounds;
  add_needs(expression, query);
  return true;
}

}  // namespace tool::filter
