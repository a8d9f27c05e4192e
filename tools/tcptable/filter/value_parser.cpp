// SPDX-License-Identifier: MIT
// One function for each shape of test.
#include "tcptable/filter/value_parser.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "tcptable/filter/endpoint_pattern.hpp"
#include "tcptable/filter/number.hpp"
#include "tcptable/filter/spelling.hpp"

namespace tool::filter {
namespace {

constexpr std::uint64_t kLargest = std::numeric_limits<std::uint64_t>::max();

tl::unexpected<SyntaxError> wrong(const Value& value, std::string message) {
  return tl::unexpected(SyntaxError{value.begin, value.end, std::move(message)});
}

std::string expectation(Key key) {
  const std::string name(info(key).name);
  switch (info(key).kind) {
    case ValueKind::port:
      return name + " takes a number up to 65535, a service's name, or a range such as 8000-8099";
    case ValueKind::endpoint:
      return name + " takes an address, a network, or either with a port: 10.0.0.1, 10.0.0.0/8, [::1]:443";
    case ValueKind::size:
      return name + " takes bytes: 0, 1500, 64K, 1.5M";
    case ValueKind::rate:
      return name + " takes bytes or bits per second: 500K, 1.5M/s, 100Mbit";
    case ValueKind::duration:
      return name + " takes a time with its unit: 250us, 100ms, 1.5s, 1h30m, 2d";
    case ValueKind::moment:
      return name + " takes a local time: 2026-11-24, 2026-11-24T23:45, or with seconds";
    case ValueKind::interface:
      return name + " takes the name or index of an interface of this network namespace";
    case ValueKind::user:
      return name + " takes the name or number of a user of this system";
    case ValueKind::count:
      return name + " takes a number, or a range such as 100-199";
    default:
      return name + " takes a name";
  }
}

std::string choice_expectation(Key key, const Value& value) {
  std::vector<std::string_view> words;
  for (const Choice& choice : choices(key)) {
    if (!choice.name.empty()) words.push_back(choice.name);
  }
  const std::string no = "no " + std::string(info(key).name) + " is called " + value.text;
  const std::string_view nearest = nearest_word(value.text, words);
  if (!nearest.empty()) return no + "; did you mean " + std::string(nearest) + "?";
  std::string all;
  for (std::string_view word : words) all += (all.empty() ? "" : ", ") + std::string(word);
  return no + "; there are " + all;
}

Parsed<Test> choice_test(Key key, const std::vector<Value>& values) {
  ChoiceTest test{key, 0};
  for (const Value& value : values) {
    const auto mask = find_choice(key, value.text);
    if (!mask) return wrong(value, choice_expectation(key, value));
    test.mask |= *mask;
  }
  return test;
}

// A number, or the number that a name stands for.
std::optional<std::uint64_t> parse_scalar(ValueKind kind, const std::string& text, const NameLookup& names) {
  if (text.find('\0') != std::string::npos) return std::nullopt;
  if (kind == ValueKind::user || kind == ValueKind::interface) {
    if (const auto number = parse_digits(text, UINT32_MAX)) return number;
    const auto found = kind == ValueKind::user ? names.uid_of_user(text) : names.index_of_interface(text);
    return found ? std::optional<std::uint64_t>(*found) : std::nullopt;
  }
  return parse_number(kind, text);
}

// A number, or what is as good as one: a day has a first and a last second.
std::optional<Range> parse_single(ValueKind kind, const std::string& text, const NameLookup& names) {
  if (kind == ValueKind::moment) return parse_moment(text);
  const auto number = parse_scalar(kind, text, names);
  return number ? std::optional(Range{*number, *number}) : std::nullopt;
}

std::optional<Range> parse_range(ValueKind kind, const std::string& text, const NameLookup& names) {
  if (const auto single = parse_single(kind, text, names)) return single;
  const auto dash = text.find('-');
  if (dash == std::string::npos || text.size() == 1) return std::nullopt;
  const auto first = dash == 0 ? Range{} : parse_single(kind, text.substr(0, dash), names);
  const bool open = dash + 1 == text.size();
  const auto last = open ? Range{0, kLargest} : parse_single(kind, text.substr(dash + 1), names);
  if (!first || !last || first->first > last->last) return std::nullopt;
  return Range{first->first, last->last};
}

// The numbers on the right side of `number`, up to `largest`.
std::vector<Range> side_of(Comparison comparison, Range number, std::uint64_t largest) {
  switch (comparison) {
    case Comparison::less:
      if (number.first == 0) return {};
      return {{0, number.first - 1}};
    case Comparison::less_equal:
      return {{0, number.last}};
    case Comparison::greater:
      if (number.last >= largest) return {};
      return {{number.last + 1, largest}};
    default:
      return {{number.first, largest}};
  }
}

// A port may stand behind a colon, as in ss.
std::optional<Range> number_of(ValueKind kind, Comparison comparison, const std::string& text,
                               const NameLookup& names) {
  if (kind == ValueKind::port) {
    const auto ports = parse_ports(text.starts_with(':') ? text.substr(1) : text, names);
    return ports && (comparison == Comparison::equal || ports->first == ports->last) ? ports : std::nullopt;
  }
  return comparison == Comparison::equal ? parse_range(kind, text, names) : parse_single(kind, text, names);
}

Parsed<Test> number_test(Key key, Comparison comparison, const std::vector<Value>& values,
                         const NameLookup& names) {
  const ValueKind kind = info(key).kind;
  NumberTest test{key, {}};
  for (const Value& value : values) {
    const auto number = number_of(kind, comparison, value.text, names);
    if (!number) return wrong(value, expectation(key));
    if (comparison == Comparison::equal) {
      test.ranges.push_back(*number);
    } else {
      test.ranges = side_of(comparison, *number, kind == ValueKind::port ? 65535 : kLargest);
    }
  }
  return test;
}

Parsed<Test> endpoint_test(Key key, const std::vector<Value>& values, const NameLookup& names) {
  EndpointTest test{key, {}};
  for (const Value& value : values) {
    const auto pattern = parse_endpoint(value.text, names);
    if (!pattern) return wrong(value, expectation(key));
    test.patterns.push_back(*pattern);
  }
  return test;
}

TextPattern::How how(Comparison comparison, const Value& value) {
  if (comparison == Comparison::contains) return TextPattern::How::contains;
  return has_wildcard(value) ? TextPattern::How::wildcard : TextPattern::How::equal;
}

Parsed<Test> text_test(Key key, Comparison comparison, const std::vector<Value>& values) {
  TextTest test{key, {}};
  for (const Value& value : values) test.patterns.push_back({how(comparison, value), value.text});
  return test;
}

bool takes(ValueKind kind, Comparison comparison) {
  switch (comparison) {
    case Comparison::equal:
      return true;
    case Comparison::contains:
      return kind == ValueKind::text;
    default:
      return kind == ValueKind::port || kind == ValueKind::count || kind == ValueKind::size ||
             kind == ValueKind::rate || kind == ValueKind::duration || kind == ValueKind::moment;
  }
}

// ss's "sport = inet:22": a port of one family's sockets.
std::optional<Test> family_port(Key key, const Value& value, const NameLookup& names) {
  const auto colon = value.text.find(':');
  if (value.text.substr(0, 4) != "inet" || colon == std::string::npos) return std::nullopt;
  const bool has_colon = value.text.find(':', colon + 1) == colon + 1;
  const std::string ports = value.text.substr(colon + (has_colon ? 2 : 1));
  const auto pattern = parse_endpoint(value.text.substr(0, colon) + "::" + ports, names);
  const Key end = key == Key::port ? Key::net : key == Key::local_port ? Key::local : Key::remote;
  return pattern ? std::optional<Test>(EndpointTest{end, {*pattern}}) : std::nullopt;
}

}  // namespace

bool has_wildcard(const Value& value) {
  return !value.quoted && value.text.find_first_of("*?") != std::string::npos;
}

Parsed<Test> make_comparison(Key key, Comparison comparison, const std::vector<Value>& values,
                             const NameLookup& names) {
  const ValueKind kind = info(key).kind;
  const Value whole{{}, false, values.front().begin, values.back().end};
  if (!takes(kind, comparison)) {
    const char* only = comparison == Comparison::contains ? " is no text that could contain something"
                                                          : " has no order: it takes only = and !=";
    return wrong(whole, std::string(info(key).name) + only);
  }
  const bool one_only = comparison != Comparison::equal && comparison != Comparison::contains;
  if (one_only && values.size() > 1) return wrong(whole, "a comparison takes one number");
  if (kind == ValueKind::port && comparison == Comparison::equal) {
    if (const auto test = family_port(key, values.front(), names)) return *test;
  }
  switch (kind) {
    case ValueKind::choice:
      return choice_test(key, values);
    case ValueKind::endpoint:
      return endpoint_test(key, values, names);
    case ValueKind::text:
      return text_test(key, comparison, values);
    default:
      return number_test(key, comparison, values, names);
  }
}

}  // namespace tool::filter
