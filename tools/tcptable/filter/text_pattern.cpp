// SPDX-License-Identifier: MIT
// Wildcards and searches, in linear memory and no more than quadratic time.
#include "tcptable/filter/text_pattern.hpp"

#include <algorithm>
#include <string>

#include "tcptable/output/display.hpp"

namespace tool::filter {
namespace {

constexpr std::size_t kCommLength = 15;     // TASK_COMM_LEN - 1 (linux/sched.h)
constexpr std::size_t kShortIdLength = 12;  // as container engines print ids

char lower_case(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool contains(std::string_view text, std::string_view part) {
  return std::search(text.begin(), text.end(), part.begin(), part.end(),
                     [](char a, char b) { return lower_case(a) == lower_case(b); }) != text.end() ||
         part.empty();
}

// On a mismatch the last * takes one byte more; an earlier one never has to.
bool fits_wildcards(std::string_view pattern, std::string_view text) {
  std::size_t in_pattern = 0;
  std::size_t in_text = 0;
  std::size_t behind_star = std::string_view::npos;
  std::size_t star_reaches = 0;
  while (in_text < text.size()) {
    if (in_pattern < pattern.size() && pattern[in_pattern] == '*') {
      behind_star = ++in_pattern;
      star_reaches = in_text;
    } else if (in_pattern < pattern.size() && pattern[in_pattern] == '?') {
      ++in_pattern;
      next_code_point(text, in_text);
    } else if (in_pattern < pattern.size() && pattern[in_pattern] == text[in_text]) {
      ++in_pattern;
      ++in_text;
    } else if (behind_star != std::string_view::npos) {
      in_pattern = behind_star;
      in_text = ++star_reaches;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', in_pattern) == std::string_view::npos;
}

bool fits_whole(const TextPattern& pattern, std::string_view wanted, std::string_view text) {
  return pattern.how == TextPattern::How::wildcard ? fits_wildcards(wanted, text) : wanted == text;
}

bool is_short_id(std::string_view text) {
  return text.size() >= kShortIdLength &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool fits_unit(const TextPattern& pattern, std::string_view text, std::string_view suffix) {
  if (pattern.text.find('.') != std::string::npos) return fits_whole(pattern, pattern.text, text);
  return fits_whole(pattern, pattern.text + std::string(suffix), text);
}

}  // namespace

bool fits(Key key, const TextPattern& pattern, std::string_view text) {
  const std::string_view wanted = pattern.text;
  if (pattern.how == TextPattern::How::contains) return contains(text, wanted);
  const bool literal = pattern.how == TextPattern::How::equal;
  switch (key) {
    case Key::process:
      return fits_whole(pattern, literal ? wanted.substr(0, kCommLength) : wanted, text);
    case Key::exe:
      return fits_whole(pattern, wanted,
                        wanted.find('/') == std::string_view::npos ? text.substr(text.rfind('/') + 1) : text);
    case Key::unit:
      return fits_unit(pattern, text, ".service");
    case Key::slice:
      return fits_unit(pattern, text, ".slice");
    case Key::container:
      return (literal && is_short_id(wanted) && text.starts_with(wanted)) ||
             fits_whole(pattern, wanted, text);
    default:
      return fits_whole(pattern, wanted, text);
  }
}

}  // namespace tool::filter
