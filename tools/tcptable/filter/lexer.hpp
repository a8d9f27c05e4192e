// SPDX-License-Identifier: MIT
// A filter's text into tokens.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tcptable/filter/syntax_error.hpp"

namespace tool::filter {

struct Token {
  enum class Kind : std::uint8_t {
    word,
    quoted,
    open,
    close,
    negation,
    conjunction,
    disjunction,
    comparison,
    end
  };

  Kind kind = Kind::end;
  std::string text;  ///< Without the quotes and their backslashes.
  std::size_t begin = 0;
  std::size_t end = 0;
  bool glued = false;  ///< Nothing is between it and the token before.
};

/// Ends with a token of Kind::end. A word reaches to the next space, parenthesis, & or |, and ends before a
/// comparison, but for one behind its first colon: port!=443, cmdline:--color=auto. A quote opens a text at
/// the beginning of a word and behind a colon, comma or comparison; in it a backslash makes the next
/// character an ordinary one.
Parsed<std::vector<Token>> tokens_of(std::string_view text);

/// Reads tokens one after another; its last is of Kind::end and is never passed.
class TokenStream {
 public:
  explicit TokenStream(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

  const Token& peek(std::size_t ahead = 0) const {
    return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
  }
  const Token& take() {
    const Token& token = peek();
    if (at_ + 1 < tokens_.size()) ++at_;
    return token;
  }

 private:
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
};

}  // namespace tool::filter
