// SPDX-License-Identifier: MIT
// The way of the data: choose a backend, collect rows, find owners, hand over. Nothing else orchestrates.
#include "api/take_snapshot.hpp"

#include <cstdlib>
#include <new>
#include <optional>

#include "backend/backend.hpp"
#include "owner/find_cgroups.hpp"
#include "owner/find_owners.hpp"
#include "sys/bpf/worth_loading.hpp"

namespace tcptable {
namespace api {
namespace {

Result<backend::RowTable> collect(sys::Kernel& kernel, const backend::Backend& backend, const Query& query) {
  backend::RowTable table;
  auto collected = backend.collect(kernel, query, table);
  if (!collected) return tl::unexpected(collected.error());
  return table;
}

Result<backend::RowTable> collect_again(sys::Kernel& kernel, std::string_view backend_name,
                                        const Query& query) {
  auto backend = backend::choose_backend(kernel, query, backend_name);
  if (!backend) return tl::unexpected(backend.error());
  return collect(kernel, **backend, query);
}

// Rows to which others are added, and their keys.
struct GrowingTable {
  std::vector<SocketRow>& rows;
  std::vector<RowKey>& keys;
};

bool has_all_listeners(const Query& query) {
  return !query.tcp || (query.states.contains(State::listen) && query.filter.empty());
}

// Connections that wait to be accepted belong to their listener's owner, so the listeners are needed, also
// those that were not asked for.
Result<void> add_listeners(sys::Kernel& kernel, std::string_view backend, const Query& query,
                           const GrowingTable& table) {
  if (has_all_listeners(query)) return {};
  Query listening = query;
  listening.udp = listening.cgroups = listening.tcp_info = false;
  listening.states = {State::listen};
  listening.filter = {};
  auto listeners = collect_again(kernel, backend, listening);
  if (!listeners) return tl::unexpected(listeners.error());
  const bool some_are_there = query.states.contains(State::listen);
  for (std::size_t i = 0; i < listeners->rows.size(); ++i) {
    const SocketRow& listener = listeners->rows[i];
    if (some_are_there && matches(query.filter, listener)) continue;
    table.rows.push_back(listener);
    if (!listeners->keys.empty()) table.keys.push_back(listeners->keys[i]);
  }
  return {};
}

owner::Identity told_by(std::string_view backend) {
  if (backend == backend::kBpf.name) return owner::Identity::sock;
  return backend == backend::kSockDiag.name ? owner::Identity::cookie : owner::Identity::inode;
}

// Only a failure to load steps down to /proc.
std::unique_ptr<owner::HolderWalk> choose_walk(sys::Kernel& kernel, const Snapshot::Parts& parts) {
  const bool loaded_already = parts.backend == backend::kBpf.name;
  if (parts.bpf_allowed) {
    auto walks =
        loaded_already ? kernel.socket_walks(sys::Loading::only_if_loaded) : sys::walks_where_worth(kernel);
    if (walks) return owner::walk_by_bpf(**walks);
  }
  return owner::walk_by_proc(kernel);
}

void forget_owners(Snapshot::Parts& parts) noexcept {
  parts.processes.clear();
  parts.holders.clear();
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

bool can_be_answered(const Query& query) {
  const SocketFilter& filter = query.filter;
  return !asks_for_nothing(query) && is_sound(filter.address) && is_sound(filter.local_address) &&
         is_sound(filter.remote_address);
}

Result<Completeness> add_owners(sys::Kernel& kernel, Snapshot::Parts& parts) try {
  if (auto added = add_listeners(kernel, parts.backend, parts.query, {parts.rows, parts.row_keys}); !added) {
    return tl::unexpected(added.error());
  }
  const auto reread = [&]() -> Result<owner::RereadTable> {
    Query query = parts.query;
    query.cgroups = query.tcp_info = false;
    auto table = collect_again(kernel, parts.backend, query);
    if (!table) return tl::unexpected(table.error());
    auto added = add_listeners(kernel, parts.backend, query, {table->rows, table->keys});
    if (!added) return tl::unexpected(added.error());
    return owner::RereadTable{std::move(table->rows), std::move(table->keys)};
  };
  const auto walk = choose_walk(kernel, parts);
  parts.owner_source = walk->name();
  return owner::find_owners(
      kernel, *walk,
      {{parts.rows, parts.processes, parts.holders, told_by(parts.backend), parts.row_keys}, reread});
} catch (const std::bad_alloc&) {
  return tl::unexpected(Error{Errc::no_memory, Step::list_processes, 0});
}

Result<void> add_cgroups(sys::Kernel& kernel, Snapshot::Parts& parts) try {
  return parts.query.cgroups ? owner::find_cgroups(kernel, parts) : Result<void>();
} catch (const std::bad_alloc&) {
  return tl::unexpected(Error{Errc::no_memory, Step::read_cgroups, 0});
}

}  // namespace

Result<void> find_owners(sys::Kernel& kernel, Snapshot::Parts& parts) {
  forget_owners(parts);
  const std::size_t rows_asked_for = parts.rows.size();
  auto found = add_owners(kernel, parts);
  parts.rows.resize(rows_asked_for);
  if (!parts.row_keys.empty()) parts.row_keys.resize(rows_asked_for);
  if (!found) {
    forget_owners(parts);
    return tl::unexpected(found.error());
  }
  found->rows = parts.completeness.rows;
  parts.completeness = *found;
  auto named = add_cgroups(kernel, parts);
  if (!named) forget_owners(parts);
  return named;
}

namespace {

Result<Snapshot> snapshot_by(sys::Kernel& kernel, const Query& query, std::string_view forced_backend) {
  auto backend = backend::choose_backend(kernel, query, forced_backend);
  if (!backend) return tl::unexpected(backend.error());
  auto table = collect(kernel, **backend, query);
  if (!table) return tl::unexpected(table.error());

  Snapshot::Parts parts;
  parts.rows_read_at = std::chrono::system_clock::now();
  parts.backend = (*backend)->name;
  parts.query = query;
  parts.rows = std::move(table->rows);
  parts.row_keys = std::move(table->keys);
  parts.details = std::move(table->details);
  parts.bpf_allowed = forced_backend.empty() || forced_backend == backend::kBpf.name;
  parts.completeness.rows = table->complete;
  auto completed = query.owners ? find_owners(kernel, parts) : add_cgroups(kernel, parts);
  if (!completed) return tl::unexpected(completed.error());
  return Snapshot(std::move(parts));
}

Result<std::size_t> count_by(sys::Kernel& kernel, const Query& query, std::string_view forced_backend) {
  auto backend = backend::choose_backend(kernel, query, forced_backend);
  if (!backend) return tl::unexpected(backend.error());
  if ((*backend)->count != nullptr && query.filter.empty()) return (*backend)->count(kernel, query);
  auto table = collect(kernel, **backend, query);
  if (!table) return tl::unexpected(table.error());
  return table->rows.size();
}

// The BPF walks look at the kernel's insides. Should they fail on one that nobody has tried, and nobody asked
// for them, the kernel's own dump answers, and the snapshot says so.
template <typename Call>
auto or_by_dump(std::string_view forced_backend, const Call& call) -> decltype(call(forced_backend)) {
  auto answer = call(forced_backend);
  const bool walk_failed =
      !answer && answer.error().step == Step::run_bpf && answer.error().code != Errc::no_memory;
  if (walk_failed && forced_backend.empty()) return call(backend::kSockDiag.name);
  return answer;
}

}  // namespace

Result<Snapshot> take_snapshot(sys::Kernel& kernel, const Query& query, std::string_view forced_backend) {
  if (!can_be_answered(query)) return tl::unexpected(Error{Errc::invalid_argument, Step::choose_backend, 0});
  return or_by_dump(forced_backend,
                    [&](std::string_view backend) { return snapshot_by(kernel, query, backend); });
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

namespace {

template <typename Call>
auto without_bad_alloc(const Call& call) -> decltype(call()) {
  try {
    return call();
  } catch (const std::bad_alloc&) {
    return tl::unexpected(Error{Errc::no_memory, Step::choose_backend, 0});
  }
}

}  // namespace
}  // namespace api

Result<Snapshot> take_snapshot(const Query& query) {
  return api::without_bad_alloc(
      [&] { return api::take_snapshot(sys::real_kernel(), query, api::forced_by_environment()); });
}

Result<std::size_t> count_sockets(const Query& query) {
  return api::without_bad_alloc(
      [&] { return api::count_sockets(sys::real_kernel(), query, api::forced_by_environment()); });
}

Result<void> Snapshot::find_owners() {
  return api::find_owners(sys::real_kernel(), parts_);
}

}  // namespace tcptable
