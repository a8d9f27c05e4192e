// SPDX-License-Identifier: MIT
#include "model/cgroup_membership.hpp"

#include <algorithm>

namespace tcptable::model {
namespace {

constexpr std::string_view kDeleted = " (deleted)";  // removed while the process is in it, as a zombie can be

struct Membership {
  int rank;  // less is better
  std::string_view path;
};

// "hierarchy-id:controllers:path"; the path may hold colons.
std::optional<Membership> parse_line(std::string_view line) {
  const std::size_t first = line.find(':');
  const std::size_t second = first == line.npos ? first : line.find(':', first + 1);
  if (second == line.npos) return std::nullopt;
  const std::string_view controllers = line.substr(first + 1, second - first - 1);
  std::string_view path = line.substr(second + 1);
  if (!path.starts_with('/')) return std::nullopt;
  if (path.ends_with(kDeleted)) path.remove_suffix(kDeleted.size());
  if (path == "/") return Membership{3, path};
  if (controllers == "name=systemd") return Membership{0, path};
  return Membership{controllers.empty() ? 1 : 2, path};
}

}  // namespace

std::optional<std::string> cgroup_path_of_process(std::string_view text) {
  std::optional<Membership> best;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const auto membership = parse_line(text.substr(0, end));
    if (!membership) return std::nullopt;
    if (!best || membership->rank < best->rank) best = membership;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (!best) return std::nullopt;
  return std::string(best->path);
}

bool has_systemd_hierarchy(std::string_view text) {
  return text.find(":name=systemd:/") != text.npos;
}

}  // namespace tcptable::model
