// SPDX-License-Identifier: MIT
// One call of a table function: rows, room for them, owners, rows into that room. One template over the
// table's structure, and over where the room comes from, serves all tables.
#pragma once

#include "win32/error_map.hpp"
#include "win32/owner_module/module_tag.hpp"
#include "win32/tables/creation_time.hpp"
#include "win32/tables/row_fields.hpp"
#include "win32/tables/shares.hpp"
#include "win32/tables/table_memory.hpp"
#include "win32/tables/workspace.hpp"

#include <tcptable/snapshot.hpp>

#include <cstddef>
#include <limits>
#include <optional>
#include <span>

namespace tcptable::win32 {

template <typename Table>
using RowOf = std::remove_reference_t<decltype(Table::table[0])>;

template <typename Row>
concept HasOwner = requires(Row row) {
  row.dwOwningPid;
};

/// The OWNER_MODULE rows: they have a creation time and a module besides the owner.
template <typename Row>
concept HasModule = requires(Row row) {
  row.liCreateTimestamp;
  row.OwningModuleInfo;
};

// Every state is read for a table with owners: a connection that waits to be accepted gets its
// owner from its listener, whichever of the two the table shows.
template <typename Row>
Query query_for(const TableRequest& request) {
  Query query;
  query.tcp = request.protocol == Protocol::tcp;
  query.udp = !query.tcp;
  query.ipv4 = request.family == Family::ipv4;
  query.ipv6 = !query.ipv4;
  if (request.selection == RowSelection::listeners) query.states = {State::listen};
  if (request.selection == RowSelection::bound) query.states = {State::bound};
  query.owners = false;
  query.ages = query.cookies = HasModule<Row>;
  query.inodes = query.uids = query.queues = false;
  return query;
}

/// What OWNER_MODULE rows have besides, one of each for a row.
struct ModuleColumns {
  std::vector<FileTime> created;
  std::vector<ULONGLONG> tags;
};

template <typename Row>
Result<ModuleColumns> module_columns(const Snapshot& snapshot, const TableRequest& request,
                                     std::span<const std::uint32_t> positions) {
  ModuleColumns columns;
  if constexpr (HasModule<Row>) {
    auto tags = module_tags(snapshot, positions);
    if (!tags) return tl::unexpected(tags.error());
    columns.tags = std::move(*tags);
    columns.created = creation_times(snapshot, request, positions);
  }
  return columns;
}

template <typename Row>
void write_row(const Snapshot& snapshot, const ModuleColumns& columns, std::size_t at, const SocketRow& row,
               Row& written) {
  RowFacts facts{row};
  if constexpr (HasOwner<Row>) {
    if (const Process* owner = snapshot.owner(row)) facts.owner = static_cast<DWORD>(owner->pid);
  }
  if constexpr (HasModule<Row>) {
    facts.created = columns.created[at];
    facts.module_tag = columns.tags[at];
  }
  fill_row(written, facts);
}

template <typename Table>
void write_table(const Snapshot& snapshot, std::span<const std::uint32_t> positions,
                 const ModuleColumns& columns, void* memory) {
  auto* table = static_cast<Table*>(memory);
  RowOf<Table>* rows = table->table;
  table->dwNumEntries = static_cast<DWORD>(positions.size());
  const Shares shares(positions.size());
  sys::run_on_shares(shares.count, [&](unsigned share) {
    constexpr std::size_t kAhead = 16;  // in sorted order the rows lie all over memory
    const std::size_t end = shares.end_of(share);
    for (std::size_t i = shares.begin_of(share); i < end; ++i) {
      if (i + kAhead < end) __builtin_prefetch(&snapshot.rows()[positions[i + kAhead]]);
      write_row(snapshot, columns, i, snapshot.rows()[positions[i]], rows[i]);
    }
  });
}

/// nullopt: more than a ULONG can tell.
template <typename Table>
std::optional<ULONG> size_of(std::size_t rows) {
  const std::size_t size = offsetof(Table, table) + rows * sizeof(RowOf<Table>);
  if (size > std::numeric_limits<ULONG>::max()) return std::nullopt;
  return static_cast<ULONG>(size);
}

/// The answer to a call without a buffer: rows need only be counted.
template <typename Table>
ULONG tell_size(const TableRequest& request, ULONG& size) {
  Query query = query_for<RowOf<Table>>(request);
  query.cookies = query.ages = false;
  if (request.selection == RowSelection::connections) query.states = query.states.without(State::listen);
  const auto rows = count_sockets(query);
  if (!rows) return windows_code(rows.error());
  const auto needed = size_of<Table>(*rows);
  if (!needed) return ERROR_NOT_ENOUGH_MEMORY;
  size = *needed;
  return ERROR_INSUFFICIENT_BUFFER;
}

/// `memory` is a CallerBuffer or a HeapBlock. No owner is looked for before it has room for the rows.
template <typename Table, typename Memory>
ULONG get_table(const TableRequest& request, Memory& memory) {
  using Row = RowOf<Table>;
  auto workspace = LentWorkspace::borrow(query_for<Row>(request));
  if (!workspace) return windows_code(workspace.error());
  auto snapshot = (*workspace)->session.snapshot();
  if (!snapshot) return windows_code(snapshot.error());
  const auto positions = (*workspace)->order.select((*snapshot)->rows(), request);
  const auto needed = size_of<Table>(positions.size());
  if (!needed) return ERROR_NOT_ENOUGH_MEMORY;
  if (const ULONG refused = memory.reserve(*needed); refused != NO_ERROR) return refused;
  if constexpr (HasOwner<Row>) {
    snapshot = (*workspace)->session.find_owners();
    if (!snapshot) return windows_code(snapshot.error());
  }
  const auto columns = module_columns<Row>(**snapshot, request, positions);
  if (!columns) return windows_code(columns.error());
  write_table<Table>(**snapshot, positions, *columns, memory.get());
  memory.deliver();
  return NO_ERROR;
}

/// get_table behind the check of the caller's pointers and the guard.
template <typename Table>
ULONG table_call(const TableRequest& request, const TableBuffer& place) noexcept {
  if (!is_usable(place)) return ERROR_INVALID_PARAMETER;
  return guarded([&] {
    if (place.memory == nullptr) return tell_size<Table>(request, *place.size);
    CallerBuffer memory(place);
    return get_table<Table>(request, memory);
  });
}

template <typename Table>
ULONG table_call(const TableRequest& request, const HeapTarget& place) noexcept {
  if (!is_usable(place)) return ERROR_INVALID_PARAMETER;
  return guarded([&] {
    HeapBlock memory(place);
    return get_table<Table>(request, memory);
  });
}

}  // namespace tcptable::win32
