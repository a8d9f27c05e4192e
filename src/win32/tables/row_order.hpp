// SPDX-License-Identifier: MIT
// Which rows a table has, and in which order.
#pragma once

#include "win32/tables/table_request.hpp"

#include <cstdint>
#include <memory>
#include <span>

namespace tcptable::win32 {

/// Selects rows and puts them in order. Its memory serves again.
class RowOrder {
 public:
  RowOrder();
  RowOrder(RowOrder&&) noexcept;
  RowOrder& operator=(RowOrder&&) noexcept;
  ~RowOrder();

  /// Positions of the rows that belong into the table, valid until the next call. When ordered: by local
  /// address, local scope id, local port, and for TCP by remote address, scope id and port, each compared as
  /// a number; rows that are equal in these keep their order. (Windows pages GetTcpTable2, GetTcp6Table2,
  /// GetUdpTable, GetUdp6Table.)
  std::span<const std::uint32_t> select(std::span<const SocketRow> rows, const TableRequest& request);

 private:
  struct Memory;

  std::unique_ptr<Memory> memory_;
};

}  // namespace tcptable::win32
