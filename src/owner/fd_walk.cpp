// SPDX-License-Identifier: MIT
#include "owner/fd_walk.hpp"

#include <fcntl.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <new>
#include <optional>
#include <string>

#include "owner/process_stat.hpp"
#include "sys/directory.hpp"
#include "sys/file.hpp"
#include "sys/workers.hpp"

namespace tcptable::owner {
namespace {

constexpr Step kStep = Step::list_processes;
constexpr int kDirectory = O_DIRECTORY;
constexpr int kAnchor = O_DIRECTORY | O_PATH;

pid_t number(const char* pid) {
  return static_cast<pid_t>(std::strtol(pid, nullptr, 10));
}

// Walks processes one after the other; each worker has one.
class ProcessWalker {
 public:
  ProcessWalker(sys::Kernel& kernel, const SocketIndex& wanted, Tables tables)
      : kernel_(kernel), wanted_(wanted), tables_(tables), entries_(kernel, kStep), threads_(kernel, kStep) {}

  void walk(int proc, const std::string& pid) {
    const std::size_t before = found_.holdings.size();
    auto process = sys::open_at(kernel_, {proc, pid.c_str()}, kAnchor, kStep);
    if (!process) return note(process.error());
    const bool exited = tables_ == Tables::first_thread && walk_fd_directory(process->get(), "fd") == 0;
    if (exited || tables_ != Tables::first_thread) walk_threads(process->get(), pid);
    if (found_.holdings.size() > before) identify(process->get(), before);
  }

  FdWalk& found() { return found_; }
  /// Why the walk is worthless, if it is.
  const std::optional<Error>& failure() const { return failure_; }

 private:
  // A process that has gone, or is another's, is no failure. All else is, such as having no free descriptor:
  // it would make sockets look as if nobody held them.
  void note(const Error& error) {
    if (error.sys_errno == ENOENT || error.sys_errno == ESRCH) return;
    if (error.code == Errc::not_permitted) {
      ++found_.unreadable_processes;
    } else {
      failure_ = error;
    }
  }

  // How many descriptors it saw; an unreadable directory counts as not empty.
  std::size_t walk_fd_directory(int process, const char* path) {
    auto directory = sys::open_at(kernel_, {process, path}, kDirectory, kStep);
    if (!directory) {
      note(directory.error());
      return 1;
    }
    std::size_t names = 0;
    entries_.rewind_to(directory->get());
    for (;;) {
      auto name = entries_.next();
      if (!name) note(name.error());
      if (!name || !*name) return names;
      ++names;
      if (!take_descriptor(directory->get(), **name)) return names;
    }
  }

  // False when there is no use in going on: a directory may be listed (CAP_DAC_READ_SEARCH) whose links may
  // not be read (CAP_SYS_PTRACE), and then none of them.
  bool take_descriptor(int directory, const char* name) {
    std::array<char, 32> target;
    const ssize_t length = kernel_.readlinkat(directory, name, target.data(), target.size());
    if (length == -ENOENT || length == -ENAMETOOLONG) return true;  // closed meanwhile; a file's path
    if (length < 0) {
      note(sys::error_from_errno(kStep, static_cast<int>(-length)));
      return false;
    }
    const auto inode = parse_socket_link({target.data(), static_cast<std::size_t>(length)});
    const std::uint32_t number = inode ? wanted_.find(*inode) : SocketIndex::kNone;
    if (number != SocketIndex::kNone) found_.holdings.push_back({number, kUnidentified});
    return true;
  }

  // Only a thread of which it is known that its table is another than its process's first thread's.
  bool is_wanted(const std::string& pid, const char* thread) {
    if (tables_ != Tables::other_threads) return true;
    return pid != thread && kernel_.compare_descriptor_tables(number(pid.c_str()), number(thread)) > 0;
  }

  void walk_threads(int process, const std::string& pid) {
    auto tasks = sys::open_at(kernel_, {process, "task"}, kDirectory, kStep);
    if (!tasks) return note(tasks.error());
    threads_.rewind_to(tasks->get());
    for (;;) {
      auto thread = threads_.next();
      if (!thread) note(thread.error());
      if (!thread || !*thread) return;
      if (!is_wanted(pid, **thread)) continue;
      const std::string path = std::string(**thread) + "/fd";
      walk_fd_directory(tasks->get(), path.c_str());
    }
  }

  // Gives the holdings from `first` on their process, or drops them when it has gone.
  void identify(int process, std::size_t first) {
    std::array<char, 1024> buffer;
    auto text = sys::read_small(kernel_, {process, "stat"}, buffer, kStep);
    auto parsed = text ? parse_process_stat(*text) : std::nullopt;
    if (!parsed) {
      note(text ? Error{Errc::malformed_reply, kStep, 0} : text.error());
      found_.holdings.resize(first);
      return;
    }
    const auto index = static_cast<std::uint32_t>(found_.processes.size());
    found_.processes.push_back(std::move(*parsed));
    for (std::size_t i = first; i < found_.holdings.size(); ++i) found_.holdings[i].process = index;
  }

  static constexpr std::uint32_t kUnidentified = UINT32_MAX;

  sys::Kernel& kernel_;
  const SocketIndex& wanted_;
  Tables tables_;
  sys::DirectoryReader entries_;
  sys::DirectoryReader threads_;
  FdWalk found_;
  std::optional<Error> failure_;
};

Result<std::vector<std::string>> list_pids(sys::Kernel& kernel, int proc) {
  std::vector<std::string> pids;
  sys::DirectoryReader entries(kernel, kStep);
  entries.rewind_to(proc);
  for (;;) {
    auto name = entries.next();
    if (!name) return tl::unexpected(name.error());
    if (!*name) return pids;
    const char first = (**name)[0];
    if (first >= '0' && first <= '9') pids.emplace_back(**name);
  }
}

void merge(FdWalk& all, FdWalk& part) {
  const auto offset = static_cast<std::uint32_t>(all.processes.size());
  all.unreadable_processes += part.unreadable_processes;
  for (Process& process : part.processes) all.processes.push_back(std::move(process));
  for (Holding& holding : part.holdings) all.holdings.push_back({holding.socket, holding.process + offset});
}

}  // namespace

Result<FdWalk> walk_descriptors(sys::Kernel& kernel, const SocketIndex& wanted, WalkOptions options) {
  auto proc = sys::open_at(kernel, {AT_FDCWD, "/proc"}, kDirectory, kStep);
  if (!proc) return tl::unexpected(proc.error());
  auto pids = list_pids(kernel, proc->get());
  if (!pids) return tl::unexpected(pids.error());

  std::vector<ProcessWalker> walkers;
  walkers.reserve(options.workers);
  for (unsigned i = 0; i < options.workers; ++i) walkers.emplace_back(kernel, wanted, options.tables);
  std::atomic<std::size_t> next{0};
  std::atomic<bool> out_of_memory{false};
  sys::run_on_workers(options.workers, [&](unsigned worker) {
    try {
      for (std::size_t i = next++; i < pids->size(); i = next++)
        walkers[worker].walk(proc->get(), (*pids)[i]);
    } catch (const std::bad_alloc&) {
      out_of_memory = true;
    }
  });
  if (out_of_memory) return tl::unexpected(Error{Errc::no_memory, kStep, 0});

  for (const ProcessWalker& walker : walkers) {
    if (walker.failure()) return tl::unexpected(*walker.failure());
  }

  FdWalk all = std::move(walkers[0].found());
  for (std::size_t i = 1; i < walkers.size(); ++i) merge(all, walkers[i].found());
  all.sees_init = !pids->empty() && std::find(pids->begin(), pids->end(), "1") != pids->end();
  return all;
}

}  // namespace tcptable::owner
