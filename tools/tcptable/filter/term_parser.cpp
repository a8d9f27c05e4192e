// SPDX-License-Identifier: MIT
// Which form a word begins is decided by the word and the token behind it.
#include "tcptable/filter/term_parser.hpp"

#include <array>
#include <bit>
#include <string>
#include <utility>

#include "tcptable/filter/endpoint_pattern.hpp"
#include "tcptable/filter/number.hpp"
#include "tcptable/filter/spelling.hpp"
#include "tcptable/filter/value_parser.hpp"

namespace tool::filter {
namespace {

struct Operator {
  std::string_view text;
  Comparison comparison;
  bool negated = false;
};

// The words are ss's; the longer symbols before the shorter.
constexpr std::array<Operator, 18> kOperators{{
    {"==", Comparison::equal},
    {"!=", Comparison::equal, true},
    {"!~", Comparison::contains, true},
    {"<=", Comparison::less_equal},
    {">=", Comparison::greater_equal},
    {"=", Comparison::equal},
    {"~", Comparison::contains},
    {"<", Comparison::less},
    {">", Comparison::greater},
    {"eq", Comparison::equal},
    {"ne", Comparison::equal, true},
    {"neq", Comparison::equal, true},
    {"lt", Comparison::less},
    {"gt", Comparison::greater},
    {"le", Comparison::less_equal},
    {"leq", Comparison::less_equal},
    {"ge", Comparison::greater_equal},
    {"geq", Comparison::greater_equal},
}};

const Operator* find_operator(const Token& token) {
  if (token.kind != Token::Kind::comparison && token.kind != Token::Kind::word) return nullptr;
  for (const Operator& each : kOperators) {
    if (each.text == token.text) return &each;
  }
  return nullptr;
}

// What ss lets stand before its value without a sign between them.
constexpr std::string_view kPredicates = "dst src dport sport dev cgroup";

bool is_word(const Token& token) {
  return token.kind == Token::Kind::word;
}

bool is_text(const Token& token) {
  return is_word(token) || token.kind == Token::Kind::quoted;
}

bool is_state_word(const Token& token) {
  return is_word(token) && is_one_of("state exclude excl", token.text);
}

tl::unexpected<SyntaxError> wrong(const Token& token, std::string message) {
  return tl::unexpected(SyntaxError{token.begin, token.end, std::move(message)});
}

class TermParser {
 public:
  TermParser(TokenStream& tokens, const NameLookup& names) : tokens_(tokens), names_(names) {}

  Parsed<Expression> run() {
    const Token token = tokens_.take();
    if (token.kind == Token::Kind::quoted) return search({{token.text, true, token.begin, token.end}});
    if (const Operator* between = find_operator(tokens_.peek()); between != nullptr && can_compare(token))
      return comparison(token, *between);
    const auto colon = token.text.find(':');
    if (colon != std::string::npos && colon > 0 && !looks_like_address(token.text) && token.text[0] != '*')
      return keyed(token, colon);
    if (is_state_word(token)) return states(token);
    if (is_one_of(kPredicates, token.text)) return comparison(token, kOperators[0], 0);
    if (token.text == "fwmark" || token.text == "autobound")
      return wrong(token, token.text + " is one of ss's tests that tcptable has not");
    return bare_word(token);
  }

 private:
  // "gt" behind a word is an operator only where a key can stand before it.
  bool can_compare(const Token& token) const {
    return tokens_.peek().kind == Token::Kind::comparison || find_key(token.text).has_value();
  }

  Parsed<Expression> unknown_key(const Token& token, std::string_view word) const {
    std::vector<std::string_view> words;
    for (const KeyInfo& key : all_keys()) {
      words.push_back(key.name);
      for_each_word(key.aliases, [&](std::string_view alias) { words.push_back(alias); });
    }
    const std::string_view nearest = nearest_word(word, words);
    const std::string message = "no key is called '" + std::string(word) + "'";
    return tl::unexpected(SyntaxError{
        token.begin, token.begin + word.size(),
        nearest.empty() ? message + "; a value with a colon needs quotes, and host names are not looked up"
                        : message + "; did you mean " + std::string(nearest) + "?"});
  }

  // The values from here on; `first` is the rest of a word that was begun, or has no text.
  Parsed<std::vector<Value>> values(Value first) {
    std::vector<Value> list;
    for (;;) {
      split(std::move(first), list);
      const Token& next = tokens_.peek();
      const bool quote_follows = next.glued && next.kind == Token::Kind::quoted;
      for (const Value& value : list) {
        const bool is_quoted = value.quoted || (&value == &list.back() && quote_follows);
        if (value.text.empty() && !is_quoted)
          return tl::unexpected(SyntaxError{value.begin, value.end, "a value is missing here"});
      }
      if (!list.back().text.empty()) break;
      list.back() = quoted_value();
      const Token& behind = tokens_.peek();
      if (!behind.glued || !is_word(behind)) break;
      if (behind.text[0] != ',') return wrong(behind, "a space or a comma is missing before this");
      first = {behind.text.substr(1), false, behind.begin + 1, behind.end};
      tokens_.take();
    }
    return list;
  }

  Value quoted_value() {
    const Token token = tokens_.take();
    return {token.text, true, token.begin, token.end};
  }

  // At the commas.
  static void split(Value whole, std::vector<Value>& list) {
    std::size_t begin = 0;
    for (;;) {
      const std::size_t comma = std::min(whole.text.find(',', begin), whole.text.size());
      list.push_back(
          {whole.text.substr(begin, comma - begin), false, whole.begin + begin, whole.begin + comma});
      if (comma == whole.text.size()) return;
      begin = comma + 1;
    }
  }

  Parsed<Expression> compared(Key key, const Operator& by, const std::vector<Value>& list) const {
    auto test = make_comparison(key, by.comparison, list, names_);
    if (!test) return tl::unexpected(std::move(test.error()));
    Expression expression = make_test(std::move(*test));
    return by.negated ? negated(std::move(expression)) : std::move(expression);
  }

  // KEY OPERATOR VALUE; `operator_tokens` is 0 where ss's predicate stands before its value alone.
  Parsed<Expression> comparison(const Token& word, const Operator& by, int operator_tokens = 1) {
    const auto key = find_key(word.text);
    if (!key) return unknown_key(word, word.text);
    const Token before = operator_tokens == 0 ? word : tokens_.take();
    if (!is_text(tokens_.peek())) return wrong(before, "a value is missing behind this");
    if (tokens_.peek().kind == Token::Kind::quoted) {
      Value quoted = quoted_value();
      const Token& next = tokens_.peek();
      if (!next.glued || !is_word(next) || next.text[0] != ',')
        return compared(*key, by, {std::move(quoted)});
      return more_values(*key, by, std::move(quoted));
    }
    const Token value = tokens_.take();
    auto list = values({value.text, false, value.begin, value.end});
    if (!list) return tl::unexpected(std::move(list.error()));
    return compared(*key, by, *list);
  }

  // Behind a quoted value and a comma.
  Parsed<Expression> more_values(Key key, const Operator& by, Value first) {
    const Token rest = tokens_.take();
    auto list = values({rest.text.substr(1), false, rest.begin + 1, rest.end});
    if (!list) return tl::unexpected(std::move(list.error()));
    list->insert(list->begin(), std::move(first));
    return compared(key, by, *list);
  }

  // KEY:VALUE, and KEY:>VALUE.
  Parsed<Expression> keyed(const Token& word, std::size_t colon) {
    const std::string_view name = std::string_view(word.text).substr(0, colon);
    const auto key = find_key(name);
    if (!key) return unknown_key(word, name);
    Operator by{":", Comparison::equal};
    std::size_t begin = colon + 1;
    for (const Operator& each : kOperators) {
      const bool is_sign = each.text.front() == '<' || each.text.front() == '>';
      if (!is_sign || info(*key).kind == ValueKind::text) continue;
      if (!std::string_view(word.text).substr(begin).starts_with(each.text)) continue;
      by = each;
      begin += each.text.size();
      break;
    }
    if (begin == word.text.size() && !tokens_.peek().glued)
      return wrong(word, "a value belongs right behind the colon, without a space");
    auto list = values({word.text.substr(begin), false, word.begin + begin, word.end});
    if (!list) return tl::unexpected(std::move(list.error()));
    if (*key == Key::cmdline && std::none_of(list->begin(), list->end(), has_wildcard))
      by.comparison = Comparison::contains;
    return compared(*key, by, *list);
  }

  // "state established exclude listening ...": together one set, as ss(8) has it.
  Parsed<Expression> states(Token word) {
    std::uint32_t mask = word.text == "state" ? 0 : all_choices(Key::state);
    for (;;) {
      if (!is_word(tokens_.peek())) return wrong(word, word.text + " takes a state, as in state established");
      const Token name = tokens_.take();
      auto test =
          make_comparison(Key::state, Comparison::equal, {{name.text, false, name.begin, name.end}}, names_);
      if (!test) return tl::unexpected(std::move(test.error()));
      const std::uint32_t named = std::get<ChoiceTest>(*test).mask;
      mask = word.text == "state" ? mask | named : mask & ~named;
      if (!is_state_word(tokens_.peek()) || tokens_.peek(1).kind == Token::Kind::comparison) break;
      word = tokens_.take();
    }
    return make_test(ChoiceTest{Key::state, mask});
  }

  Parsed<Expression> search(const std::vector<Value>& list) const {
    const bool wildcard = std::any_of(list.begin(), list.end(), has_wildcard);
    const Operator by{"", wildcard ? Comparison::equal : Comparison::contains};
    return compared(Key::any, by, list);
  }

  Parsed<Expression> bare_word(const Token& word) {
    const Operator equal{"", Comparison::equal};
    const bool is_port = word.text[0] == ':';
    const std::size_t skipped = is_port && !looks_like_address(word.text) ? 1 : 0;
    const auto list = values({word.text.substr(skipped), false, word.begin + skipped, word.end});
    if (!list) return tl::unexpected(list.error());
    const std::string& first = list->front().text;
    if (skipped == 1) return compared(Key::port, equal, *list);
    if (first[0] == '*' && first.find(':') == 1) return compared(Key::net, equal, *list);
    if (looks_like_address(first)) return compared(Key::net, equal, *list);
    if (parse_digits(first, UINT64_MAX))
      return wrong(word, "a port or a process? write :" + first + " or pid:" + first);
    for (Key key : {Key::state, Key::protocol, Key::family}) {
      const auto mask = find_choice(key, first);
      if (mask && std::has_single_bit(*mask)) return compared(key, equal, *list);
    }
    if (const auto key = find_key(word.text))
      return wrong(word,
                   word.text + " needs a value, as in " + word.text + ":VALUE; as a name put it in quotes");
    return search(*list);
  }

  TokenStream& tokens_;
  const NameLookup& names_;
};

}  // namespace

Parsed<Expression> parse_term(TokenStream& tokens, const NameLookup& names) {
  return TermParser(tokens, names).run();
}

}  // namespace tool::filter
