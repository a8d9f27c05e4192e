// SPDX-License-Identifier: MIT
#include "sys/sockstat.hpp"

#include <charconv>
#include <system_error>

namespace tcptable::sys {

std::optional<std::size_t> number_behind(std::string_view text, std::string_view words) {
  const std::size_t at = text.find(words);
  if (at == text.npos) return std::nullopt;
  std::size_t number = 0;
  const auto [end, error] =
      std::from_chars(text.data() + at + words.size(), text.data() + text.size(), number);
  if (error != std::errc{}) return std::nullopt;
  return number;
}

std::string_view words_of_last_line(std::string_view text, std::string_view line, std::size_t words) {
  const std::size_t at = text.rfind(line);
  if (at == text.npos || (at != 0 && text[at - 1] != '\n')) return {};
  text.remove_prefix(at);
  text = text.substr(0, text.find('\n'));
  std::size_t end = 0;
  for (; words > 0 && end != text.npos; --words) end = text.find(' ', end == 0 ? 0 : end + 1);
  return text.substr(0, end);
}

std::optional<std::size_t> parse_time_wait_sockets(std::string_view text) {
  return number_behind(text, " tw ");
}

}  // namespace tcptable::sys
