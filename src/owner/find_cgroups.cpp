// SPDX-License-Identifier: MIT
#include "owner/find_cgroups.hpp"

#include <fcntl.h>

#include <array>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "model/cgroup_membership.hpp"
#include "owner/cgroup_directory.hpp"
#include "owner/process_reader.hpp"
#include "sys/file.hpp"

namespace tcptable::owner {
namespace {

constexpr std::string_view kRoot = "/";

bool systemd_has_its_own(sys::Kernel& kernel) {
  std::array<char, 4096> buffer;
  const auto text = sys::read_small(kernel, {AT_FDCWD, "/proc/self/cgroup"}, buffer, Step::read_cgroups);
  return text && model::has_systemd_hierarchy(*text);
}

// A process that has gone since, or may not be read, has no path that could be told.
Result<std::string> path_of_process(sys::Kernel& kernel, const Process& process) {
  auto path = cgroup_path_of(kernel, process);
  const bool is_absent =
      !path && (path.error().code == Errc::not_found || path.error().code == Errc::not_permitted);
  return is_absent ? std::string() : std::move(path);
}

class CgroupFinder {
 public:
  CgroupFinder(sys::Kernel& kernel, Snapshot::Parts& parts) : kernel_(kernel), parts_(parts) {}

  Result<void> run() {
    if (auto resolved = resolve_ids(); !resolved) return resolved;
    holder_first_ = systemd_has_its_own(kernel_);
    last_of_owner_.assign(parts_.processes.size(), {});
    parts_.cgroups.clear();
    parts_.cgroup_of_row.clear();
    parts_.cgroup_of_row.reserve(parts_.rows.size());
    for (std::size_t i = 0; i < parts_.rows.size(); ++i) {
      auto number = number_of(i);
      if (!number) return tl::unexpected(number.error());
      parts_.cgroup_of_row.push_back(*number);
    }
    return {};
  }

 private:
  // What the answer depends on: rows with the same are answered alike.
  using Clues = std::pair<std::uint64_t, std::uint32_t>;  // id or 0, owner's index or kNone
  struct Answer {
    bool known = false;
    std::uint64_t id = 0;
    std::uint32_t number = RowDetails::kNone;
  };

  Clues clues_of(std::size_t row) const {
    const auto& ids = parts_.details.cgroup_id_of_row;
    const SocketRow& socket = parts_.rows[row];
    return {ids.empty() ? 0 : ids[row],
            socket.holder_count == 0 ? RowDetails::kNone : parts_.holders[socket.first_holder]};
  }

  Result<void> resolve_ids() {
    std::uint64_t last = 0;
    for (const std::uint64_t id : parts_.details.cgroup_id_of_row) {
      if (id != 0 && id != last) path_of_id_.try_emplace(id);
      last = id;
    }
    if (path_of_id_.empty()) return {};
    return find_cgroup_paths(kernel_, path_of_id_);
  }

  // A process's sockets have one answer, nearly always.
  Result<std::uint32_t> number_of(std::size_t row) {
    const Clues clues = clues_of(row);
    if (clues.second == RowDetails::kNone) return number_by(clues);
    Answer& last = last_of_owner_[clues.second];
    if (!last.known || last.id != clues.first) {
      auto number = number_by(clues);
      if (!number) return number;
      last = {true, clues.first, *number};
    }
    return last.number;
  }

  Result<std::uint32_t> number_by(const Clues& clues) {
    const auto known = number_of_.find(clues);
    if (known != number_of_.end()) return known->second;
    auto found = find(clues);
    if (!found) return tl::unexpected(found.error());
    const bool has_one = clues.first != 0 || clues.second != RowDetails::kNone;
    if (!*found && has_one) parts_.completeness.cgroups = false;
    const std::uint32_t number = *found ? add(**found) : RowDetails::kNone;
    number_of_.emplace(clues, number);
    return number;
  }

  using Found = std::pair<CgroupSource, std::string>;

  // The first that says more than the root, which is where everything is that nobody has put elsewhere.
  Result<std::optional<Found>> find(const Clues& clues) {
    std::optional<Found> best;
    for (const bool by_holder : {holder_first_, !holder_first_}) {
      auto path = by_holder ? path_of_holder(clues.second) : path_of_id(clues.first);
      if (!path) return tl::unexpected(path.error());
      if (path->empty() || (best && *path == kRoot)) continue;
      best = Found{by_holder ? CgroupSource::holder : CgroupSource::socket, std::move(*path)};
      if (best->second != kRoot) break;
    }
    return best;
  }

  Result<std::string> path_of_id(std::uint64_t id) const {
    const auto known = path_of_id_.find(id);
    return known == path_of_id_.end() ? std::string() : known->second;
  }

  Result<std::string> path_of_holder(std::uint32_t process) {
    if (process == RowDetails::kNone) return std::string();
    const auto [at, is_new] = path_of_holder_.try_emplace(process);
    if (!is_new) return at->second;
    auto path = path_of_process(kernel_, parts_.processes[process]);
    if (path) at->second = *path;
    return path;
  }

  std::uint32_t add(const Found& found) {
    const auto next = static_cast<std::uint32_t>(parts_.cgroups.size());
    const auto [at, is_new] = listed_.try_emplace(found, next);
    if (is_new) parts_.cgroups.push_back({found.second, parse_cgroup_path(found.second), found.first});
    return at->second;
  }

  sys::Kernel& kernel_;
  Snapshot::Parts& parts_;
  bool holder_first_ = false;
  std::vector<Answer> last_of_owner_;  // by its index
  CgroupPaths path_of_id_;
  std::unordered_map<std::uint32_t, std::string> path_of_holder_;
  std::map<Clues, std::uint32_t> number_of_;
  std::map<Found, std::uint32_t> listed_;
};

}  // namespace

Result<void> find_cgroups(sys::Kernel& kernel, Snapshot::Parts& parts) {
  parts.completeness.cgroups = true;
  return CgroupFinder(kernel, parts).run();
}

}  // namespace tcptable::owner
