// SPDX-License-Identifier: MIT
// The way of the data: choose a backend, collect rows, find owners, hand over. Nothing else orchestrates.
#include "api/take_snapshot.hpp"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <utility>

#include "api/row_source.hpp"
#include "model/row_rules.hpp"
#include "owner/find_cgroups.hpp"
#include "owner/find_owners.hpp"
#include "sys/bpf/worth_loading.hpp"

namespace tcptable {
namespace api {
namespace {

bool has_all_listeners(const Query& query) {
  return !query.tcp || (query.states.contains(State::listen) && query.filter.empty());
}

// Rows by BPF tell it only once they have been looked at again.
bool none_waits_for_accept(const backend::RowTable& table) {
  return table.keys.empty() && std::none_of(table.rows.begin(), table.rows.end(), model::waits_for_accept);
}

// Connections that wait to be accepted belong to their listener's owner, so the listeners are needed, also
// those that were not asked for.
Result<void> add_listeners(RowSource& source, const Query& query, backend::RowTable& table) {
  if (has_all_listeners(query) || none_waits_for_accept(table)) return {};
  Query listening = query;
  listening.udp = listening.cgroups = listening.tcp_info = listening.memory = false;
  listening.states = {State::listen};
  listening.filter = {};
  backend::RowTable listeners;
  if (auto collected = source.collect(listening, listeners); !collected) return collected;
  const bool some_are_there = query.states.contains(State::listen);
  const auto& namespaces = listeners.details.namespace_of_row;
  for (std::size_t i = 0; i < listeners.rows.size(); ++i) {
    const SocketRow& listener = listeners.rows[i];
    if (some_are_there && matches(query.filter, listener)) continue;
    table.rows.push_back(listener);
    if (!listeners.keys.empty()) table.keys.push_back(listeners.keys[i]);
    if (!namespaces.empty()) table.details.namespace_of_row.push_back(namespaces[i]);
  }
  return {};
}

owner::Identity told_by(std::string_view backend) {
  if (backend == backend::kBpf.name) return owner::Identity::sock;
  return backend == backend::kSockDiag.name ? owner::Identity::cookie : owner::Identity::inode;
}

// Only a failure to load steps down to /proc, where inodes tell the sockets. The programs that gave the rows
// may be gone: in a child that was made since, or where the program has closed what it doesn't know.
Result<owner::HolderWalk*> choose_walk(sys::Kernel& kernel, const Snapshot::Parts& parts, Scratch& scratch) {
  std::shared_ptr<sys::SocketWalks> walks;
  if (parts.bpf_allowed) {
    const bool has_rows_by_bpf = parts.backend == backend::kBpf.name;
    // Rows by BPF are looked at again by the program that walks the table.
    auto loaded = has_rows_by_bpf ? kernel.socket_walks(sys::Loading::unless_it_failed,
                                                        sys::Walks::of_descriptors_and_tables)
                                  : sys::walks_where_worth(kernel, {sys::Walks::of_descriptors});
    if (loaded) walks = std::move(*loaded);
    if (!loaded && has_rows_by_bpf && !parts.query.inodes) return tl::unexpected(loaded.error());
  }
  if (scratch.walk == nullptr || scratch.walked_by != walks) {
    scratch.walk = walks != nullptr ? owner::walk_by_bpf(kernel, *walks) : owner::walk_by_proc(kernel);
    scratch.walked_by = std::move(walks);
  }
  return scratch.walk.get();
}

void forget_owners(Snapshot::Parts& parts) noexcept {
  parts.processes.clear();
  parts.holders.clear();
  parts.owner_source = {};
  for (SocketRow& row : parts.rows) {
    row.owner_status = OwnerStatus::not_requested;
    row.holder_count = 0;
  }
}

bool asks_for_nothing(const Query& query) {
  return !(query.tcp || query.udp) || !(query.ipv4 || query.ipv6);
}

bool is_sound(const std::optional<AddressPrefix>& prefix) {
  return !prefix || prefix->length <= (prefix->family == Family::ipv4 ? 32 : 128);
}

}  // namespace

bool can_be_answered(const Query& query) {
  const SocketFilter& filter = query.filter;
  return !asks_for_nothing(query) && is_sound(filter.address) && is_sound(filter.local_address) &&
         is_sound(filter.remote_address);
}

namespace {

Result<Completeness> find_owners_in(backend::RowTable& table, sys::Kernel& kernel, RowSource& source,
                                    Snapshot::Parts& parts, Scratch& scratch) {
  if (auto added = add_listeners(source, parts.query, table); !added) return tl::unexpected(added.error());
  const auto reread = [&]() -> Result<owner::RereadTable> {
    Query query = parts.query;
    query.cgroups = query.tcp_info = query.memory = false;
    backend::RowTable now;
    if (auto collected = source.collect(query, now); !collected) return tl::unexpected(collected.error());
    if (auto added = add_listeners(source, query, now); !added) return tl::unexpected(added.error());
    return owner::RereadTable{std::move(now.rows), std::move(now.keys)};
  };
  const auto walk = choose_walk(kernel, parts, scratch);
  if (!walk) return tl::unexpected(walk.error());
  parts.owner_source = (*walk)->name();
  return owner::find_owners(kernel, **walk,
                            {{table.rows, parts.processes, parts.holders, told_by(parts.backend), table.keys,
                              scratch.open, table.details.namespace_of_row, !parts.query.holders},
                             reread});
}

// Lends the snapshot's rows to a table that may grow, and gives back those that were asked for.
Result<Completeness> add_owners(sys::Kernel& kernel, RowSource& source, Snapshot::Parts& parts,
                                Scratch& scratch) {
  const std::size_t rows_asked_for = parts.rows.size();
  backend::RowTable table{
      std::move(parts.rows), std::move(parts.row_keys), std::move(parts.details), true, {}};
  auto found = without_bad_alloc(Step::list_processes,
                                 [&] { return find_owners_in(table, kernel, source, parts, scratch); });
  table.rows.resize(rows_asked_for);
  if (!table.keys.empty()) table.keys.resize(rows_asked_for);
  if (!table.details.namespace_of_row.empty()) table.details.namespace_of_row.resize(rows_asked_for);
  parts.rows = std::move(table.rows);
  parts.row_keys = std::move(table.keys);
  parts.details = std::move(table.details);
  return found;
}

Result<void> add_cgroups(sys::Kernel& kernel, Snapshot::Parts& parts) {
  if (!parts.query.cgroups) return {};
  return without_bad_alloc(Step::read_cgroups, [&] { return owner::find_cgroups(kernel, parts); });
}

Result<void> complete(sys::Kernel& kernel, RowSource& source, Snapshot::Parts& parts, Scratch& scratch) {
  if (!parts.owner_source.empty()) forget_owners(parts);  // else rows are as they were collected
  auto found = add_owners(kernel, source, parts, scratch);
  if (!found) {
    forget_owners(parts);
    return tl::unexpected(found.error());
  }
  parts.completeness.owners = found->owners;
  parts.completeness.unreadable_processes = found->unreadable_processes;
  auto named = add_cgroups(kernel, parts);
  if (!named) forget_owners(parts);
  return named;
}

}  // namespace

Result<void> find_owners(sys::Kernel& kernel, Snapshot::Parts& parts, Scratch& scratch) {
  RowSource source = RowSource::of(kernel, parts);
  return complete(kernel, source, parts, scratch);
}

namespace {

// A backend that has answered the query before is asked again without a probe, unless a better one can by
// now.
Result<RowSource> choose_again(sys::Kernel& kernel, const Query& query, std::string_view forced_backend,
                               const Scratch& scratch) {
  const bool chosen = scratch.backend != nullptr && scratch.query == query;
  const bool same = chosen && scratch.backend != &backend::kBpf &&
                    (forced_backend.empty() ? !backend::kBpf.probe(kernel, query, false)
                                            : scratch.backend->name == forced_backend);
  return same ? RowSource::by(kernel, *scratch.backend) : RowSource::choose(kernel, query, forced_backend);
}

// Lends the last snapshot's memory to the table, and takes it back filled.
Result<void> collect_into(Snapshot::Parts& parts, RowSource& source, const Query& query,
                          backend::RowTable& table) {
  table.rows.swap(parts.rows);
  table.keys.swap(parts.row_keys);
  if (auto collected = source.collect(query, table); !collected) return collected;
  parts.rows.swap(table.rows);
  parts.row_keys.swap(table.keys);
  parts.details = std::move(table.details);
  parts.owner_source = {};
  parts.processes.clear();
  parts.holders.clear();
  parts.namespaces.clear();
  parts.cgroups.clear();
  parts.cgroup_of_row.clear();
  parts.completeness = {};
  parts.completeness.rows = table.complete;
  return {};
}

Result<void> snapshot_by(sys::Kernel& kernel, const Query& query, std::string_view forced_backend,
                         Snapshot::Parts& parts, Scratch& scratch) {
  auto source = choose_again(kernel, query, forced_backend, scratch);
  if (!source) return tl::unexpected(source.error());
  scratch.backend = nullptr;
  if (auto collected = collect_into(parts, *source, query, scratch.table); !collected) return collected;

  parts.rows_read_at = std::chrono::system_clock::now();
  parts.backend = source->backend().name;
  parts.query = query;
  parts.bpf_allowed = forced_backend.empty() || forced_backend == backend::kBpf.name;
  source->tell_namespaces(parts);
  scratch.backend = &source->backend();
  scratch.query = query;
  return query.owners ? complete(kernel, *source, parts, scratch) : add_cgroups(kernel, parts);
}

Result<std::size_t> count_by(sys::Kernel& kernel, const Query& query, std::string_view forced_backend) {
  auto source = RowSource::choose(kernel, query, forced_backend);
  if (!source) return tl::unexpected(source.error());
  const auto count = source->backend().count;
  const bool all_here = query.filter.empty() && query.namespaces == Namespaces::current;
  if (count != nullptr && all_here) return count(kernel, query);
  backend::RowTable table;
  if (auto collected = source->collect(query, table); !collected) return tl::unexpected(collected.error());
  return table.rows.size();
}

// The BPF walks look at the kernel's insides. Should they fail on one that nobody has tried, and nobody asked
// for them, the kernel's own dump answers, and the snapshot says so.
template <typename Call>
auto or_by_dump(std::string_view forced_backend, const Call& call) -> decltype(call(forced_backend)) {
  auto answer = call(forced_backend);
  const auto is_walks = [](Step step) { return step == Step::run_bpf || step == Step::load_bpf; };
  const bool walk_failed = !answer && is_walks(answer.error().step) && answer.error().code != Errc::no_memory;
  if (walk_failed && forced_backend.empty()) return call(backend::kSockDiag.name);
  return answer;
}

}  // namespace

Result<void> take_again(sys::Kernel& kernel, const Query& query, std::string_view forced_backend,
                        Snapshot::Parts& parts, Scratch& scratch) {
  if (!can_be_answered(query)) return tl::unexpected(Error{Errc::invalid_argument, Step::choose_backend, 0});
  return or_by_dump(forced_backend, [&](std::string_view backend) {
    return snapshot_by(kernel, query, backend, parts, scratch);
  });
}

Result<Snapshot> take_snapshot(sys::Kernel& kernel, const Query& query, std::string_view forced_backend) {
  Snapshot::Parts parts;
  Scratch scratch;
  auto taken = take_again(kernel, query, forced_backend, parts, scratch);
  if (!taken) return tl::unexpected(taken.error());
  return Snapshot(std::move(parts));
}

Result<std::size_t> count_sockets(sys::Kernel& kernel, const Query& query, std::string_view forced_backend) {
  if (!can_be_answered(query)) return tl::unexpected(Error{Errc::invalid_argument, Step::choose_backend, 0});
  return or_by_dump(forced_backend,
                    [&](std::string_view backend) { return count_by(kernel, query, backend); });
}

// secure_getenv: a set-user-id program's caller must not choose how it looks at the system.
std::string_view forced_by_environment() {
  const char* forced = secure_getenv("TCPTABLE_BACKEND");
  return forced != nullptr ? forced : "";
}

}  // namespace api

Result<Snapshot> take_snapshot(const Query& query) {
  return api::without_bad_alloc(Step::choose_backend, [&] {
    return api::take_snapshot(sys::real_kernel(), query, api::forced_by_environment());
  });
}

Result<std::size_t> count_sockets(const Query& query) {
  return api::without_bad_alloc(Step::choose_backend, [&] {
    return api::count_sockets(sys::real_kernel(), query, api::forced_by_environment());
  });
}

Result<void> Snapshot::find_owners() {
  api::Scratch scratch;
  return api::find_owners(sys::real_kernel(), parts_, scratch);
}

}  // namespace tcptable
