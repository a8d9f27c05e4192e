// SPDX-License-Identifier: MIT
// One pass over the text, byte by byte: everything that means something is ASCII.
#include "tcptable/filter/lexer.hpp"

#include <array>
#include <optional>

namespace tool::filter {
namespace {

using Kind = Token::Kind;

struct Symbol {
  std::string_view text;
  Kind kind;
};

// The longer before the shorter.
constexpr std::array<Symbol, 16> kSymbols{{
    {"&&", Kind::conjunction},
    {"||", Kind::disjunction},
    {"!=", Kind::comparison},
    {"!~", Kind::comparison},
    {"<=", Kind::comparison},
    {">=", Kind::comparison},
    {"==", Kind::comparison},
    {"&", Kind::conjunction},
    {"|", Kind::disjunction},
    {"(", Kind::open},
    {")", Kind::close},
    {"!", Kind::negation},
    {"<", Kind::comparison},
    {">", Kind::comparison},
    {"=", Kind::comparison},
    {"~", Kind::comparison},
}};

bool is_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

const Symbol* symbol_at(std::string_view text) {
  for (const Symbol& symbol : kSymbols) {
    if (text.starts_with(symbol.text)) return &symbol;
  }
  return nullptr;
}

// Ends a word wherever it stands.
bool is_boundary(char c) {
  return is_space(c) || c == '(' || c == ')' || c == '&' || c == '|';
}

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  Parsed<std::vector<Token>> run() {
    while (skip_spaces(), at_ < text_.size()) {
      if (text_[at_] == '"' || text_[at_] == '\'') {
        if (!take_quoted())
          return tl::unexpected(SyntaxError{at_, text_.size(), "this quote is never closed"});
      } else if (!take_symbol()) {
        take_word();
      }
    }
    add(Kind::end, {}, at_);
    return std::move(tokens_);
  }

 private:
  void skip_spaces() {
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
  }

  void add(Kind kind, std::string text, std::size_t end) {
    const bool glued = !tokens_.empty() && tokens_.back().end == at_;
    tokens_.push_back({kind, std::move(text), at_, end, glued});
    at_ = end;
  }

  bool follows_comparison() const { return !tokens_.empty() && tokens_.back().kind == Kind::comparison; }

  // Behind a comparison only what can't be in a value is a symbol.
  bool take_symbol() {
    const Symbol* symbol = symbol_at(text_.substr(at_));
    if (symbol == nullptr || (follows_comparison() && !is_boundary(text_[at_]))) return false;
    add(symbol->kind, std::string(symbol->text), at_ + symbol->text.size());
    return true;
  }

  bool take_quoted() {
    const char quote = text_[at_];
    std::string content;
    std::size_t i = at_ + 1;
    for (; i < text_.size() && text_[i] != quote; ++i) {
      if (text_[i] == '\\' && i + 1 < text_.size()) ++i;
      content += text_[i];
    }
    if (i >= text_.size()) return false;
    add(Kind::quoted, std::move(content), i + 1);
    return true;
  }

  void take_word() {
    bool in_value = follows_comparison() || text_[at_] == ',';
    std::size_t i = at_;
    for (; i < text_.size() && !is_boundary(text_[i]); ++i) {
      const Symbol* symbol = in_value ? nullptr : symbol_at(text_.substr(i));
      if (symbol != nullptr && symbol->kind == Kind::comparison) break;
      const bool quote = text_[i] == '"' || text_[i] == '\'';
      if (quote && i > at_ && (text_[i - 1] == ':' || text_[i - 1] == ',')) break;
      in_value = in_value || text_[i] == ':';
    }
    add(Kind::word, std::string(text_.substr(at_, i - at_)), i);
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

Parsed<std::vector<Token>> tokens_of(std::string_view text) {
  return Lexer(text).run();
}

}  // namespace tool::filter
