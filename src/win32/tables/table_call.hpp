// SPDX-License-Identifier: MIT
// One call of a table function: rows, size protocol, owners, rows into the caller's buffer. One template over
// the table's structure serves all tables.
#pragma once

#include "win32/error_map.hpp"
#include "win32/tables/creation_time.hpp"
#include "win32/tables/row_fields.hpp"
#include "win32/tables/row_order.hpp"

#include <tcptable/snapshot.hpp>

#include <cstddef>
#include <limits>
#include <optional>

namespace tcptable::win32 {

template <typename Table>
using RowOf = std::remove_reference_t<decltype(Table::table[0])>;

template <typename Row>
concept HasOwner = requires(Row row) {
  row.dwOwningPid;
};

template <typename Row>
concept HasCreationTime = requires(Row row) {
  row.liCreateTimestamp;
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
  query.owners = false;
  query.ages = HasCreationTime<Row>;
  query.cookies = HasCreationTime<Row>;
  query.inodes = query.uids = query.queues = false;
  return query;
}

template <typename Table>
void write_table(const Snapshot& snapshot, const TableRequest& request,
                 const std::vector<std::uint32_t>& positions, void* memory) {
  using Row = RowOf<Table>;
  auto* table = static_cast<Table*>(memory);
  Row* rows = table->table;
  std::vector<FileTime> times;
  if constexpr (HasCreationTime<Row>) times = creation_times(snapshot, request, positions);
  table->dwNumEntries = static_cast<DWORD>(positions.size());
  for (std::size_t i = 0; i < positions.size(); ++i) {
    const SocketRow& row = snapshot.rows()[positions[i]];
    RowFacts facts{row};
    if constexpr (HasOwner<Row>) {
      if (const Process* owner = snapshot.owner(row)) facts.owner = static_cast<DWORD>(owner->pid);
    }
    if constexpr (HasCreationTime<Row>) facts.created = times[i];
    fill_row(rows[i], facts);
  }
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

/// The size protocol (Windows page GetTcpTable2): too small, or no buffer: ERROR_INSUFFICIENT_BUFFER and the
/// needed size, with the buffer untouched and no owner looked for; else the rows, and the size that they
/// take.
template <typename Table>
ULONG get_table(const TableRequest& request, TableBuffer buffer) {
  using Row = RowOf<Table>;
  if (buffer.memory == nullptr) return tell_size<Table>(request, *buffer.size);
  auto snapshot = take_snapshot(query_for<Row>(request));
  if (!snapshot) return windows_code(snapshot.error());
  const auto positions = select_rows(snapshot->rows(), request);
  const auto needed = size_of<Table>(positions.size());
  if (!needed) return ERROR_NOT_ENOUGH_MEMORY;
  const bool fits = *buffer.size >= *needed;
  if (fits) {
    if constexpr (HasOwner<Row>) {
      auto found = snapshot->find_owners();
      if (!found) return windows_code(found.error());
    }
    write_table<Table>(*snapshot, request, positions, buffer.memory);
  }
  *buffer.size = *needed;
  return fits ? NO_ERROR : ERROR_INSUFFICIENT_BUFFER;
}

/// get_table behind the check of the size pointer and the guard.
template <typename Table>
ULONG table_call(const TableRequest& request, TableBuffer buffer) noexcept {
  if (buffer.size == nullptr) return ERROR_INVALID_PARAMETER;
  return guarded([&] { return get_table<Table>(request, buffer); });
}

}  // namespace tcptable::win32
