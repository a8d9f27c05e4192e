// SPDX-License-Identifier: MIT
#include "model/cgroup_mount.hpp"

#include <algorithm>
#include <array>

namespace tcptable::model {
namespace {

std::string_view take_until(std::string_view& text, char end) {
  const std::string_view taken = text.substr(0, text.find(end));
  text.remove_prefix(std::min(taken.size() + 1, text.size()));
  return taken;
}

bool is_octal(char c) {
  return c >= '0' && c <= '7';
}

// Blanks and backslashes in paths are written as "\040".
std::string unescaped(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escaped = text[i] == '\\' && i + 4 <= text.size() && is_octal(text[i + 1]) &&
                         is_octal(text[i + 2]) && is_octal(text[i + 3]);
    if (!escaped) {
      result.push_back(text[i]);
      continue;
    }
    const int value = (text[i + 1] - '0') * 64 + (text[i + 2] - '0') * 8 + (text[i + 3] - '0');
    result.push_back(static_cast<char>(value));
    i += 3;
  }
  return result;
}

// "ID PARENT MAJOR:MINOR ROOT POINT OPTIONS [TAGS...] - TYPE SOURCE OPTIONS"
std::optional<CgroupMount> parse_line(std::string_view line) {
  std::array<std::string_view, 5> fields;
  for (std::string_view& field : fields) field = take_until(line, ' ');
  const std::size_t separator = line.find(" - ");
  if (separator == line.npos) return std::nullopt;
  line.remove_prefix(separator + 3);
  if (take_until(line, ' ') != "cgroup2") return std::nullopt;
  return CgroupMount{unescaped(fields[3]), unescaped(fields[4])};
}

}  // namespace

std::optional<CgroupMount> find_cgroup2_mount(std::string_view mountinfo) {
  std::optional<CgroupMount> best;
  while (!mountinfo.empty()) {
    auto mount = parse_line(take_until(mountinfo, '\n'));
    if (mount && mount->root == "/") return mount;
    if (mount && !best) best = std::move(mount);
  }
  return best;
}

}  // namespace tcptable::model
