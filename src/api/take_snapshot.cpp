// SPDX-License-Identifier: MIT
// The way of the data: choose a backend, collect rows, find owners, hand over. Nothing else orchestrates.
#include "api/take_snapshot.hpp"

#include <cstdlib>
#include <utility>

#include "owner/find_owners.hpp"
#include "sys/bpf/worth_loading.hpp"

namespace tcptable {
namespace api {
namespace {

Result<backend::RowTable> collect_again(sys::Kernel& kernel, std::string_view backend_name,
                                        const Query& query) {
  auto backend = backend::choose_backend(kernel, query, backend_name);
  if (!backend) return tl::unexpected(backend.error());
  backend::RowTable table;
  auto collected = (*backend)->collect(kernel, query, table);
  if (!collected) return tl::unexpected(collected.error());
  return table;
}

// Connections that wait to be accepted belong to their listener's owner, so the listeners are needed.
Result<void> add_listeners(sys::Kernel& kernel, Snapshot::Parts& parts) {
  Query listening = parts.query;
  listening.udp = false;
  listening.states = {State::listen};
  auto listeners = collect_again(kernel, parts.backend, listening);
  if (!listeners) return tl::unexpected(listeners.error());
  parts.rows.insert(parts.rows.end(), listeners->rows.begin(), listeners->rows.end());
  parts.row_keys.insert(parts.row_keys.end(), listeners->keys.begin(), listeners->keys.end());
  return {};
}

owner::Identity told_by(std::string_view backend) {
  if (backend == backend::kBpf.name) return owner::Identity::sock;
  return backend == backend::kSockDiag.name ? owner::Identity::cookie : owner::Identity::inode;
}

// Only a failure to load steps down to /proc.
owner::HolderWalk& choose_walk(sys::Kernel& kernel, const Snapshot::Parts& parts, Scratch& scratch) {
  sys::SocketWalks* walks = nullptr;
  if (parts.bpf_allowed) {
    const bool loaded_already = parts.backend == backend::kBpf.name;
    auto loaded =
        loaded_already ? kernel.socket_walks(sys::Loading::only_if_loaded) : sys::walks_where_worth(kernel);
    if (loaded) walks = *loaded;
  }
  if (scratch.walk == nullptr || scratch.walked_by != walks) {
    scratch.walk = walks != nullptr ? owner::walk_by_bpf(*walks) : owner::walk_by_proc(kernel);
    scratch.walked_by = walks;
  }
  return *scratch.walk;
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

Result<Completeness> add_owners(sys::Kernel& kernel, Snapshot::Parts& parts, Scratch& scratch) try {
  Query query = parts.query;
  if (query.tcp && !query.states.contains(State::listen)) {
    if (auto added = add_listeners(kernel, parts); !added) return tl::unexpected(added.error());
    query.states = query.states.with(State::listen);
  }
  const auto reread = [&]() -> Result<owner::RereadTable> {
    auto table = collect_again(kernel, parts.backend, query);
    if (!table) return tl::unexpected(table.error());
    return owner::RereadTable{std::move(table->rows), std::move(table->keys)};
  };
  owner::HolderWalk& walk = choose_walk(kernel, parts, scratch);
  parts.owner_source = walk.name();
  return owner::find_owners(
      kernel, walk,
      {{parts.rows, parts.processes, parts.holders, told_by(parts.backend), parts.row_keys, scratch.open},
       reread});
} catch (const std::bad_alloc&) {
  return tl::unexpected(Error{Errc::no_memory, Step::list_processes, 0});
}

}  // namespace

bool asks_for_nothing(const Query& query) {
  return !(query.tcp || query.udp) || !(query.ipv4 || query.ipv6);
}

Result<void> find_owners(sys::Kernel& kernel, Snapshot::Parts& parts, Scratch& scratch) {
  forget_owners(parts);
  const std::size_t rows_asked_for = parts.rows.size();
  auto found = add_owners(kernel, parts, scratch);
  parts.rows.resize(rows_asked_for);
  if (!parts.row_keys.empty()) parts.row_keys.resize(rows_asked_for);
  if (!found) {
    forget_owners(parts);
    return tl::unexpected(found.error());
  }
  found->rows = parts.completeness.rows;
  parts.completeness = *found;
  return {};
}

namespace {

// A backend that has answered the query before is asked again without a probe, unless a better one can by
// now.
Result<const backend::Backend*> choose_again(sys::Kernel& kernel, const Query& query,
                                             std::string_view forced_backend, Scratch& scratch) {
  const bool chosen = scratch.backend != nullptr && scratch.query == query;
  const bool same = chosen && scratch.backend != &backend::kBpf &&
                    (forced_backend.empty() ? !backend::kBpf.probe(kernel, query, false)
                                            : scratch.backend->name == forced_backend);
  if (same) return scratch.backend;
  return backend::choose_backend(kernel, query, forced_backend);
}

Result<void> snapshot_by(sys::Kernel& kernel, const Query& query, std::string_view forced_backend,
                         Snapshot::Parts& parts, Scratch& scratch) {
  auto backend = choose_again(kernel, query, forced_backend, scratch);
  if (!backend) return tl::unexpected(backend.error());
  scratch.backend = nullptr;
  scratch.table.rows.swap(parts.rows);
  scratch.table.keys.swap(parts.row_keys);
  auto collected = (*backend)->collect(kernel, query, scratch.table);
  if (!collected) return collected;

  parts.rows_read_at = std::chrono::system_clock::now();
  parts.backend = (*backend)->name;
  parts.query = query;
  parts.rows.swap(scratch.table.rows);
  parts.row_keys.swap(scratch.table.keys);
  parts.owner_source = {};
  parts.processes.clear();
  parts.holders.clear();
  parts.bpf_allowed = forced_backend.empty() || forced_backend == backend::kBpf.name;
  parts.completeness = {};
  parts.completeness.rows = scratch.table.complete;
  scratch.backend = *backend;
  scratch.query = query;
  return query.owners ? find_owners(kernel, parts, scratch) : Result<void>();
}

Result<std::size_t> count_by(sys::Kernel& kernel, const Query& query, std::string_view forced_backend) {
  auto backend = backend::choose_backend(kernel, query, forced_backend);
  if (!backend) return tl::unexpected(backend.error());
  if ((*backend)->count != nullptr) return (*backend)->count(kernel, query);
  backend::RowTable table;
  auto collected = (*backend)->collect(kernel, query, table);
  if (!collected) return tl::unexpected(collected.error());
  return table.rows.size();
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

Result<void> take_again(sys::Kernel& kernel, const Query& query, std::string_view forced_backend,
                        Snapshot::Parts& parts, Scratch& scratch) {
  if (asks_for_nothing(query)) return tl::unexpected(Error{Errc::invalid_argument, Step::choose_backend, 0});
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
  if (asks_for_nothing(query)) return tl::unexpected(Error{Errc::invalid_argument, Step::choose_backend, 0});
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
  return api::without_bad_alloc(
      [&] { return api::take_snapshot(sys::real_kernel(), query, api::forced_by_environment()); });
}

Result<std::size_t> count_sockets(const Query& query) {
  return api::without_bad_alloc(
      [&] { return api::count_sockets(sys::real_kernel(), query, api::forced_by_environment()); });
}

Result<void> Snapshot::find_owners() {
  api::Scratch scratch;
  return api::find_owners(sys::real_kernel(), parts_, scratch);
}

}  // namespace tcptable
