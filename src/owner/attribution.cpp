// SPDX-License-Identifier: MIT
#include "owner/attribution.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <span>

#include "model/process_identity.hpp"
#include "model/row_rules.hpp"
#include "model/socket_key.hpp"
#include "owner/process_rank.hpp"
#include "sys/huge_pages.hpp"
#include "sys/workers.hpp"

namespace tcptable::owner {
namespace {

constexpr std::uint32_t kNobody = UINT32_MAX;
constexpr std::uint32_t kSeveral = 1U << 31;  // in JoinMemory::first: there are further ones
constexpr std::size_t kAtATime = 32;          // keys whose places in the index are fetched together

bool comes_first(const Holding& a, const Holding& b) {
  return a.socket < b.socket;
}

// Nearly every socket has one holder.
void join(const std::vector<Holding>& holdings, std::size_t rows, JoinMemory& memory) {
  sys::reserve_huge(memory.first, rows);
  memory.first.assign(rows, kNobody);
  memory.further.clear();
  for (const Holding& holding : holdings) {
    std::uint32_t& first = memory.first[holding.socket];
    if (first == kNobody) {
      first = holding.process;
    } else if ((first & ~kSeveral) != holding.process) {
      first |= kSeveral;
      memory.further.push_back(holding);
    }
  }
  std::sort(memory.further.begin(), memory.further.end(), comes_first);
}

std::span<std::uint32_t> holders_of(std::uint32_t socket, JoinMemory& memory) {
  const std::uint32_t first = memory.first[socket];
  memory.candidates.clear();
  if (first == kNobody) return {};
  memory.candidates.push_back(first & ~kSeveral);
  if ((first & kSeveral) != 0) {
    const auto further =
        std::equal_range(memory.further.begin(), memory.further.end(), Holding{socket, 0}, comes_first);
    for (auto at = further.first; at != further.second; ++at) memory.candidates.push_back(at->process);
  }
  return memory.candidates;
}

// The owner first, each process once.
std::span<std::uint32_t> rank(const OwnedRows& owned, std::span<std::uint32_t> found) {
  if (found.size() == 1) return found;  // nearly always
  std::sort(found.begin(), found.end(), [&](std::uint32_t a, std::uint32_t b) {
    return rank_of(owned.processes[a]) < rank_of(owned.processes[b]);
  });
  const auto end = std::unique(found.begin(), found.end());
  return found.first(static_cast<std::size_t>(end - found.begin()));
}

void add_holders(const OwnedRows& owned, SocketRow& row, std::span<std::uint32_t> found) {
  const auto ranked = rank(owned, found);
  row.first_holder = static_cast<std::uint32_t>(owned.holders.size());
  row.holder_count = static_cast<std::uint32_t>(ranked.size());
  row.owner_status = OwnerStatus::known;
  owned.holders.insert(owned.holders.end(), ranked.begin(), ranked.end());
}

// Listeners by namespace and port, so that a waiting connection finds its own by binary search.
class Listeners {
 public:
  explicit Listeners(const OwnedRows& owned) : rows_(owned.rows), namespaces_(owned.namespace_of_row) {
    for (std::uint32_t i = 0; i < rows_.size(); ++i) {
      if (rows_[i].state == State::listen) by_place_.push_back(i);
    }
    std::sort(by_place_.begin(), by_place_.end(),
              [&](std::uint32_t a, std::uint32_t b) { return place(a) < place(b); });
  }

  // The most specific listeners on which the row at `waiting` may wait: the kernel prefers the exact address
  // to the wildcard.
  std::vector<std::uint32_t> of(std::uint32_t waiting) const {
    const SocketRow& row = rows_[waiting];
    std::vector<std::uint32_t> exact;
    std::vector<std::uint32_t> wildcard;
    auto at =
        std::lower_bound(by_place_.begin(), by_place_.end(), place(waiting),
                         [&](std::uint32_t index, std::uint64_t wanted) { return place(index) < wanted; });
    for (; at != by_place_.end() && place(*at) == place(waiting); ++at) {
      const SocketRow& listener = rows_[*at];
      if (listener.local.family != row.local.family) continue;
      // A listener bound to an interface makes its connections bound to it too (inet_request_bound_dev_if).
      if (listener.interface != 0 && listener.interface != row.interface) continue;
      if (listener.local.address == row.local.address) exact.push_back(*at);
      if (is_unspecified(listener.local)) wildcard.push_back(*at);
    }
    return exact.empty() ? wildcard : exact;
  }

 private:
  std::uint64_t place(std::uint32_t index) const {
    const std::uint64_t in = namespaces_.empty() ? 0 : namespaces_[index];
    return in << 16 | rows_[index].local.port;
  }

  const std::vector<SocketRow>& rows_;
  std::span<const std::uint32_t> namespaces_;
  std::vector<std::uint32_t> by_place_;
};

bool same_holders(const OwnedRows& owned, const SocketRow& a, const SocketRow& b) {
  // Two walks list one process twice.
  const auto same_process = [&](std::uint32_t left, std::uint32_t right) {
    return model::is_same_process(owned.processes[left], owned.processes[right]);
  };
  const auto first = owned.holders.begin();
  return std::equal(first + a.first_holder, first + a.first_holder + a.holder_count, first + b.first_holder,
                    first + b.first_holder + b.holder_count, same_process);
}

void inherit(const OwnedRows& owned, const std::vector<std::uint32_t>& listeners, SocketRow& row) {
  if (listeners.empty()) {
    row.owner_status = OwnerStatus::exited;  // a listener that closes takes its connections with it
    return;
  }
  const SocketRow& listener = owned.rows[listeners.front()];
  const bool agree = std::all_of(listeners.begin(), listeners.end(), [&](std::uint32_t other) {
    return same_holders(owned, listener, owned.rows[other]);
  });
  row.owner_status = agree ? listener.owner_status : OwnerStatus::ambiguous;
  if (!agree) return;
  row.first_holder = listener.first_holder;
  row.holder_count = listener.holder_count;
}

// Numbers each key by its row; of rows with one key, the first that came.
void enter_wanted(const OwnedRows& owned, Identity identity, std::size_t begin, std::size_t end,
                  WantedSockets& wanted) {
  std::array<std::uint64_t, kAtATime> keys;
  for (std::size_t first = begin; first < end; first += keys.size()) {
    const std::size_t count = std::min(keys.size(), end - first);
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint32_t row = owned.open[first + i];
      const bool open = owned.rows[row].owner_status == OwnerStatus::not_requested;
      keys[i] = open ? key_of_row(owned.rows, owned.row_keys, identity, row) : 0;
      wanted.index.prefetch(keys[i]);
    }
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint32_t row = owned.open[first + i];
      const bool is_first = keys[i] != 0 && wanted.index.insert(keys[i], row);
      wanted.number_of_open[first + i] = is_first ? row : SocketIndex::kNone;
    }
  }
}

// Several rows may be told by one key, as may those of one inode after its counter has wrapped.
void number_repeated(const OwnedRows& owned, Identity identity, WantedSockets& wanted) {
  for (std::size_t i = 0; i < owned.open.size(); ++i) {
    const std::uint32_t row = owned.open[i];
    if (wanted.number_of_open[i] != SocketIndex::kNone) {
      ++wanted.sockets;
      continue;
    }
    if (owned.rows[row].owner_status != OwnerStatus::not_requested) continue;
    const std::uint64_t key = key_of_row(owned.rows, owned.row_keys, identity, row);
    if (key != 0) wanted.number_of_open[i] = wanted.index.find(key);
  }
}

}  // namespace

void list_open(const OwnedRows& owned) {
  owned.open.clear();
  for (std::uint32_t i = 0; i < owned.rows.size(); ++i) {
    if (owned.rows[i].owner_status == OwnerStatus::not_requested) owned.open.push_back(i);
  }
}

std::uint64_t key_of_row(const std::vector<SocketRow>& rows, const std::vector<RowKey>& row_keys,
                         Identity identity, std::size_t row) {
  switch (identity) {
    case Identity::inode:
      return rows[row].inode;
    case Identity::cookie:
      return rows[row].inode == 0 ? 0 : rows[row].cookie;
    case Identity::sock:
      return model::socket_key(row_keys[row].sock, row_keys[row].tag);
  }
  return 0;
}

bool lacks_holder(const SocketRow& row) {
  return row.inode != 0 && row.owner_status == OwnerStatus::not_requested;
}

bool any_lacks_holder(const OwnedRows& owned) {
  return std::any_of(owned.open.begin(), owned.open.end(),
                     [&](std::uint32_t row) { return lacks_holder(owned.rows[row]); });
}

void list_wanted(const OwnedRows& owned, Identity identity, unsigned workers, WantedSockets& wanted) {
  const std::size_t size = owned.open.size();
  wanted.index.reset(size);
  wanted.sockets = 0;
  wanted.numbers = owned.rows.size();
  sys::reserve_huge(wanted.number_of_open, size);
  wanted.number_of_open.resize(size);
  constexpr std::size_t kShare = 16 * 1024;
  std::atomic<std::size_t> next{0};
  sys::run_on_workers(workers, [&](unsigned) {
    for (std::size_t begin = next.fetch_add(kShare); begin < size; begin = next.fetch_add(kShare))
      enter_wanted(owned, identity, begin, std::min(size, begin + kShare), wanted);
  });
  number_repeated(owned, identity, wanted);
}

void assign_holders(const OwnedRows& owned, const WantedSockets& wanted, FdWalk& walk, JoinMemory& memory) {
  const auto offset = static_cast<std::uint32_t>(owned.processes.size());
  for (Process& process : walk.processes) owned.processes.push_back(std::move(process));
  for (Holding& holding : walk.holdings) holding.process += offset;
  join(walk.holdings, owned.rows.size(), memory);
  sys::reserve_huge(owned.holders, owned.holders.size() + walk.holdings.size());
  std::size_t still_open = 0;
  for (std::size_t i = 0; i < owned.open.size(); ++i) {
    const std::uint32_t row = owned.open[i];
    const std::uint32_t number = wanted.number_of_open[i];
    const auto found = number == SocketIndex::kNone ? std::span<std::uint32_t>() : holders_of(number, memory);
    if (found.empty()) {
      owned.open[still_open++] = row;
    } else {
      add_holders(owned, owned.rows[row], found);
    }
  }
  owned.open.resize(still_open);
}

void mark_absent_exited(const OwnedRows& owned, const RereadTable& now) {
  SocketIndex alive;
  alive.reset(now.rows.size());
  for (std::uint32_t i = 0; i < now.rows.size(); ++i) {
    const std::uint64_t key = key_of_row(now.rows, now.row_keys, owned.told_by, i);
    if (key != 0) alive.insert(key, i);
  }
  for (const std::uint32_t row : owned.open) {
    if (!lacks_holder(owned.rows[row])) continue;
    const std::uint64_t key = key_of_row(owned.rows, owned.row_keys, owned.told_by, row);
    if (alive.find(key) == SocketIndex::kNone) owned.rows[row].owner_status = OwnerStatus::exited;
  }
}

void assign_unaccepted(const OwnedRows& owned) {
  const auto waits = [&](std::uint32_t at) {
    const SocketRow& row = owned.rows[at];
    return row.owner_status == OwnerStatus::not_requested && model::waits_for_accept(row);
  };
  if (std::none_of(owned.open.begin(), owned.open.end(), waits)) return;
  const Listeners listeners(owned);
  for (const std::uint32_t at : owned.open) {
    if (waits(at)) inherit(owned, listeners.of(at), owned.rows[at]);
  }
}

}  // namespace tcptable::owner
