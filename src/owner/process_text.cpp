// SPDX-License-Identifier: MIT
#include "owner/process_text.hpp"

#include <charconv>

namespace tcptable::owner {
namespace {

template <typename Number>
std::optional<Number> leading_number(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end == text.data()) return std::nullopt;
  return value;
}

}  // namespace

std::optional<std::int32_t> parse_parent_pid(std::string_view stat) {
  constexpr std::string_view kState = ") S ";    // a letter for the state
  const std::size_t name_end = stat.rfind(')');  // the name may hold any byte
  if (name_end == stat.npos || stat.size() <= name_end + kState.size()) return std::nullopt;
  return leading_number<std::int32_t>(stat.substr(name_end + kState.size()));
}

std::optional<std::uint32_t> parse_effective_uid(std::string_view status) {
  constexpr std::string_view kLine =
      "\nUid:\t";  // the process's name, in the first line, can't hold a line's end
  const std::size_t line = status.find(kLine);
  if (line == status.npos) return std::nullopt;
  const std::size_t second = status.find('\t', line + kLine.size());
  if (second == status.npos) return std::nullopt;
  return leading_number<std::uint32_t>(status.substr(second + 1));
}

}  // namespace tcptable::owner
