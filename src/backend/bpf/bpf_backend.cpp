// SPDX-License-Identifier: MIT
// TCP rows by a BPF walk through the kernel's hash tables: a fifth of what the kernel's own dump costs.
#include <sys/socket.h>

#include <algorithm>
#include <atomic>
#include <new>
#include <optional>
#include <utility>

#include "backend/backend.hpp"
#include "backend/bpf/row_record.hpp"
#include "sys/bpf/worth_loading.hpp"
#include "sys/huge_pages.hpp"
#include "sys/workers.hpp"

namespace tcptable::backend {
namespace {

// Fewer sockets than this are walked in the time that it takes to start a thread.
constexpr std::uint32_t kWorthThreads = 4000;
constexpr std::uint32_t kBucketsPerShare = 16 * 1024;

// One worker's part of the table.
class RowCollector {
 public:
  /// With room for `rows`.
  RowCollector(const Query& query, std::size_t rows) : query_(query), is_filtered_(!query.filter.empty()) {
    if (is_filtered_) return;
    sys::reserve_huge(table_.rows, rows);
    sys::reserve_huge(table_.keys, rows);
  }

  void take(const sys::TableRows& table) {
    auto& cgroup_ids = table_.details.cgroup_id_of_row;
    filter_.reset(table.rows.size());
    for (std::uint32_t i = 0; i < table.rows.size(); ++i) {
      if (!filter_.passes(table.rows, i)) continue;
      const SocketRow row = row_from_record(table.rows[i], table.details[i], query_);
      if (is_filtered_ && !matches(query_.filter, row)) continue;
      table_.rows.push_back(row);
      table_.keys.push_back(key_from_record(table.rows[i]));
      if (query_.cgroups) cgroup_ids.push_back(cgroup_id_from_record(table.rows[i], table.details[i]));
    }
  }

  RowTable& table() { return table_; }

 private:
  const Query& query_;
  bool is_filtered_;
  RepeatFilter filter_;
  RowTable table_;
};

unsigned workers_for(std::size_t sockets, const sys::SocketWalks& walks) {
  return sockets >= kWorthThreads ? walks.most_at_once() : 1;
}

// Shares the buckets out: each worker takes the next ones and calls part(worker, walk), which returns a
// Result<void>.
template <typename Part>
Result<void> walk_in_shares(unsigned workers, const sys::TableWalk& whole, const Part& part) {
  std::vector<std::optional<Error>> failures(workers);
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

// Half as many again as there seem to be: they change, and room that isn't used costs nothing.
std::size_t room_for(std::size_t sockets) {
  return sockets + sockets / 2;
}

Result<void> collect_connections(sys::Kernel& kernel, sys::SocketWalks& walks, const Query& query,
                                 RowTable& table) {
  auto walk = walk_of(walks, query, TCPTABLE_CONNECTIONS);
  if (!walk) return tl::unexpected(walk.error());
  const std::size_t sockets = sys::sockets_in_use(kernel);
  const unsigned workers = workers_for(sockets, walks);
  std::vector<RowCollector> collectors;
  collectors.reserve(workers);
  for (unsigned i = 0; i < workers; ++i) collectors.emplace_back(query, room_for(sockets));
  auto walked =
      walk_in_shares(workers, *walk, [&](unsigned worker, const sys::TableWalk& share) -> Result<void> {
        try {
          return walks.walk_table(share, [&](const auto& records) { collectors[worker].take(records); });
        } catch (const std::bad_alloc&) {
          return tl::unexpected(Error{Errc::no_memory, Step::run_bpf, 0});
        }
      });
  if (!walked) return walked;
  for (RowCollector& collector : collectors) append(table, std::move(collector.table()));
  return {};
}

Result<void> collect_listeners(sys::SocketWalks& walks, const Query& query, RowTable& table) {
  auto walk = walk_of(walks, query, TCPTABLE_LISTENERS);
  if (!walk) return tl::unexpected(walk.error());
  RowCollector collector(query, 0);
  auto walked = walks.walk_table(*walk, [&](const auto& records) { collector.take(records); });
  append(table, std::move(collector.table()));
  return walked;
}

bool wants_listeners(const Query& query) {
  return query.states.contains(State::listen);
}
bool wants_connections(const Query& query) {
  return !query.states.without(State::listen).empty();
}

// What needs the kernel's dump: it alone knows UDP here, makes cookies, and gives TCP_INFO.
bool can_list(const Query& query) {
  const bool wants_more = query.ages || query.cookies || query.tcp_info;
  return query.tcp && !query.udp && !wants_more && query.namespaces == Namespaces::current &&
         !query.states.contains(State::bound);
}

Result<void> probe(sys::Kernel& kernel, const Query& query, bool forced) {
  if (!can_list(query)) return tl::unexpected(Error{Errc::not_supported, Step::choose_backend, 0});
  const sys::TableWork work{!query.filter.empty(), query.owners};
  auto walks = forced ? kernel.socket_walks(sys::Loading::now) : sys::walks_where_worth(kernel, work);
  if (!walks) return tl::unexpected(walks.error());
  return {};
}

Result<void> collect(sys::Kernel& kernel, const Query& query, RowTable& table) {
  auto walks = kernel.socket_walks(sys::Loading::only_if_loaded);
  if (!walks) return tl::unexpected(walks.error());
  if (wants_connections(query)) {
    if (auto done = collect_connections(kernel, **walks, query, table); !done) return done;
  }
  if (wants_listeners(query)) return collect_listeners(**walks, query, table);
  return {};
}

Result<std::size_t> count(sys::Kernel& kernel, const Query& query) {
  auto walks = kernel.socket_walks(sys::Loading::only_if_loaded);
  if (!walks) return tl::unexpected(walks.error());
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
