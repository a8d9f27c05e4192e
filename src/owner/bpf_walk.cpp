// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <new>
#include <string>
#include <unordered_map>

#include "model/socket_key.hpp"
#include "owner/holder_walk.hpp"
#include "owner/process_record.hpp"
#include "owner/unheld_sockets.hpp"
#include "sys/workers.hpp"

namespace tcptable::owner {
namespace {

// Below this many sockets the walk takes less time than it takes to start a thread.
constexpr std::uint32_t kWorthThreads = 8000;
tcptable_identity walked_by(Identity identity) {
  switch (identity) {
    case Identity::inode:
      return TCPTABLE_BY_INODE;
    case Identity::cookie:
      return TCPTABLE_BY_COOKIE;
    case Identity::sock:
      return TCPTABLE_BY_SOCK;
  }
  return TCPTABLE_BY_INODE;
}

std::uint64_t key_of(const tcptable_held& held, tcptable_identity identity) {
  const bool by_address = identity == TCPTABLE_BY_SOCK || identity == TCPTABLE_BY_SOCKET;
  return by_address ? model::socket_key(held.key, held.tag) : held.key;
}

// Processes by pid, each once: a walk lists one anew in every buffer, and to every reader.
class ProcessList {
 public:
  std::uint32_t index_of(const tcptable_process& record) {
    const auto next = static_cast<std::uint32_t>(processes_.size());
    const auto [at, is_new] = by_pid_.try_emplace(record.pid, next);
    if (is_new) processes_.push_back(process_from(record));
    return at->second;
  }
  std::uint32_t index_of(Process&& process) {
    const auto next = static_cast<std::uint32_t>(processes_.size());
    const auto [at, is_new] = by_pid_.try_emplace(process.pid, next);
    if (is_new) processes_.push_back(std::move(process));
    return at->second;
  }
  std::vector<Process>& processes() { return processes_; }

 private:
  std::vector<Process> processes_;
  std::unordered_map<std::int32_t, std::uint32_t> by_pid_;
};

// What one reader finds.
class HoldingCollector {
 public:
  HoldingCollector(const SocketIndex& wanted, tcptable_identity identity)
      : wanted_(wanted), identity_(identity) {}

  void take(const sys::HeldSockets& held) {
    index_.assign(held.processes.size(), kNotYet);
    std::array<std::uint64_t, 32> keys;
    for (std::size_t first = 0; first < held.sockets.size(); first += keys.size()) {
      const std::size_t count = std::min(keys.size(), held.sockets.size() - first);
      for (std::size_t i = 0; i < count; ++i) {
        keys[i] = key_of(held.sockets[first + i], identity_);
        wanted_.prefetch(keys[i]);
      }
      for (std::size_t i = 0; i < count; ++i) {
        const std::uint32_t number = keys[i] == 0 ? SocketIndex::kNone : wanted_.find(keys[i]);
        if (number != SocketIndex::kNone) add(number, held.sockets[first + i].process, held.processes);
      }
    }
  }

  void move_to(FdWalk& all, ProcessList& processes) {
    std::vector<std::uint32_t> place;
    for (Process& process : processes_.processes()) place.push_back(processes.index_of(std::move(process)));
    for (Holding& holding : holdings_) holding.process = place[holding.process];
    if (all.holdings.empty()) {
      all.holdings.swap(holdings_);
    } else {
      all.holdings.insert(all.holdings.end(), holdings_.begin(), holdings_.end());
    }
  }

 private:
  static constexpr std::uint32_t kNotYet = UINT32_MAX;

  void add(std::uint32_t socket, std::uint32_t holder, std::span<const tcptable_process> processes) {
    if (holder >= processes.size() || processes[holder].pid == 0)
      return;  // 0: not of the caller's pid namespace
    std::uint32_t& process = index_[holder];
    if (process == kNotYet) process = processes_.index_of(processes[holder]);
    holdings_.push_back({socket, process});
  }

  const SocketIndex& wanted_;
  tcptable_identity identity_;
  ProcessList processes_;
  std::vector<Holding> holdings_;
  std::vector<std::uint32_t> index_;  // of this buffer's processes in processes_
};

class BpfWalk final : public HolderWalk {
 public:
  explicit BpfWalk(sys::SocketWalks& walks) : walks_(walks) {}

  std::string_view name() const override { return "bpf"; }

  Result<WalkView> assign(const OwnedRows& owned) override {
    auto view = walk_for(owned, wanted_sockets(owned, owned.told_by), walked_by(owned.told_by));
    if (!view) return view;
    if (owned.told_by == Identity::sock) {
      if (auto looked = unheld_.look(walks_, owned); !looked) return tl::unexpected(looked.error());
    }
    if (std::none_of(owned.rows.begin(), owned.rows.end(), lacks_holder)) return view;
    // A descriptor that was passed on during the walk, or one of several struct sock behind a socket (MPTCP).
    return owned.told_by == Identity::sock
               ? walk_for(owned, unheld_.wanted(owned.rows.size()), TCPTABLE_BY_SOCKET)
               : walk_for(owned, wanted_sockets(owned, owned.told_by), walked_by(owned.told_by));
  }

  Result<void> mark_exited(const OwnedRows& owned, const RereadRows& reread) override {
    if (owned.told_by == Identity::sock) return unheld_.mark_exited(walks_, owned);
    auto now = reread();
    if (!now) return tl::unexpected(now.error());
    mark_absent_exited(owned, *now);
    return {};
  }

 private:
  Result<WalkView> walk_for(const OwnedRows& owned, const WantedSockets& wanted, tcptable_identity identity) {
    const unsigned readers = wanted.index.size() >= kWorthThreads ? walks_.most_at_once() : 1;
    std::vector<HoldingCollector> collectors(readers, HoldingCollector(wanted.index, identity));
    std::vector<Result<bool>> walked(readers);
    sys::run_on_workers(readers, [&](unsigned reader) {
      walked[reader] = walk_share({reader, readers, identity}, collectors[reader]);
    });
    FdWalk found;
    ProcessList processes;
    for (unsigned reader = 0; reader < readers; ++reader) {
      if (!walked[reader]) return tl::unexpected(walked[reader].error());
      found.sees_init = *walked[reader];
      collectors[reader].move_to(found, processes);
    }
    found.processes = std::move(processes.processes());
    const WalkView view{found.sees_init ? 0U : 1U, found.sees_init};
    assign_holders(owned, wanted, std::move(found));
    return view;
  }

  Result<bool> walk_share(const sys::DescriptorWalk& share, HoldingCollector& collector) {
    try {
      return walks_.walk_descriptors(share, [&](const auto& held) { collector.take(held); });
    } catch (const std::bad_alloc&) {
      return tl::unexpected(Error{Errc::no_memory, Step::run_bpf, 0});
    }
  }

  sys::SocketWalks& walks_;
  UnheldSockets unheld_;
};

}  // namespace

std::unique_ptr<HolderWalk> walk_by_bpf(sys::SocketWalks& walks) {
  return std::make_unique<BpfWalk>(walks);
}

}  // namespace tcptable::owner
