// SPDX-License-Identifier: MIT
// Recursive descent over or, and, not and parentheses:
//   filter      = [ disjunction ]
//   disjunction = conjunction { "or" conjunction }
//   conjunction = negation { [ "and" ] negation }
//   negation    = { "!" } ( "(" disjunction ")" | term )
#include "tcptable/filter/parser.hpp"

#include <utility>
#include <vector>

#include "tcptable/filter/lexer.hpp"
#include "tcptable/filter/spelling.hpp"
#include "tcptable/filter/term_parser.hpp"

namespace tool::filter {
namespace {

constexpr int kDeepest = 100;

bool is_operator(const Token& token, Token::Kind symbol, std::string_view word) {
  return token.kind == symbol || (token.kind == Token::Kind::word && plain_spelling(token.text) == word);
}

bool is_or(const Token& token) {
  return is_operator(token, Token::Kind::disjunction, "or");
}

bool is_and(const Token& token) {
  return is_operator(token, Token::Kind::conjunction, "and");
}

bool is_not(const Token& token) {
  return is_operator(token, Token::Kind::negation, "not");
}

tl::unexpected<SyntaxError> wrong(const Token& token, std::string message) {
  return tl::unexpected(SyntaxError{token.begin, token.end, std::move(message)});
}

class Parser {
 public:
  Parser(std::vector<Token> tokens, const NameLookup& names) : tokens_(std::move(tokens)), names_(names) {}

  Parsed<Expression> run() {
    if (tokens_.peek().kind == Token::Kind::end) return Expression{};
    auto expression = disjunction();
    if (expression && tokens_.peek().kind != Token::Kind::end)
      return wrong(tokens_.peek(), "this parenthesis was never opened");
    return expression;
  }

 private:
  Parsed<Expression> disjunction() {
    std::vector<Expression> operands;
    do {
      auto operand = conjunction();
      if (!operand) return operand;
      operands.push_back(std::move(*operand));
    } while (is_or(tokens_.peek()) && (tokens_.take(), true));
    return combined(Expression::Kind::disjunction, std::move(operands));
  }

  Parsed<Expression> conjunction() {
    std::vector<Expression> operands;
    for (;;) {
      auto operand = negation();
      if (!operand) return operand;
      operands.push_back(std::move(*operand));
      const Token& next = tokens_.peek();
      if (is_and(next)) {
        tokens_.take();
      } else if (is_or(next) || next.kind == Token::Kind::close || next.kind == Token::Kind::end) {
        return combined(Expression::Kind::conjunction, std::move(operands));
      }
    }
  }

  Parsed<Expression> negation() {
    bool negative = false;
    for (; is_not(tokens_.peek()); tokens_.take()) negative = !negative;
    auto operand = primary();
    if (!operand || !negative) return operand;
    return negated(std::move(*operand));
  }

  Parsed<Expression> primary() {
    const Token& token = tokens_.peek();
    if (token.kind == Token::Kind::open) return parenthesized();
    if (token.kind == Token::Kind::quoted) return parse_term(tokens_, names_);
    if (token.kind == Token::Kind::word && !is_or(token) && !is_and(token))
      return parse_term(tokens_, names_);
    return wrong(token, "a test is missing here, such as port:443, state:established or nginx");
  }

  Parsed<Expression> parenthesized() {
    const Token open = tokens_.take();
    if (++depth_ > kDeepest) return wrong(open, "parentheses nest more than 100 deep here");
    auto expression = disjunction();
    if (!expression) return expression;
    if (tokens_.peek().kind != Token::Kind::close) return wrong(open, "this parenthesis is never closed");
    tokens_.take();
    --depth_;
    return expression;
  }

  TokenStream tokens_;
  const NameLookup& names_;
  int depth_ = 0;
};

}  // namespace

Parsed<Expression> parse(std::string_view text, const NameLookup& names) {
  auto tokens = tokens_of(text);
  if (!tokens) return tl::unexpected(std::move(tokens.error()));
  return Parser(std::move(*tokens), names).run();
}

std::string joined_words(std::span<const char* const> words) {
  std::string text;
  for (const char* word : words) {
    if (!text.empty()) text += ' ';
    text += word;
  }
  return text;
}

}  // namespace tool::filter
