// SPDX-License-Identifier: MIT
// Building expressions so that equal filters become equal trees, and writing them down.
#include "tcptable/filter/expression.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <string_view>
#include <utility>

namespace tool::filter {
namespace {

using Kind = Expression::Kind;

template <typename Items, typename Write>
std::string joined(const Items& items, std::string_view separator, const Write& write) {
  std::string text;
  for (const auto& item : items) {
    if (!text.empty()) text += separator;
    text += write(item);
  }
  return text;
}

std::string keyed(Key key, std::string_view behind) {
  return std::string(info(key).name) + std::string(behind);
}

std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result + '"';
}

std::string number_text(ValueKind kind, std::uint64_t number) {
  return (kind == ValueKind::moment ? "@" : "") + std::to_string(number) +
         (kind == ValueKind::duration ? "us" : "");
}

std::string range_text(ValueKind kind, Range range) {
  if (range.first == range.last) return number_text(kind, range.first);
  const std::string first = number_text(kind, range.first) + '-';
  return range.last == std::numeric_limits<std::uint64_t>::max() ? first
                                                                 : first + number_text(kind, range.last);
}

std::string prefix_text(const Prefix& prefix) {
  tcptable::Endpoint endpoint;
  endpoint.family = prefix.family;
  endpoint.address = prefix.address;
  std::string text = address_text(endpoint);
  if (prefix.scope_id != 0) text += '%' + std::to_string(prefix.scope_id);
  const bool is_ipv4 = prefix.family == tcptable::Family::ipv4;
  if (!is_ipv4) text = '[' + text + ']';
  return prefix.bits == (is_ipv4 ? 32 : 128) ? text : text + '/' + std::to_string(prefix.bits);
}

std::string text_of(const EndpointPattern& pattern) {
  std::string text = pattern.prefix ? prefix_text(*pattern.prefix) : "*";
  if (pattern.ports) text += ':' + range_text(ValueKind::port, *pattern.ports);
  return text;
}

std::string text_of(const ChoiceTest& test) {
  std::vector<std::string_view> words;
  const auto all = choices(test.key);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if ((test.mask >> i & 1U) != 0) words.push_back(all[i].name);
  }
  if (words.empty()) return keyed(test.key, ":none");
  return keyed(test.key, ":") + joined(words, ",", [](std::string_view word) { return std::string(word); });
}

std::string text_of(const NumberTest& test) {
  const auto kind = info(test.key).kind;
  if (test.ranges.empty()) return keyed(test.key, "<0");
  return keyed(test.key, ":") +
         joined(test.ranges, ",", [kind](const Range& range) { return range_text(kind, range); });
}

std::string text_of(const EndpointTest& test) {
  return keyed(test.key, ":") +
         joined(test.patterns, ",", [](const EndpointPattern& pattern) { return text_of(pattern); });
}

// What a TextTest says is either all searched for or all compared: the parser makes no mixture.
std::string text_of(const TextTest& test) {
  const bool search = !test.patterns.empty() && test.patterns.front().how == TextPattern::How::contains;
  return keyed(test.key, search ? "~" : "=") + joined(test.patterns, ",", [](const TextPattern& pattern) {
           return pattern.how == TextPattern::How::wildcard ? pattern.text : quoted(pattern.text);
         });
}

std::string operand_text(const Expression& operand, bool within_and) {
  const bool braces = operand.kind == Kind::disjunction || (!within_and && operand.kind == Kind::conjunction);
  const std::string text = to_text(operand);
  return braces ? '(' + text + ')' : text;
}

}  // namespace

Expression make_test(Test test) {
  return {Kind::test, std::move(test), {}};
}

Expression negated(Expression operand) {
  if (operand.kind == Kind::negation) return Expression(std::move(operand.operands.front()));
  Expression result{Kind::negation, {}, {}};
  result.operands.push_back(std::move(operand));
  return result;
}

Expression combined(Kind kind, std::vector<Expression> operands) {
  if (operands.size() == 1) return std::move(operands.front());
  Expression result{kind, {}, {}};
  for (Expression& operand : operands) {
    if (operand.kind == kind)
      std::move(operand.operands.begin(), operand.operands.end(), std::back_inserter(result.operands));
    else
      result.operands.push_back(std::move(operand));
  }
  return result;
}

std::string to_text(const Expression& expression) {
  const auto& operands = expression.operands;
  switch (expression.kind) {
    case Kind::test:
      return std::visit([](const auto& test) { return text_of(test); }, expression.test);
    case Kind::negation:
      return '!' + operand_text(operands.front(), false);
    case Kind::conjunction:
      return joined(operands, " ", [](const Expression& operand) { return operand_text(operand, true); });
    case Kind::disjunction:
      return joined(operands, " or ", [](const Expression& operand) { return to_text(operand); });
  }
  return {};
}

Key key_of(const Test& test) {
  return std::visit([](const auto& one) { return one.key; }, test);
}

bool mentions(const Expression& expression, Key key) {
  if (expression.kind == Kind::test) return key_of(expression.test) == key;
  return std::any_of(expression.operands.begin(), expression.operands.end(),
                     [key](const Expression& operand) { return mentions(operand, key); });
}

}  // namespace tool::filter
