// SPDX-License-Identifier: MIT
#include "owner/fd_walk.hpp"

#include <fcntl.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <new>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "owner/process_rank.hpp"
#include "owner/process_walker.hpp"
#include "sys/directory.hpp"
#include "sys/file.hpp"
#include "sys/workers.hpp"

namespace tcptable::owner {
namespace {

constexpr Step kStep = Step::list_processes;
// With fewer of both the walk takes less time than it takes to start threads.
constexpr std::size_t kSocketsWorthThreads = 2000;
constexpr std::size_t kProcessesWorthThreads = 50;

Result<std::vector<Candidate>> list_processes(sys::Kernel& kernel, int proc) {
  std::vector<Candidate> processes;
  sys::DirectoryReader entries(kernel, kStep);
  entries.rewind_to(proc);
  for (;;) {
    auto name = entries.next();
    if (!name) return tl::unexpected(name.error());
    if (!*name) return processes;
    const char first = (**name)[0];
    if (first >= '0' && first <= '9') processes.push_back({**name, std::nullopt});
  }
}

bool has_init(const std::vector<Candidate>& processes) {
  return std::any_of(processes.begin(), processes.end(),
                     [](const Candidate& candidate) { return candidate.pid == "1"; });
}

// Those of which nothing is known come first: they may be anybody.
void sort_by_rank(std::vector<Candidate>& processes) {
  const auto comes_first = [](const Candidate& a, const Candidate& b) {
    if (!a.process || !b.process) return !a.process && b.process;
    return rank_of(*a.process) < rank_of(*b.process);
  };
  std::sort(processes.begin(), processes.end(), comes_first);
}

void merge(FdWalk& all, FdWalk& part) {
  const auto offset = static_cast<std::uint32_t>(all.processes.size());
  all.unreadable_processes += part.unreadable_processes;
  for (Process& process : part.processes) all.processes.push_back(std::move(process));
  for (Holding& holding : part.holdings) all.holdings.push_back({holding.socket, holding.process + offset});
}

class Walk {
 public:
  Walk(sys::Kernel& kernel, int proc, std::vector<Candidate> processes)
      : kernel_(kernel), proc_(proc), processes_(std::move(processes)) {}

  Result<FdWalk> run(const WantedSockets& wanted, const WalkOptions& options) {
    const bool few = processes_.size() < kProcessesWorthThreads && wanted.sockets < kSocketsWorthThreads;
    const unsigned workers = few ? 1 : options.workers;
    std::optional<UnownedSockets> unowned;
    if (options.owners_alone) unowned.emplace(wanted.sockets, wanted.numbers);
    walkers_.reserve(workers);
    for (unsigned i = 0; i < workers; ++i)
      walkers_.emplace_back(kernel_, wanted.index, options.tables, unowned ? &*unowned : nullptr);
    if (unowned && !put_in_order()) return tl::unexpected(Error{Errc::no_memory, kStep, 0});
    if (!walk_all(unowned ? &*unowned : nullptr)) return tl::unexpected(Error{Errc::no_memory, kStep, 0});
    return whole();
  }

 private:
  // Each process in turn is some worker's; false when there is no memory.
  template <typename Work>
  bool share_out(const Work& work) {
    std::atomic<std::size_t> next{0};
    std::atomic<bool> out_of_memory{false};
    sys::run_on_workers(static_cast<unsigned>(walkers_.size()), [&](unsigned worker) {
      try {
        for (std::size_t i = next++; i < processes_.size(); i = next++) {
          if (!work(walkers_[worker], processes_[i])) return;
        }
      } catch (const std::bad_alloc&) {
        out_of_memory = true;
      }
    });
    return !out_of_memory;
  }

  bool put_in_order() {
    const bool done = share_out([&](ProcessWalker& walker, Candidate& candidate) {
      candidate.process = walker.look_at(proc_, candidate.pid);
      return true;
    });
    sort_by_rank(processes_);
    return done;
  }

  // Where every socket has its owner, a process that comes later in the order can own none. Those that come
  // before one that is under way are under way themselves, and are finished.
  bool walk_all(const UnownedSockets* unowned) {
    return share_out([&](ProcessWalker& walker, const Candidate& candidate) {
      if (unowned != nullptr && unowned->empty()) return false;
      walker.walk(proc_, candidate);
      return true;
    });
  }

  Result<FdWalk> whole() {
    for (const ProcessWalker& walker : walkers_) {
      if (walker.failure()) return tl::unexpected(*walker.failure());
    }
    FdWalk all = std::move(walkers_[0].found());
    for (std::size_t i = 1; i < walkers_.size(); ++i) merge(all, walkers_[i].found());
    all.sees_init = has_init(processes_);
    return all;
  }

  sys::Kernel& kernel_;
  int proc_;
  std::vector<Candidate> processes_;
  std::vector<ProcessWalker> walkers_;
};

Result<FdWalk> walk_once(sys::Kernel& kernel, const WantedSockets& wanted, const WalkOptions& options) {
  auto proc = sys::open_at(kernel, {AT_FDCWD, "/proc"}, O_DIRECTORY, kStep);
  if (!proc && proc.error().sys_errno == ENOENT) return FdWalk();  // not mounted: nobody is seen
  if (!proc) return tl::unexpected(proc.error());
  auto processes = list_processes(kernel, proc->get());
  if (!processes) return tl::unexpected(processes.error());
  return Walk(kernel, proc->get(), std::move(*processes)).run(wanted, options);
}

}  // namespace

Result<FdWalk> walk_descriptors(sys::Kernel& kernel, const WantedSockets& wanted,
                                const WalkOptions& options) {
  auto walk = walk_once(kernel, wanted, options);
  const bool too_few_descriptors = !walk && walk.error().sys_errno == EMFILE;
  if (!too_few_descriptors || options.workers == 1) return walk;
  WalkOptions alone = options;  // each worker takes some
  alone.workers = 1;
  return walk_once(kernel, wanted, alone);
}

}  // namespace tcptable::owner
