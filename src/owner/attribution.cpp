// SPDX-License-Identifier: MIT
#include "owner/attribution.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <span>
#include <tuple>

#include "model/row_rules.hpp"
#include "model/socket_key.hpp"
#include "sys/bpf/records.h"
#include "sys/huge_pages.hpp"

namespace tcptable::owner {
namespace {

// Holders of each socket, one run after the other: a counting sort.
struct HolderRuns {
  std::vector<std::uint32_t> begin;  // one more than there are sockets
  std::vector<std::uint32_t> processes;

  std::span<std::uint32_t> of(std::uint32_t socket) {
    return std::span(processes).subspan(begin[socket], begin[socket + 1] - begin[socket]);
  }
};

HolderRuns group_by_socket(const std::vector<Holding>& holdings, std::uint32_t sockets) {
  HolderRuns runs{sys::filled_huge(sockets + std::size_t{1}, std::uint32_t{0}),
                  sys::filled_huge(holdings.size(), std::uint32_t{0})};
  for (const Holding& holding : holdings) ++runs.begin[holding.socket + 1];
  for (std::uint32_t i = 0; i < sockets; ++i) runs.begin[i + 1] += runs.begin[i];
  std::vector<std::uint32_t> next(runs.begin.begin(), runs.begin.end() - 1);
  for (const Holding& holding : holdings) runs.processes[next[holding.socket]++] = holding.process;
  return runs;
}

// The owner first, each process once.
std::span<std::uint32_t> rank(const OwnedRows& owned, std::span<std::uint32_t> found) {
  if (found.size() == 1) return found;  // nearly always
  std::sort(found.begin(), found.end(), [&](std::uint32_t a, std::uint32_t b) {
    const auto key = [&](std::uint32_t index) {
      const Process& process = owned.processes[index];
      return std::tuple(is_service_manager(process), process.start_time, process.pid);
    };
    return key(a) < key(b);
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
    const Process& one = owned.processes[left];
    const Process& other = owned.processes[right];
    return one.pid == other.pid && one.start_time == other.start_time;
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

std::uint64_t sock_key(const SocketRow& row, const RowKey& key) {
  if (!key.is_full) return 0;
  return model::socket_key(key.sock, tcptable_sock_tag(key.hash, htons(row.remote.port), row.local.port));
}

}  // namespace

bool is_service_manager(const Process& process) {
  return process.name == "systemd" || (process.pid == 1 && process.name == "init");
}

std::uint64_t key_of_row(const std::vector<SocketRow>& rows, const std::vector<RowKey>& row_keys,
                         Identity identity, std::size_t row) {
  switch (identity) {
    case Identity::inode:
      return rows[row].inode;
    case Identity::cookie:
      return rows[row].inode == 0 ? 0 : rows[row].cookie;
    case Identity::sock:
      return sock_key(rows[row], row_keys[row]);
  }
  return 0;
}

bool lacks_holder(const SocketRow& row) {
  return row.inode != 0 && row.owner_status == OwnerStatus::not_requested;
}

WantedSockets wanted_sockets(const OwnedRows& owned, Identity identity) {
  WantedSockets wanted{SocketIndex(owned.rows.size()), {}};
  sys::reserve_huge(wanted.number_of_row, owned.rows.size());
  std::array<std::uint64_t, 32> keys;
  for (std::size_t first = 0; first < owned.rows.size(); first += keys.size()) {
    const std::size_t count = std::min(keys.size(), owned.rows.size() - first);
    for (std::size_t i = 0; i < count; ++i) {
      const bool open = owned.rows[first + i].owner_status == OwnerStatus::not_requested;
      keys[i] = open ? key_of_row(owned.rows, owned.row_keys, identity, first + i) : 0;
      wanted.index.prefetch(keys[i]);
    }
    for (std::size_t i = 0; i < count; ++i) {
      wanted.number_of_row.push_back(keys[i] == 0 ? SocketIndex::kNone : wanted.index.insert(keys[i]));
    }
  }
  return wanted;
}

void assign_holders(const OwnedRows& owned, const WantedSockets& wanted, FdWalk walk) {
  const auto offset = static_cast<std::uint32_t>(owned.processes.size());
  for (Process& process : walk.processes) owned.processes.push_back(std::move(process));
  for (Holding& holding : walk.holdings) holding.process += offset;
  HolderRuns runs = group_by_socket(walk.holdings, wanted.index.size());
  sys::reserve_huge(owned.holders, owned.holders.size() + walk.holdings.size());
  for (std::size_t i = 0; i < owned.rows.size(); ++i) {
    const std::uint32_t number = wanted.number_of_row[i];
    if (number == SocketIndex::kNone) continue;
    const auto found = runs.of(number);
    if (!found.empty()) add_holders(owned, owned.rows[i], found);
  }
}

void mark_absent_exited(const OwnedRows& owned, const RereadTable& now) {
  SocketIndex alive(now.rows.size());
  for (std::size_t i = 0; i < now.rows.size(); ++i) {
    const std::uint64_t key = key_of_row(now.rows, now.row_keys, owned.told_by, i);
    if (key != 0) alive.insert(key);
  }
  for (std::size_t i = 0; i < owned.rows.size(); ++i) {
    if (!lacks_holder(owned.rows[i])) continue;
    const std::uint64_t key = key_of_row(owned.rows, owned.row_keys, owned.told_by, i);
    if (alive.find(key) == SocketIndex::kNone) owned.rows[i].owner_status = OwnerStatus::exited;
  }
}

void assign_unaccepted(const OwnedRows& owned) {
  const Listeners listeners(owned);
  for (std::uint32_t i = 0; i < owned.rows.size(); ++i) {
    SocketRow& row = owned.rows[i];
    const bool open = row.owner_status == OwnerStatus::not_requested;
    if (open && model::waits_for_accept(row)) inherit(owned, listeners.of(i), row);
  }
}

}  // namespace tcptable::owner
