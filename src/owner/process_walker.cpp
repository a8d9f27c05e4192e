// SPDX-License-Identifier: MIT
#include "owner/process_walker.hpp"

#include <fcntl.h>

#include <array>
#include <cerrno>
#include <charconv>

#include "model/process_identity.hpp"
#include "owner/process_stat.hpp"
#include "owner/stat_file.hpp"

namespace tcptable::owner {
namespace {

constexpr Step kStep = Step::list_processes;
constexpr int kDirectory = O_DIRECTORY;
constexpr int kAnchor = O_DIRECTORY | O_PATH;
// /proc/PID/fd lists "." and ".." first, and then each descriptor at its number behind them
// (proc_readfd_common, fs/proc/fd.c).
constexpr off_t kListedBefore = 2;
constexpr std::size_t kMostAbsent = 2;

// A process's place in the order depends on its name.
bool is_as_before(const Process& before, const Process& now) {
  return model::is_same_process(before, now) && before.name == now.name;
}

}  // namespace

ProcessWalker::ProcessWalker(sys::Kernel& kernel, const SocketIndex& wanted, Tables tables,
                             UnownedSockets* unowned)
    : kernel_(kernel),
      wanted_(wanted),
      tables_(tables),
      unowned_(unowned),
      entries_(kernel, kStep),
      threads_(kernel, kStep) {}

void ProcessWalker::walk(int proc, const Candidate& candidate) {
  if (tables_ != Tables::first_thread || !walk_first_thread(proc, candidate)) walk_process(proc, candidate);
}

// False where the first thread has no descriptors, but others may: it has exited. One that has a single
// thread without any is the kernel's own, mostly.
bool ProcessWalker::walk_first_thread(int proc, const Candidate& candidate) {
  const std::size_t before = found_.holdings.size();
  const std::string path = candidate.pid + "/fd";
  auto directory = sys::open_at(kernel_, {proc, path.c_str()}, kDirectory, kStep);
  if (!directory) {
    note(directory.error());
    return true;
  }
  const bool empty = walk_directory(directory->get()) == 0;
  look_up_seen();
  if (found_.holdings.size() > before) identify({directory->get(), "../stat"}, before, candidate);
  return !empty || sys::has_one_thread(kernel_, {directory->get(), "../task"});
}

void ProcessWalker::walk_process(int proc, const Candidate& candidate) {
  const std::size_t before = found_.holdings.size();
  auto process = sys::open_at(kernel_, {proc, candidate.pid.c_str()}, kAnchor, kStep);
  if (!process) return note(process.error());
  walk_threads(process->get(), candidate.pid);
  look_up_seen();
  if (found_.holdings.size() > before) identify({process->get(), "stat"}, before, candidate);
}

std::optional<Process> ProcessWalker::look_at(int proc, const std::string& pid) {
  const std::string path = pid + "/stat";
  auto stat = read_process_stat(kernel_, {proc, path.c_str()}, kStep);
  if (!stat) return std::nullopt;
  return std::move(stat->process);
}

// A process that has gone, or is another's, is no failure. All else is, such as having no free descriptor: it
// would make sockets look as if nobody held them.
void ProcessWalker::note(const Error& error) {
  if (error.sys_errno == ENOENT || error.sys_errno == ESRCH) return;
  if (error.code == Errc::not_permitted) {
    ++found_.unreadable_processes;
  } else {
    failure_ = error;
  }
}

// How many descriptors it saw.
std::size_t ProcessWalker::walk_directory(int directory) {
  std::size_t seen = 0;
  const auto rest = walk_by_number(directory, seen);
  if (!rest) return seen;
  const off_t sought = kernel_.seek(directory, static_cast<off_t>(*rest) + kListedBefore);
  if (sought < 0) note(sys::error_from_errno(kStep, static_cast<int>(-sought)));
  if (sought < 0) return seen;
  entries_.rewind_to(directory);
  for (;;) {
    auto name = entries_.next();
    if (!name) note(name.error());
    if (!name || !*name) return seen;
    ++seen;
    if (take_descriptor(directory, **name) == Link::unreadable) return seen;
  }
}

// A process's descriptors mostly have the numbers from 0 on, and a listing of them costs a fifth of what
// reading them does. So they are read by number until as many have been as there were, which the directory's
// size tells from Linux 6.2 on (proc_fd_getattr, fs/proc/fd.c), or some are absent. Returns the number from
// which the rest has to be listed: one that was opened meanwhile may have been counted for one behind it.
std::optional<std::size_t> ProcessWalker::walk_by_number(int directory, std::size_t& seen) {
  std::array<char, 16> name{};
  std::size_t absent = 0;
  const off_t size = kernel_.size(directory);
  for (std::size_t number = 0;; ++number) {
    *std::to_chars(name.data(), name.data() + name.size() - 1, number).ptr = '\0';
    const Link link = take_descriptor(directory, name.data());
    absent = link == Link::absent ? absent + 1 : 0;
    if (link != Link::absent) ++seen;
    if (link == Link::unreadable) return std::nullopt;
    const bool is_last = size > 0 && seen == static_cast<std::size_t>(size);
    if (is_last || absent == kMostAbsent || seen == 0) return number + 1 - absent;
  }
}

// A directory may be listed (CAP_DAC_READ_SEARCH) whose links may not be read (CAP_SYS_PTRACE), and then none
// of them.
ProcessWalker::Link ProcessWalker::take_descriptor(int directory, const char* name) {
  std::array<char, 32> target;
  const ssize_t length = kernel_.readlinkat(directory, name, target.data(), target.size());
  if (length == -ENOENT) return Link::absent;
  if (length == -ENAMETOOLONG) return Link::read;  // a file's path
  if (length < 0) {
    note(sys::error_from_errno(kStep, static_cast<int>(-length)));
    return Link::unreadable;
  }
  const auto inode = parse_socket_link({target.data(), static_cast<std::size_t>(length)});
  if (inode) take_socket(*inode);
  return Link::read;
}

// A large index is not in the cache: while some places in it are fetched, links are read.
void ProcessWalker::take_socket(std::uint32_t inode) {
  wanted_.prefetch(inode);
  seen_[seen_count_++] = inode;
  if (seen_count_ == seen_.size()) look_up_seen();
}

void ProcessWalker::look_up_seen() {
  for (std::size_t i = 0; i < seen_count_; ++i) {
    const std::uint32_t socket = wanted_.find(seen_[i]);
    if (socket != SocketIndex::kNone) found_.holdings.push_back({socket, kUnidentified});
  }
  seen_count_ = 0;
}

// Only a thread of which it is known that its table is another than its process's first thread's.
bool ProcessWalker::is_wanted(const std::string& pid, const char* thread) {
  if (tables_ != Tables::other_threads) return true;
  const auto first = sys::number_named_by(pid.c_str());
  const auto other = sys::number_named_by(thread);
  return first && other && first != other && kernel_.compare_descriptor_tables(*first, *other) > 0;
}

void ProcessWalker::walk_threads(int process, const std::string& pid) {
  auto tasks = sys::open_at(kernel_, {process, "task"}, kDirectory, kStep);
  if (!tasks) return note(tasks.error());
  threads_.rewind_to(tasks->get());
  for (;;) {
    auto thread = threads_.next();
    if (!thread) note(thread.error());
    if (!thread || !*thread) return;
    if (!is_wanted(pid, **thread)) continue;
    const std::string path = std::string(**thread) + "/fd";
    auto directory = sys::open_at(kernel_, {tasks->get(), path.c_str()}, kDirectory, kStep);
    if (!directory) {
      note(directory.error());
    } else {
      walk_directory(directory->get());
    }
  }
}

// Gives the holdings from `first` on their process, or drops them when it has gone.
void ProcessWalker::identify(sys::Path stat, std::size_t first, const Candidate& candidate) {
  auto holder = read_process_stat(kernel_, stat, kStep);
  if (!holder) {
    note(holder.error());
    found_.holdings.resize(first);
    return;
  }
  const auto index = static_cast<std::uint32_t>(found_.processes.size());
  const bool in_order = candidate.process && is_as_before(*candidate.process, holder->process);
  found_.processes.push_back(std::move(holder->process));
  for (std::size_t i = first; i < found_.holdings.size(); ++i) {
    found_.holdings[i].process = index;
    if (unowned_ != nullptr && in_order) unowned_->note(found_.holdings[i].socket);
  }
}

}  // namespace tcptable::owner
