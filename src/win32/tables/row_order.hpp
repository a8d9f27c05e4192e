// SPDX-License-Identifier: MIT
// Which rows a table has, and in which order.
#pragma once

#include "win32/tables/table_request.hpp"

#include <cstdint>
#include <span>
#include <vector>

namespace tcptable::win32 {

/// Positions of the rows that belong into the table. When ordered: by local address, local scope id, local
/// port, and for TCP by remote address, scope id and port, each compared as a number; rows that are equal in
/// these keep their order. (Windows pages GetTcpTable2, GetTcp6Table2, GetUdpTable, GetUdp6Table.)
std::vector<std::uint32_t> select_rows(std::span<const SocketRow> rows, const TableRequest& request);

}  // namespace tcptable::win32
