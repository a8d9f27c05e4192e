// SPDX-License-Identifier: MIT
#include "model/system_text.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace tcptable::model {
namespace {

// Takes what stands before the separator, and the separator, from the front of `text`.
std::string_view take(std::string_view& text, char separator) {
  const std::string_view part = text.substr(0, text.find(separator));
  text.remove_prefix(std::min(part.size() + 1, text.size()));
  return part;
}

template <typename Number>
std::optional<Number> leading_number(std::string_view text, int base = 10) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (error != std::errc{} || end == text.data()) return std::nullopt;
  return value;
}

// What follows the name in the line that begins with it.
std::string_view value_behind(std::string_view status, std::string_view name) {
  while (!status.empty()) {
    const std::string_view line = take(status, '\n');
    if (line.starts_with(name))
      return line.substr(std::min(line.find_first_not_of("\t ", name.size()), line.size()));
  }
  return {};
}

std::string_view option_in(std::string_view options, std::string_view name) {
  while (!options.empty()) {
    const std::string_view option = take(options, ',');
    if (option.starts_with(name)) return option.substr(name.size());
  }
  return {};
}

}  // namespace

std::optional<std::uint64_t> parse_effective_capabilities(std::string_view status) {
  return leading_number<std::uint64_t>(value_behind(status, "CapEff:"), 16);
}

std::optional<std::uint32_t> parse_seccomp_mode(std::string_view status) {
  return leading_number<std::uint32_t>(value_behind(status, "Seccomp:"));
}

Mounts parse_mounts(std::string_view mountinfo) {
  Mounts mounts;
  while (!mountinfo.empty()) {
    std::string_view line = take(mountinfo, '\n');
    std::array<std::string_view, 5> front;  // the fifth is the mount point
    for (std::string_view& field : front) field = take(line, ' ');
    const std::size_t separator = line.find(" - ");  // optional fields are before it
    if (separator == line.npos) continue;
    line.remove_prefix(separator + 3);
    const std::string_view type = take(line, ' ');
    take(line, ' ');  // the source
    mounts.cgroup_v1 = mounts.cgroup_v1 || type == "cgroup";
    mounts.cgroup_v2 = mounts.cgroup_v2 || type == "cgroup2";
    // Later mounts cover earlier ones.
    if (front[4] == "/proc" && type == "proc") mounts.hidepid = option_in(line, "hidepid=");
  }
  return mounts;
}

std::string_view chosen_word(std::string_view text) {
  const std::size_t begin = text.find('[');
  const std::size_t end = text.find(']');
  if (begin == text.npos || end == text.npos || end < begin) return {};
  return text.substr(begin + 1, end - begin - 1);
}

std::optional<Release> parse_release(std::string_view text) {
  const auto major = leading_number<std::uint32_t>(take(text, '.'));
  const auto minor = leading_number<std::uint32_t>(text);
  if (!major || !minor) return std::nullopt;
  return Release{*major, *minor};
}

}  // namespace tcptable::model
