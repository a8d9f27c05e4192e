// SPDX-License-Identifier: MIT
// What a dump's messages tell beyond the rows, kept while rows are still being sorted out.
#pragma once

#include "backend/backend.hpp"
#include "backend/sock_diag/diag_message.hpp"

#include <cstdint>
#include <vector>

namespace tcptable::backend {

/// A row is tied to its details by SocketRow::first_holder, which nobody else uses before owners are found:
/// rows may be dropped, merged and moved about in between.
class DumpedDetails {
 public:
  explicit DumpedDetails(const Query& query) : query_(query) {}

  /// Keeps the details of the row, and ties them to it.
  void add(DiagDetails& parsed);

  /// Lines the details up with the rows that are left, and unties them.
  void move_to(RowTable& table) &&;

 private:
  struct Details {
    std::uint64_t cgroup_id;
    std::uint32_t tcp_info = RowDetails::kNone;  // an index
    std::uint32_t memory = RowDetails::kNone;    // likewise
  };

  const Query& query_;
  std::vector<Details> details_;
  std::vector<TcpInfo> tcp_infos_;
  std::vector<SocketMemory> memories_;
};

}  // namespace tcptable::backend
