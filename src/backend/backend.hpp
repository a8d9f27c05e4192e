// SPDX-License-Identifier: MIT
// Where rows come from: a backend is a name and two functions, and knows no other backend.
#pragma once

#include "sys/kernel.hpp"
#include "sys/workers.hpp"

#include <tcptable/query.hpp>
#include <tcptable/snapshot.hpp>

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

namespace tcptable::backend {

/// What collecting takes besides the rows; who collects again and again keeps it.
struct CollectMemory {
  std::vector<std::byte> datagram;
  std::vector<SocketRow> pass;
  std::vector<SocketRow> late_rows;
  std::vector<RowKey> late_keys;
  std::vector<std::uint64_t> late_cgroups;
  std::array<std::vector<std::uint32_t>, sys::kMostWorkers> slots;  ///< Of hash tables.
};

struct RowTable {
  std::vector<SocketRow> rows;
  std::vector<RowKey> keys;  ///< Of the bpf backend alone: one for each row.
  RowDetails details;
  bool complete = true;  ///< False when rows may have been skipped.
  CollectMemory memory;
};

/// Takes out what a table held; its memory stays.
void clear(RowTable& table);

/// Moves `part` behind what `whole` holds, without a copy where it holds nothing.
void append(RowTable& whole, RowTable part);

struct Backend {
  std::string_view name;
  /// Cheap, changes nothing that can be seen: can this backend answer the query here? `forced`: whatever it
  /// costs.
  Result<void> (*probe)(sys::Kernel&, const Query&, bool forced);
  /// Fills the table, each socket once; what it held before is gone. A failure is final; what was filled in
  /// is then worthless.
  Result<void> (*collect)(sys::Kernel&, const Query&, RowTable&);
  /// How many rows there are, without making them; nullptr where that is no cheaper.
  Result<std::size_t> (*count)(sys::Kernel&, const Query&);
};

extern const Backend kBpf;
extern const Backend kSockDiag;
extern const Backend kProcfs;

/// The first backend, best first, whose probe succeeds; or the one named `forced`, if it is not empty, whose
/// failure is then an error. A probe that fails for another reason than support or permission is an error
/// too.
Result<const Backend*> choose_backend(sys::Kernel& kernel, const Query& query, std::string_view forced);

}  // namespace tcptable::backend
