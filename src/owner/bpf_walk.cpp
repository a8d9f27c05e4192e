// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <cerrno>
#include <new>
#include <string>
#include <vector>

#include "model/socket_key.hpp"
#include "owner/clock_offsets.hpp"
#include "owner/holder_walk.hpp"
#include "owner/process_list.hpp"
#include "owner/process_record.hpp"
#include "owner/unheld_sockets.hpp"
#include "sys/huge_pages.hpp"
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

// What one reader finds.
class HoldingCollector {
 public:
  struct Told {
    tcptable_identity identity;
    std::int64_t boottime_offset;
  };
  struct Room {
    std::size_t sockets;
    std::size_t processes;
  };

  // Which reader finds how much is chance: each has room for all, so that only a larger table takes more
  // memory.
  void reset(const SocketIndex& wanted, Told told, Room room) {
    wanted_ = &wanted;
    told_ = told;
    processes_.reset(room.processes);
    holdings_.clear();
    sys::reserve_huge(holdings_, room.sockets);
    index_.reserve(TCPTABLE_PROCESS_RECORDS);
    place_.reserve(room.processes);
  }

  void take(const sys::HeldSockets& held) {
    index_.assign(held.processes.size(), kNotYet);
    std::array<std::uint64_t, 32> keys;
    for (std::size_t first = 0; first < held.sockets.size(); first += keys.size()) {
      const std::size_t count = std::min(keys.size(), held.sockets.size() - first);
      for (std::size_t i = 0; i < count; ++i) {
        keys[i] = key_of(held.sockets[first + i], told_.identity);
        wanted_->prefetch(keys[i]);
      }
      for (std::size_t i = 0; i < count; ++i) {
        const std::uint32_t number = keys[i] == 0 ? SocketIndex::kNone : wanted_->find(keys[i]);
        if (number != SocketIndex::kNone) add(number, held.sockets[first + i].process, held.processes);
      }
    }
  }

  void move_to(FdWalk& all, ProcessList& processes) {
    place_.clear();
    for (Process& process : processes_.processes()) place_.push_back(processes.index_of(std::move(process)));
    for (const Holding& holding : holdings_)
      all.holdings.push_back({holding.socket, place_[holding.process]});
  }

 private:
  static constexpr std::uint32_t kNotYet = UINT32_MAX;

  void add(std::uint32_t socket, std::uint32_t holder, std::span<const tcptable_process> processes) {
    if (holder >= processes.size() || processes[holder].pid == 0)
      return;  // 0: not of the caller's pid namespace
    std::uint32_t& process = index_[holder];
    if (process == kNotYet)
      process = processes_.index_of(process_from(processes[holder], told_.boottime_offset));
    holdings_.push_back({socket, process});
  }

  const SocketIndex* wanted_ = nullptr;
  Told told_{TCPTABLE_BY_SOCK, 0};
  ProcessList processes_;
  std::vector<Holding> holdings_;
  std::vector<std::uint32_t> index_;  // of this buffer's processes in processes_
  std::vector<std::uint32_t> place_;  // of these among all readers'
};

class BpfWalk final : public HolderWalk {
 public:
  BpfWalk(sys::Kernel& kernel, sys::SocketWalks& walks) : kernel_(kernel), walks_(walks) {}

  std::string_view name() const override { return "bpf"; }

  Result<WalkView> assign(const OwnedRows& owned) override {
    const auto offsets = read_clock_offsets(kernel_, Step::list_processes);
    if (!offsets) return tl::unexpected(offsets.error());
    boottime_offset_ = offsets->boottime;
    auto view = walk_by(owned, owned.told_by);
    if (!view) return view;
    if (owned.told_by == Identity::sock) {
      if (auto looked = unheld_.look(walks_, owned); !looked) return tl::unexpected(looked.error());
    }
    if (!any_lacks_holder(owned)) return view;
    // A descriptor that was passed on during the walk, or one of several struct sock behind a socket (MPTCP):
    // each of these has a cookie of its own, and all have the socket's inode.
    if (owned.told_by != Identity::sock) return walk_by(owned, Identity::inode);
    unheld_.list_wanted(owned, wanted_);
    return walk_for(owned, TCPTABLE_BY_SOCKET);
  }

  Result<void> mark_exited(const OwnedRows& owned, const RereadRows& reread) override {
    if (owned.told_by == Identity::sock) return unheld_.mark_exited(walks_, owned);
    auto now = reread();
    if (!now) return tl::unexpected(now.error());
    mark_absent_exited(owned, *now);
    return {};
  }

 private:
  unsigned readers_for(const OwnedRows& owned) const {
    return owned.open.size() >= kWorthThreads ? walks_.most_at_once() : 1;
  }

  Result<WalkView> walk_by(const OwnedRows& owned, Identity identity) {
    list_wanted(owned, identity, readers_for(owned), wanted_);
    return walk_for(owned, walked_by(identity));
  }

  Result<WalkView> walk_for(const OwnedRows& owned, tcptable_identity identity) {
    const unsigned readers = readers_for(owned);
    auto view = walk_with(readers, owned, identity);
    const bool too_few_descriptors = !view && view.error().sys_errno == EMFILE;
    return too_few_descriptors && readers > 1 ? walk_with(1, owned, identity)
                                              : view;  // each reader takes one
  }

  Result<WalkView> walk_with(unsigned readers, const OwnedRows& owned, tcptable_identity identity) {
    if (collectors_.size() < readers) collectors_.resize(readers);
    const HoldingCollector::Room room{owned.open.size(), found_.processes.capacity()};
    for (HoldingCollector& collector : collectors_)
      collector.reset(wanted_.index, {identity, boottime_offset_}, room);
    std::array<Result<bool>, sys::kMostWorkers> walked;
    sys::run_on_shares(readers, [&](unsigned share) {
      walked[share] = walk_share({share, readers, identity}, collectors_[share]);
    });
    found_.holdings.clear();
    sys::reserve_huge(found_.holdings, owned.open.size());
    processes_.reset(room.processes);
    for (unsigned reader = 0; reader < readers; ++reader) {
      if (!walked[reader]) return tl::unexpected(walked[reader].error());
      found_.sees_init = *walked[reader];
      collectors_[reader].move_to(found_, processes_);
    }
    found_.processes.swap(processes_.processes());
    const WalkView view{found_.sees_init ? 0U : 1U, found_.sees_init};
    assign_holders(owned, wanted_, found_, join_);
    return view;
  }

  Result<bool> walk_share(const sys::DescriptorWalk& share, HoldingCollector& collector) {
    try {
      return walks_.walk_descriptors(share, [&](const auto& held) { collector.take(held); });
    } catch (const std::bad_alloc&) {
      return tl::unexpected(Error{Errc::no_memory, Step::run_bpf, 0});
    }
  }

  sys::Kernel& kernel_;
  sys::SocketWalks& walks_;
  UnheldSockets unheld_;
  std::int64_t boottime_offset_ = 0;
  // Kept from walk to walk.
  WantedSockets wanted_;
  std::vector<HoldingCollector> collectors_;
  ProcessList processes_;
  FdWalk found_;
  JoinMemory join_;
};

}  // namespace

std::unique_ptr<HolderWalk> walk_by_bpf(sys::Kernel& kernel, sys::SocketWalks& walks) {
  return std::make_unique<BpfWalk>(kernel, walks);
}

}  // namespace tcptable::owner
