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

std::optional<std::size_t> parse_time_wait_sockets(std::string_view text) {
  return number_behind(text, " tw ");
}

}  // namespace tcptable::sys
