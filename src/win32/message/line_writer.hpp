// SPDX-License-Identifier: MIT
// Collects a message and breaks its lines as FormatMessage does. A line that grows to the width is broken at
// once, even if nothing follows: at its last run of blanks, which vanishes, or where it ends if it has none.
#pragma once

#include "win32/message/text_encoding.hpp"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

namespace tcptable::win32 {

template <typename Char>
class LineWriter {
 public:
  static constexpr unsigned kKeepLines = 0;
  static constexpr unsigned kEndlessLine = 0xFF;

  explicit LineWriter(unsigned width) : width_(width) {}

  void put(Char unit) {
    if (begins_character(unit)) {
      break_full_line();
      ++columns_;
    }
    const bool extends_blanks = blanks_end_ == text_.size() && blanks_begin_ != blanks_end_;
    if (unit == Char{' '}) {
      if (!extends_blanks) blanks_begin_ = text_.size();
      blanks_end_ = text_.size() + 1;
    }
    text_.push_back(unit);
  }

  /// A line break of the message's own text: kept, or a blank where lines have a width.
  void source_line_break() {
    if (width_ == kKeepLines) return hard_line_break();
    put(Char{' '});
  }

  void hard_line_break() {
    break_full_line();
    text_.push_back(Char{'\r'});
    text_.push_back(Char{'\n'});
    start_line();
  }

  /// %r, which begins a line too.
  void carriage_return() {
    break_full_line();
    text_.push_back(Char{'\r'});
    start_line();
  }

  std::basic_string<Char> finish() {
    break_full_line();
    return std::move(text_);
  }

 private:
  void start_line() {
    columns_ = 0;
    blanks_begin_ = blanks_end_ = text_.size();
  }

  void break_full_line() {
    if (width_ == kKeepLines || width_ == kEndlessLine || columns_ != width_) return;
    const bool has_blanks = blanks_begin_ != blanks_end_;
    const auto rest = text_.substr(has_blanks ? blanks_end_ : text_.size());
    if (has_blanks) text_.resize(blanks_begin_);
    text_.push_back(Char{'\r'});
    text_.push_back(Char{'\n'});
    start_line();
    text_ += rest;
    columns_ = static_cast<std::size_t>(
        std::ranges::count_if(rest, [](Char unit) { return begins_character(unit); }));
  }

  const unsigned width_;
  std::basic_string<Char> text_;
  std::size_t columns_ = 0;       // characters in the present line
  std::size_t blanks_begin_ = 0;  // its last run of blanks; empty if it has none
  std::size_t blanks_end_ = 0;
};

}  // namespace tcptable::win32
