// SPDX-License-Identifier: MIT
// The records of the BPF programs as rows. Pure.
#pragma once

#include "sys/bpf/records.h"

#include <tcptable/snapshot.hpp>

#include <bit>
#include <cstddef>
#include <span>
#include <vector>

namespace tcptable::backend {

/// A record as a row, with those of the details that the query wants.
SocketRow row_from_record(const tcptable_row& record, const tcptable_row_details& details,
                          const Query& query);

RowKey key_from_record(const tcptable_row& record);

/// 0 where the kernel keeps none. The details must have been asked for.
std::uint64_t cgroup_id_from_record(const tcptable_row& record, const tcptable_row_details& details);

/// Tells records of a connection that has been listed already: while one socket takes the place of another on
/// the same pair of endpoints, the kernel's table has both. They are in one chain, so in one buffer.
class RepeatFilter {
 public:
  /// What the records of a whole buffer take.
  static constexpr std::size_t kMostSlots = std::bit_ceil(std::size_t{TCPTABLE_ROW_RECORDS} * 2 + 1);

  /// `slots` is its memory.
  explicit RepeatFilter(std::vector<std::uint32_t>& slots) : slots_(slots) {}

  /// Starts anew with room for `capacity` records.
  void reset(std::size_t capacity);
  /// False when `records[at]` is a connection that was let pass already; `records` is the same at every call.
  bool passes(std::span<const tcptable_row> records, std::uint32_t at);

 private:
  std::vector<std::uint32_t>& slots_;
};

}  // namespace tcptable::backend
