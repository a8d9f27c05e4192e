// SPDX-License-Identifier: MIT
#include "owner/process_text.hpp"

#include <fcntl.h>

#include <charconv>

namespace tcptable::owner {
namespace {

template <typename Number>
std::optional<Number> leading_number(std::string_view text, int base = 10) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc{} || end == text.data()) return std::nullopt;
  return value;
}

}  // namespace

bool tells_of_a_path_alone(std::string_view fdinfo) {
  constexpr std::string_view kFlags = "\nflags:\t";
  const std::size_t line = fdinfo.find(kFlags);
  if (line == fdinfo.npos) return false;
  const auto flags = leading_number<std::uint32_t>(fdinfo.substr(line + kFlags.size()), 8);
  return flags && (*flags & O_PATH) != 0;
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
