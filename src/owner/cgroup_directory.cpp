// SPDX-License-Identifier: MIT
#include "owner/cgroup_directory.hpp"

#include <fcntl.h>
#include <linux/magic.h>

#include <cerrno>
#include <string_view>
#include <utility>
#include <vector>

#include "model/mount_table.hpp"
#include "sys/directory.hpp"
#include "sys/file.hpp"

namespace tcptable::owner {
namespace {

constexpr Step kStep = Step::read_cgroups;

// A group that was removed, or that the caller may not read.
bool is_passed_over(const Error& error) {
  return error.code == Errc::not_permitted || error.sys_errno == ENOENT || error.sys_errno == ENODEV;
}

class HierarchyWalk {
 public:
  HierarchyWalk(sys::Kernel& kernel, const model::CgroupMount& mount, CgroupPaths& paths)
      : kernel_(kernel), mount_(mount), paths_(paths), missing_(paths.size()), entries_(kernel, kStep) {}

  Result<void> run() {
    auto top = sys::open_at(kernel_, {AT_FDCWD, mount_.point.c_str()}, O_DIRECTORY, kStep);
    if (!top) return passed_over(top.error());
    pending_.emplace_back();
    while (missing_ > 0 && !pending_.empty()) {
      const std::string group = std::move(pending_.back());
      pending_.pop_back();
      if (auto looked = look_at(top->get(), group); !looked) return looked;
    }
    return {};
  }

 private:
  static Result<void> passed_over(const Error& error) {
    if (is_passed_over(error)) return {};
    return tl::unexpected(error);
  }

  // `group` is "" for the top, "a.slice/b.service" below it.
  Result<void> look_at(int top, const std::string& group) {
    auto directory = sys::open_at(kernel_, {top, group.empty() ? "." : group.c_str()}, O_DIRECTORY, kStep);
    if (!directory) return passed_over(directory.error());
    // Another file system mounted here has inode numbers of its own.
    if (kernel_.file_system_type(directory->get()) != CGROUP2_SUPER_MAGIC) return {};
    entries_.rewind_to(directory->get());
    for (;;) {
      auto entry = entries_.next_entry();
      if (!entry) return passed_over(entry.error());
      if (!*entry) return {};
      if ((*entry)->is_directory) take(group, **entry);
    }
  }

  void take(const std::string& group, const sys::DirectoryEntry& entry) {
    const std::string_view name = entry.name;
    if (name == "..") return;
    if (name == ".") return note(entry.inode, group);
    std::string child = group.empty() ? std::string(name) : group + "/" + entry.name;
    note(entry.inode, child);
    pending_.push_back(std::move(child));
  }

  void note(std::uint64_t id, const std::string& group) {
    const auto wanted = paths_.find(id);
    if (wanted == paths_.end() || !wanted->second.empty()) return;
    const std::string above = mount_.root == "/" ? std::string() : mount_.root;
    wanted->second = group.empty() && !above.empty() ? above : above + "/" + group;
    --missing_;
  }

  sys::Kernel& kernel_;
  const model::CgroupMount& mount_;
  CgroupPaths& paths_;
  std::size_t missing_;
  sys::DirectoryReader entries_;
  std::vector<std::string> pending_;
};

}  // namespace

Result<void> find_cgroup_paths(sys::Kernel& kernel, CgroupPaths& paths) {
  const auto mounts = sys::read_whole(kernel, {AT_FDCWD, "/proc/self/mountinfo"}, kStep);
  if (!mounts && !is_passed_over(mounts.error())) return tl::unexpected(mounts.error());
  const auto mount = mounts ? model::find_cgroup2_mount(*mounts) : std::nullopt;
  if (!mount) return {};
  return HierarchyWalk(kernel, *mount, paths).run();
}

}  // namespace tcptable::owner
