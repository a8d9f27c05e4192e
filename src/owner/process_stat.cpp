// SPDX-License-Identifier: MIT
#include "owner/process_stat.hpp"

#include <charconv>

namespace tcptable::owner {
namespace {

template <typename T>
bool parse_number(std::string_view text, T& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size();
}

}  // namespace

std::optional<Process> parse_process_stat(std::string_view text) {
  constexpr int kFieldsBetween = 19;  // from the state, field 3, to the start time, field 22
  const std::size_t open = text.find(" (");
  const std::size_t close = text.rfind(')');
  if (open == text.npos || close == text.npos || close < open + 2) return std::nullopt;
  Process process;
  process.name = text.substr(open + 2, close - open - 2);
  if (!parse_number(text.substr(0, open), process.pid)) return std::nullopt;
  std::string_view rest = text.substr(close + 1);
  for (int i = 0; i <= kFieldsBetween; ++i) {
    const std::size_t blank = rest.find(' ');
    if (blank == rest.npos) return std::nullopt;
    rest.remove_prefix(blank + 1);
  }
  if (!parse_number(rest.substr(0, rest.find(' ')), process.start_time)) return std::nullopt;
  return process;
}

std::optional<std::uint32_t> parse_socket_link(std::string_view target) {
  constexpr std::string_view kPrefix = "socket:[";
  std::uint32_t inode = 0;
  if (!target.starts_with(kPrefix) || !target.ends_with(']')) return std::nullopt;
  target.remove_prefix(kPrefix.size());
  target.remove_suffix(1);
  if (!parse_number(target, inode)) return std::nullopt;
  return inode;
}

}  // namespace tcptable::owner
