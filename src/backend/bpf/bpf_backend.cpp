// SPDX-License-Identifier: MIT
// TCP rows by a BPF walk through the kernel's hash tables: a fifth of what the kernel's own dump costs.
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <mutex>
#include <new>
#include <optional>
#include <span>
#include <utility>

#include "backend/backend.hpp"
#include "backend/bpf/row_record.hpp"
#include "backend/hashed_sockets.hpp"
#include "sys/bpf/worth_loading.hpp"
#include "sys/huge_pages.hpp"
#include "sys/workers.hpp"

namespace tcptable::backend {
namespace {

// Fewer sockets than this are walked in the time that it takes to start a thread.
constexpr std::uint32_t kWorthThreads = 4000;
constexpr std::uint32_t kBucketsPerShare = 16 * 1024;
// Rows that were found so have owners that can be found so alone: both or none.
constexpr auto kWalks = sys::Walks::of_descriptors_and_tables;

// The table's rows while several workers fill it, each of which claims places for as many rows as it has.
class RowPlaces {
 public:
  /// Rows that the table has from another time are overwritten where they lie: filling memory that is warm
  /// costs a tenth of filling fresh pages.
  RowPlaces(RowTable& table, std::size_t room, bool with_cgroups)
      : table_(table), with_cgroups_(with_cgroups) {
    sys::reserve_huge(table.rows, room);
    sys::reserve_huge(table.keys, room);
    table.rows.resize(room);
    table.keys.resize(room);
    cgroups().resize(with_cgroups ? room : 0);
    table.memory.late_rows.clear();
    table.memory.late_keys.clear();
    table.memory.late_cgroups.clear();
  }

  /// The first of `count` places, or nullopt where there aren't as many left.
  std::optional<std::size_t> claim(std::size_t count) {
    std::size_t first = used_.load(std::memory_order_relaxed);
    do {
      if (count > table_.rows.size() - first) return std::nullopt;
    } while (!used_.compare_exchange_weak(first, first + count, std::memory_order_relaxed));
    return first;
  }
  /// Without a place, which more sockets have than there was room for, the row comes behind the others.
  void put(std::optional<std::size_t> place, const SocketRow& row, RowKey key, std::uint64_t cgroup) {
    if (!place) return put_late(row, key, cgroup);
    table_.rows[*place] = row;
    table_.keys[*place] = key;
    if (with_cgroups_) cgroups()[*place] = cgroup;
  }
  /// Leaves in the table what was put there, and no more.
  void finish() {
    table_.rows.resize(used_);
    table_.keys.resize(used_);
    const CollectMemory& memory = table_.memory;
    table_.rows.insert(table_.rows.end(), memory.late_rows.begin(), memory.late_rows.end());
    table_.keys.insert(table_.keys.end(), memory.late_keys.begin(), memory.late_keys.end());
    if (!with_cgroups_) return;
    cgroups().resize(used_);
    cgroups().insert(cgroups().end(), memory.late_cgroups.begin(), memory.late_cgroups.end());
  }

 private:
  void put_late(const SocketRow& row, RowKey key, std::uint64_t cgroup) {
    const std::lock_guard lock(late_);
    table_.memory.late_rows.push_back(row);
    table_.memory.late_keys.push_back(key);
    if (with_cgroups_) table_.memory.late_cgroups.push_back(cgroup);
  }
  std::vector<std::uint64_t>& cgroups() { return table_.details.cgroup_id_of_row; }

  RowTable& table_;
  bool with_cgroups_;
  std::atomic<std::size_t> used_{0};
  std::mutex late_;
};

// One worker: from records to rows.
class RowCollector {
 public:
  RowCollector(const Query& query, RowPlaces& places, std::vector<std::uint32_t>& slots)
      : query_(query), places_(places), filter_(slots) {}

  void take(const sys::TableRows& table) {
    std::array<std::uint32_t, kAtATime> passed;
    filter_.reset(table.rows.size());
    std::uint32_t next = 0;
    while (next < table.rows.size()) {
      std::uint32_t count = 0;
      for (; next < table.rows.size() && count < passed.size(); ++next) {
        if (filter_.passes(table.rows, next) && is_asked_for(table, next)) passed[count++] = next;
      }
      put(table, std::span(passed).first(count));
    }
  }

 private:
  static constexpr std::size_t kAtATime = 1024;

  bool is_asked_for(const sys::TableRows& table, std::uint32_t i) const {
    return query_.filter.empty() ||
           matches(query_.filter, row_from_record(table.rows[i], table.details[i], query_));
  }

  void put(const sys::TableRows& table, std::span<const std::uint32_t> passed) {
    const auto first = places_.claim(passed.size());
    for (std::size_t i = 0; i < passed.size(); ++i) {
      const tcptable_row& record = table.rows[passed[i]];
      const auto& details = table.details[passed[i]];
      const std::uint64_t cgroup = query_.cgroups ? cgroup_id_from_record(record, details) : 0;
      places_.put(first ? std::optional(*first + i) : std::nullopt, row_from_record(record, details, query_),
                  key_from_record(record), cgroup);
    }
  }

  const Query& query_;
  RowPlaces& places_;
  RepeatFilter filter_;
};

unsigned workers_for(std::size_t sockets, const sys::SocketWalks& walks) {
  return sockets >= kWorthThreads ? walks.most_at_once() : 1;
}

// Shares the buckets out: each worker takes the next ones and calls part(worker, walk), which returns a
// Result<void>.
template <typename Part>
Result<void> walk_in_shares(unsigned workers, const sys::TableWalk& whole, const Part& part) {
  std::array<std::optional<Error>, sys::kMostWorkers> failures;
  std::atomic<std::uint32_t> next{0};
  sys::run_on_workers(workers, [&](unsigned worker) {
    while (!failures[worker]) {
      sys::TableWalk walk = whole;
      walk.begin = next.fetch_add(kBucketsPerShare);
      if (walk.begin >= whole.end) return;
      walk.end = std::min(whole.end, walk.begin + kBucketsPerShare);
      auto walked = part(worker, walk);
      if (!walked) failures[worker] = walked.error();
    }
  });
  for (const auto& failure : failures) {
    if (failure) return tl::unexpected(*failure);
  }
  return {};
}

Result<sys::TableWalk> walk_of(sys::SocketWalks& walks, const Query& query, tcptable_hash_table table) {
  sys::TableWalk walk;
  walk.table = table;
  if (query.ipv4 != query.ipv6) walk.family = query.ipv4 ? AF_INET : AF_INET6;
  walk.states = query.states.mask();
  if (query.inodes) walk.flags |= TCPTABLE_WITH_INODES;
  if (query.uids) walk.flags |= TCPTABLE_WITH_UIDS;
  if (query.queues) walk.flags |= TCPTABLE_WITH_QUEUES;
  if (query.cgroups) walk.flags |= TCPTABLE_WITH_CGROUPS;
  auto size = walks.table_size(table);
  if (!size) return tl::unexpected(size.error());
  walk.end = *size;
  return walk;
}

// The kernel's counter has all but requests; what comes meanwhile finds a place, too.
std::size_t room_for(const Query& query, std::size_t sockets) {
  constexpr std::size_t kFew = 1024;
  return query.filter.empty() ? sockets + sockets / 16 + 64 : kFew;
}

Result<void> collect_table(sys::SocketWalks& walks, const Query& query, tcptable_hash_table table,
                           unsigned workers, std::span<RowCollector> collectors) {
  auto walk = walk_of(walks, query, table);
  if (!walk) return tl::unexpected(walk.error());
  return walk_in_shares(workers, *walk, [&](unsigned worker, const sys::TableWalk& share) -> Result<void> {
    RowCollector& collector = collectors[worker];
    try {
      return walks.walk_table(share, [&](const sys::TableRows& records) { collector.take(records); });
    } catch (const std::bad_alloc&) {
      return tl::unexpected(Error{Errc::no_memory, Step::run_bpf, 0});
    }
  });
}

template <std::size_t... Worker>
std::array<RowCollector, sizeof...(Worker)> collectors_for(const Query& query, RowPlaces& places,
                                                           decltype(CollectMemory::slots)& slots,
                                                           std::index_sequence<Worker...>) {
  return {RowCollector(query, places, slots[Worker])...};
}

bool wants_listeners(const Query& query) {
  return query.states.contains(State::listen);
}
bool wants_connections(const Query& query) {
  return !query.states.without(State::listen).empty();
}

// What needs the kernel's dump: it alone knows UDP here, makes cookies, and gives TCP_INFO.
bool can_list(const Query& query) {
  const bool wants_more = query.ages || query.cookies || query.tcp_info || query.memory;
  return query.tcp && !query.udp && !wants_more && query.namespaces == Namespaces::current &&
         !query.states.contains(State::bound);
}

Result<void> probe(sys::Kernel& kernel, const Query& query, bool forced) {
  if (!can_list(query)) return tl::unexpected(Error{Errc::not_supported, Step::choose_backend, 0});
  const sys::TableWork work{kWalks, !query.filter.empty(), query.owners};
  auto walks = forced ? sys::forced_walks(kernel, kWalks) : sys::walks_where_worth(kernel, work);
  if (!walks) return tl::unexpected(walks.error());
  return {};
}

Result<void> collect(sys::Kernel& kernel, const Query& query, RowTable& table) {
  auto walks = kernel.socket_walks(sys::Loading::only_if_loaded, kWalks);
  if (!walks) return tl::unexpected(walks.error());
  const std::size_t sockets = sys::sockets_in_use(kernel);
  table.complete = true;
  table.details = {};
  RowPlaces places(table, room_for(query, sockets), query.cgroups);
  auto& slots = table.memory.slots;
  std::array collectors = collectors_for(query, places, slots, std::make_index_sequence<sys::kMostWorkers>());
  const unsigned workers = workers_for(sockets, **walks);
  // Which worker gets the fullest buffer is chance.
  for (unsigned i = 0; i < workers; ++i) slots[i].reserve(RepeatFilter::kMostSlots);
  if (wants_connections(query)) {
    auto done = collect_table(**walks, query, TCPTABLE_CONNECTIONS, workers, collectors);
    if (!done) return done;
  }
  if (wants_listeners(query)) {
    auto done = collect_table(**walks, query, TCPTABLE_LISTENERS, 1, collectors);
    if (!done) return done;
  }
  places.finish();
  return {};
}

// By the kernel's own counts, which take no walk: where there are mini-sockets, which they don't tell by
// family or at all, or not every state is asked for, nullopt.
std::optional<std::size_t> count_at_once(sys::Kernel& kernel, sys::SocketWalks& walks, const Query& query) {
  const StateSet every = StateSet::all().without(State::bound);
  if (query.states.without(State::bound).mask() != every.mask()) return std::nullopt;
  const auto time_wait = time_wait_sockets(kernel);
  if (!time_wait || *time_wait != 0) return std::nullopt;
  const auto requests = walks.count_requests();
  if (!requests || *requests != 0) return std::nullopt;
  std::size_t total = 0;
  for (const Family family : {Family::ipv4, Family::ipv6}) {
    if (!(family == Family::ipv4 ? query.ipv4 : query.ipv6)) continue;
    const auto sockets = hashed_sockets(kernel, family);
    if (!sockets) return std::nullopt;
    total += *sockets;
  }
  return total;
}

Result<std::size_t> count(sys::Kernel& kernel, const Query& query) {
  auto walks = kernel.socket_walks(sys::Loading::only_if_loaded, kWalks);
  if (!walks) return tl::unexpected(walks.error());
  if (const auto total = count_at_once(kernel, **walks, query)) return *total;
  const unsigned workers = workers_for(sys::sockets_in_use(kernel), **walks);
  std::atomic<std::size_t> total{0};
  const auto add = [&](unsigned, const sys::TableWalk& share) -> Result<void> {
    auto rows = (*walks)->count_rows(share);
    if (!rows) return tl::unexpected(rows.error());
    total += *rows;
    return {};
  };
  for (const auto table : {TCPTABLE_CONNECTIONS, TCPTABLE_LISTENERS}) {
    if (!(table == TCPTABLE_LISTENERS ? wants_listeners(query) : wants_connections(query))) continue;
    auto walk = walk_of(**walks, query, table);
    if (!walk) return tl::unexpected(walk.error());
    if (auto counted = walk_in_shares(workers, *walk, add); !counted) return tl::unexpected(counted.error());
  }
  return total.load();
}

}  // namespace

const Backend kBpf{"bpf", probe, collect, count};

}  // namespace tcptable::backend
