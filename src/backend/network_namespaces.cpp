// SPDX-License-Identifier: MIT
#include "backend/network_namespaces.hpp"

#include <fcntl.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <optional>
#include <unordered_map>
#include <utility>

#include "model/mount_table.hpp"
#include "sys/directory.hpp"
#include "sys/file.hpp"

namespace tcptable::backend {
namespace {

constexpr Step kStep = Step::enter_namespace;
// Those of processes are the oldest ones': all of them won't have ended before one is opened.
constexpr std::size_t kMostFiles = 16;

Result<std::uint64_t> read_namespace(sys::Kernel& kernel, sys::Path link) {
  std::array<char, 64> target;
  const ssize_t length = kernel.readlinkat(link.directory, link.name, target.data(), target.size());
  if (length < 0) return tl::unexpected(sys::error_from_errno(kStep, static_cast<int>(-length)));
  const auto inode = model::parse_namespace_link({target.data(), static_cast<std::size_t>(length)});
  if (!inode) return tl::unexpected(Error{Errc::malformed_reply, kStep, 0});
  return *inode;
}

// A process or thread that ended meanwhile, or waits for its parent to take note, is in no namespace.
bool has_gone(const Error& error) {
  return error.sys_errno == ENOENT || error.sys_errno == ESRCH;
}

class Lister {
 public:
  explicit Lister(sys::Kernel& kernel)
      : kernel_(kernel), processes_(kernel, kStep), threads_(kernel, kStep) {}

  Result<NamespaceList> run() && {
    auto current = current_network_namespace(kernel_);
    if (!current) return tl::unexpected(current.error());
    place_of(*current);
    if (auto listed = list_mounts(); !listed) return tl::unexpected(listed.error());
    if (auto listed = list_processes(); !listed) return tl::unexpected(listed.error());
    return std::move(list_);
  }

 private:
  struct Place {
    std::size_t index = 0;
    bool lives_there = false;  // with its first thread: the process that the namespace is told by
  };

  Place& place_of(std::uint64_t inode) {
    const auto [at, is_new] = places_.try_emplace(inode, Place{list_.namespaces.size()});
    if (is_new) list_.namespaces.push_back({{inode, {}, 0, std::nullopt}, {}});
    return at->second;
  }

  static void add_file(ListedNamespace& entry, std::string file) {
    if (entry.files.size() < kMostFiles) entry.files.push_back(std::move(file));
  }

  Result<void> list_mounts() {
    const auto text = sys::read_whole(kernel_, {AT_FDCWD, "/proc/self/mountinfo"}, kStep);
    if (!text) return tl::unexpected(text.error());
    for (model::NamespaceMount& mount : model::find_namespace_mounts(*text)) {
      ListedNamespace& entry = list_.namespaces[place_of(mount.inode).index];
      if (entry.told.name.empty()) entry.told.name = mount.name();
      add_file(entry, std::move(mount.point));
    }
    return {};
  }

  Result<void> list_processes() {
    auto proc = sys::open_at(kernel_, {AT_FDCWD, "/proc"}, O_DIRECTORY, kStep);
    if (!proc) return tl::unexpected(proc.error());
    processes_.rewind_to(proc->get());
    for (;;) {
      auto name = processes_.next();
      if (!name) return tl::unexpected(name.error());
      if (!*name) return {};
      const auto pid = sys::number_named_by(**name);
      if (!pid) continue;
      if (auto listed = list_process(proc->get(), *pid); !listed) return listed;
    }
  }

  Result<void> list_process(int proc, std::int32_t pid) {
    const std::string name = std::to_string(pid);
    auto process = sys::open_at(kernel_, {proc, name.c_str()}, O_DIRECTORY | O_PATH, kStep);
    if (!process) return passed_over(process.error());
    const std::string path = "/proc/" + name;
    auto inode = read_namespace(kernel_, {process->get(), "ns/net"});
    if (!inode && !has_gone(inode.error())) return passed_over(inode.error());
    if (inode) note(*inode, pid, path, true);
    return sys::has_one_thread(kernel_, {process->get(), "task"}) ? Result<void>()
                                                                  : list_threads(process->get(), pid, path);
  }

  Result<void> list_threads(int process, std::int32_t pid, const std::string& path) {
    auto tasks = sys::open_at(kernel_, {process, "task"}, O_DIRECTORY, kStep);
    if (!tasks) return passed_over(tasks.error());
    threads_.rewind_to(tasks->get());
    for (;;) {
      auto thread = threads_.next();
      if (!thread) return passed_over(thread.error());
      if (!*thread) return {};
      const std::string link = std::string(**thread) + "/ns/net";
      auto inode = read_namespace(kernel_, {tasks->get(), link.c_str()});
      if (inode) note(*inode, pid, path + "/task/" + **thread, sys::number_named_by(**thread) == pid);
    }
  }

  void note(std::uint64_t inode, std::int32_t pid, const std::string& directory, bool first_thread) {
    Place& place = place_of(inode);
    ListedNamespace& entry = list_.namespaces[place.index];
    add_file(entry, directory + "/ns/net");
    const bool is_nearer = first_thread != place.lives_there ? first_thread : pid < entry.told.pid;
    if (entry.told.pid != 0 && !is_nearer) return;
    entry.told.pid = pid;
    place.lives_there = first_thread;
  }

  Result<void> passed_over(const Error& error) {
    if (has_gone(error)) return {};
    if (error.code != Errc::not_permitted) return tl::unexpected(error);
    ++list_.unreadable_processes;
    return {};
  }

  sys::Kernel& kernel_;
  sys::DirectoryReader processes_;
  sys::DirectoryReader threads_;
  NamespaceList list_;
  std::unordered_map<std::uint64_t, Place> places_;
};

}  // namespace

Result<NamespaceList> list_network_namespaces(sys::Kernel& kernel) {
  return Lister(kernel).run();
}

Result<std::uint64_t> current_network_namespace(sys::Kernel& kernel) {
  return read_namespace(kernel, {AT_FDCWD, "/proc/thread-self/ns/net"});
}

}  // namespace tcptable::backend
