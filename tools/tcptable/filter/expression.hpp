// SPDX-License-Identifier: MIT
// A filter as a tree of tests: what the parser makes, and the matcher and the narrowing read. Value
// semantics.
#pragma once

#include <tcptable/endpoint.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "tcptable/filter/key.hpp"

namespace tool::filter {

/// Is the value one of these? Bit n is choice n (choices()).
struct ChoiceTest {
  Key key = Key::state;
  std::uint32_t mask = 0;
  friend bool operator==(const ChoiceTest&, const ChoiceTest&) = default;
};

/// Both ends belong to it.
struct Range {
  std::uint64_t first = 0;
  std::uint64_t last = 0;
  friend bool operator==(const Range&, const Range&) = default;
};

/// Is the number in one of the ranges? In the unit of the key's ValueKind.
struct NumberTest {
  Key key = Key::port;
  std::vector<Range> ranges;
  friend bool operator==(const NumberTest&, const NumberTest&) = default;
};

/// A network, or with all bits one address. An IPv6 prefix within ::ffff:0:0/96 is never made: it is the IPv4
/// prefix, which means an IPv4-mapped address, too.
struct Prefix {
  std::array<std::uint8_t, 16> address{};  ///< As Endpoint::address; zero behind the prefix.
  std::uint8_t bits = 0;
  tcptable::Family family = tcptable::Family::ipv4;
  std::uint32_t scope_id = 0;  ///< 0 for any.
  friend bool operator==(const Prefix&, const Prefix&) = default;
};

struct EndpointPattern {
  std::optional<Prefix> prefix;  ///< Absent: any address.
  std::optional<Range> ports;    ///< Absent: any port.
  friend bool operator==(const EndpointPattern&, const EndpointPattern&) = default;
};

/// Does one of the patterns fit the end that the key names (Key::net: either)?
struct EndpointTest {
  Key key = Key::net;
  std::vector<EndpointPattern> patterns;
  friend bool operator==(const EndpointTest&, const EndpointTest&) = default;
};

struct TextPattern {
  enum class How : std::uint8_t {
    equal,
    wildcard,  ///< The whole text; * is any text, ? any character.
    contains,  ///< Somewhere in it, ASCII letters of either case.
  };
  How how = How::equal;
  std::string text;
  friend bool operator==(const TextPattern&, const TextPattern&) = default;
};

struct TextTest {
  Key key = Key::any;
  std::vector<TextPattern> patterns;
  friend bool operator==(const TextTest&, const TextTest&) = default;
};

using Test = std::variant<ChoiceTest, NumberTest, EndpointTest, TextTest>;

struct Expression {
  enum class Kind : std::uint8_t { test, negation, conjunction, disjunction };

  /// A conjunction of nothing: every socket matches.
  Kind kind = Kind::conjunction;
  Test test;                         ///< Of Kind::test alone.
  std::vector<Expression> operands;  ///< One of a negation, none of a test.

  friend bool operator==(const Expression&, const Expression&) = default;
};

Expression make_test(Test test);
/// The opposite; of a negation what it negates.
Expression negated(Expression operand);
/// Operands of the same kind are taken apart; a single one is returned as it is.
Expression combined(Expression::Kind kind, std::vector<Expression> operands);

/// In the filter language, in one canonical way: parse(to_text(e)) == e.
std::string to_text(const Expression& expression);

/// Does any test ask for the key?
bool mentions(const Expression& expression, Key key);

/// The key that a test asks for.
Key key_of(const Test& test);

}  // namespace tool::filter
