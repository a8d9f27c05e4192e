// SPDX-License-Identifier: MIT
#include "model/mount_table.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

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

struct Mount {
  std::string root;
  std::string point;
};

// "ID PARENT MAJOR:MINOR ROOT POINT OPTIONS [TAGS...] - TYPE SOURCE OPTIONS"
std::optional<Mount> parse_line(std::string_view line, std::string_view wanted_type) {
  std::array<std::string_view, 5> fields;
  for (std::string_view& field : fields) field = take_until(line, ' ');
  const std::size_t separator = line.find(" - ");
  if (separator == line.npos) return std::nullopt;
  line.remove_prefix(separator + 3);
  if (take_until(line, ' ') != wanted_type) return std::nullopt;
  return Mount{unescaped(fields[3]), unescaped(fields[4])};
}

}  // namespace

std::optional<CgroupMount> find_cgroup2_mount(std::string_view mountinfo) {
  std::optional<CgroupMount> best;
  while (!mountinfo.empty()) {
    auto mount = parse_line(take_until(mountinfo, '\n'), "cgroup2");
    if (!mount || (best && mount->root != "/")) continue;
    best = CgroupMount{std::move(mount->root), std::move(mount->point)};
    if (best->root == "/") break;
  }
  return best;
}

std::vector<NamespaceMount> find_namespace_mounts(std::string_view mountinfo) {
  std::vector<NamespaceMount> found;
  while (!mountinfo.empty()) {
    auto mount = parse_line(take_until(mountinfo, '\n'), "nsfs");
    const auto inode = mount ? parse_namespace_link(mount->root) : std::nullopt;
    if (inode) found.push_back({*inode, std::move(mount->point)});
  }
  return found;
}

std::string_view NamespaceMount::name() const {
  const std::string_view path(point);
  for (const std::string_view directory : {"/run/netns/", "/var/run/netns/"}) {
    if (!path.starts_with(directory)) continue;
    const std::string_view name = path.substr(directory.size());
    if (name.find('/') == name.npos) return name;
  }
  return {};
}

std::optional<std::uint64_t> parse_namespace_link(std::string_view target) {
  constexpr std::string_view kPrefix = "net:[";
  std::uint64_t inode = 0;
  if (!target.starts_with(kPrefix) || !target.ends_with(']')) return std::nullopt;
  target.remove_prefix(kPrefix.size());
  const auto [end, error] = std::from_chars(target.data(), target.data() + target.size(), inode);
  if (error != std::errc{} || end + 1 != target.data() + target.size()) return std::nullopt;
  return inode;
}

}  // namespace tcptable::model
