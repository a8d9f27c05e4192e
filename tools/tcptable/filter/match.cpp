// SPDX-License-Identifier: MIT
// Walking the tree, and one overload for each shape of test.
#include "tcptable/filter/match.hpp"

#include <algorithm>
#include <array>

#include "tcptable/filter/endpoint_pattern.hpp"
#include "tcptable/filter/text_pattern.hpp"

namespace tool::filter {
namespace {

using tcptable::SocketRow;

Truth truth(bool value) {
  return value ? Truth::yes : Truth::no;
}

Truth opposite(Truth value) {
  return static_cast<Truth>(static_cast<int>(Truth::yes) - static_cast<int>(value));
}

template <typename T, typename Fits>
Truth any_of(const Values<T>& values, const Fits& fits) {
  if (std::any_of(values.values.begin(), values.values.end(), fits)) return Truth::yes;
  return values.complete ? Truth::no : Truth::unknown;
}

unsigned choice_of(Key key, const SocketRow& row) {
  switch (key) {
    case Key::state:
      return static_cast<unsigned>(row.state);
    case Key::protocol:
      return static_cast<unsigned>(row.protocol);
    case Key::family:
      return static_cast<unsigned>(row.local.family);
    default:
      return static_cast<unsigned>(row.owner_status);
  }
}

bool contains(const std::vector<Range>& ranges, std::uint64_t number) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [number](const Range& range) { return range.first <= number && number <= range.last; });
}

// Of both ends, only one that is there counts: a listener has no remote port.
bool fits_port(const NumberTest& test, const SocketRow& row) {
  if (test.key == Key::local_port) return contains(test.ranges, row.local.port);
  if (test.key == Key::remote_port) return contains(test.ranges, row.remote.port);
  return contains(test.ranges, row.local.port) ||
         (row.remote.port != 0 && contains(test.ranges, row.remote.port));
}

Truth evaluate(const ChoiceTest& test, Facts& facts) {
  return truth((test.mask >> choice_of(test.key, facts.row()) & 1U) != 0);
}

Truth evaluate(const NumberTest& test, Facts& facts) {
  if (info(test.key).kind == ValueKind::port) return truth(fits_port(test, facts.row()));
  return any_of(facts.numbers(test.key), [&](std::uint64_t number) { return contains(test.ranges, number); });
}

Truth evaluate(const EndpointTest& test, Facts& facts) {
  const SocketRow& row = facts.row();
  return truth(std::any_of(test.patterns.begin(), test.patterns.end(), [&](const EndpointPattern& pattern) {
    return (test.key != Key::remote && fits(pattern, row.local)) ||
           (test.key != Key::local && fits(pattern, row.remote));
  }));
}

Truth evaluate(const TextTest& test, Facts& facts) {
  return any_of(facts.texts(test.key), [&](std::string_view text) {
    return std::any_of(test.patterns.begin(), test.patterns.end(),
                       [&](const TextPattern& pattern) { return fits(test.key, pattern, text); });
  });
}

}  // namespace

Truth evaluate(const Expression& expression, Facts& facts) {
  if (expression.kind == Expression::Kind::test)
    return std::visit([&](const auto& test) { return evaluate(test, facts); }, expression.test);
  if (expression.kind == Expression::Kind::negation)
    return opposite(evaluate(expression.operands.front(), facts));
  const bool conjunction = expression.kind == Expression::Kind::conjunction;
  Truth result = truth(conjunction);
  const Truth decided = opposite(result);
  for (const Expression& operand : expression.operands) {
    const Truth one = evaluate(operand, facts);
    result = conjunction ? std::min(result, one) : std::max(result, one);
    if (result == decided) break;
  }
  return result;
}

}  // namespace tool::filter
