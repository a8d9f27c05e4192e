// SPDX-License-Identifier: MIT
// The way of the data: choose a backend, collect rows, find owners, hand over. Nothing else orchestrates.
#include "api/take_snapshot.hpp"

#include <cstdlib>
#include <new>

#include "backend/backend.hpp"
#include "owner/find_owners.hpp"

namespace tcptable {
namespace api {
namespace {

Result<backend::RowTable> collect(sys::Kernel& kernel, const backend::Backend& backend, const Query& query) {
  backend::RowTable table;
  auto collected = backend.collect(kernel, query, table);
  if (!collected) return tl::unexpected(collected.error());
  return table;
}

}  // namespace

Result<void> find_owners(sys::Kernel& kernel, Snapshot::Parts& parts) {
  const auto reread = [&]() -> Result<std::vector<SocketRow>> {
    auto backend = backend::choose_backend(kernel, parts.query, parts.backend);
    if (!backend) return tl::unexpected(backend.error());
    auto table = collect(kernel, **backend, parts.query);
    if (!table) return tl::unexpected(table.error());
    return std::move(table->rows);
  };
  parts.processes.clear();
  parts.holders.clear();
  for (SocketRow& row : parts.rows) row.holder_count = 0;
  auto found = owner::find_owners(kernel, {parts.rows, parts.processes, parts.holders}, reread);
  if (!found) {
    for (SocketRow& row : parts.rows) {
      row.owner_status = OwnerStatus::not_requested;
      row.holder_count = 0;
    }
    return tl::unexpected(found.error());
  }
  found->rows = parts.completeness.rows;
  parts.completeness = *found;
  return {};
}

Result<Snapshot> take_snapshot(sys::Kernel& kernel, const Query& query, std::string_view forced_backend) {
  auto backend = backend::choose_backend(kernel, query, forced_backend);
  if (!backend) return tl::unexpected(backend.error());
  Query asked = query;
  // Connections that wait to be accepted belong to their listener's owner, so the listeners are needed.
  if (query.owners) asked.states = asked.states.with(State::listen);
  auto table = collect(kernel, **backend, asked);
  if (!table) return tl::unexpected(table.error());

  Snapshot::Parts parts;
  parts.rows_read_at = std::chrono::system_clock::now();
  parts.backend = (*backend)->name;
  parts.query = asked;
  parts.rows = std::move(table->rows);
  parts.completeness.rows = table->complete;
  if (query.owners) {
    auto found = find_owners(kernel, parts);
    if (!found) return tl::unexpected(found.error());
  }
  if (!query.states.contains(State::listen)) {
    std::erase_if(parts.rows, [](const SocketRow& row) { return row.state == State::listen; });
  }
  return Snapshot(std::move(parts));
}

}  // namespace api

Result<Snapshot> take_snapshot(const Query& query) {
  // secure_getenv: a set-user-id program's caller must not choose how it looks at the system.
  const char* forced = secure_getenv("TCPTABLE_BACKEND");
  try {
    return api::take_snapshot(sys::real_kernel(), query, forced != nullptr ? forced : "");
  } catch (const std::bad_alloc&) {
    return tl::unexpected(Error{Errc::no_memory, Step::choose_backend, 0});
  }
}

Result<void> Snapshot::find_owners() {
  try {
    return api::find_owners(sys::real_kernel(), parts_);
  } catch (const std::bad_alloc&) {
    return tl::unexpected(Error{Errc::no_memory, Step::list_processes, 0});
  }
}

}  // namespace tcptable
