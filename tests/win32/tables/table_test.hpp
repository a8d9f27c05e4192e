// SPDX-License-Identifier: MIT
// What the tests of the Windows tables share: the call loop that every Windows program has, and a namespace.
#pragma once

#include <gtest/gtest.h>
#include <iphlpapi.h>

#include <functional>
#include <vector>

#include "win32/tables/loopback_sockets.hpp"

/// A fresh network namespace for each test, so that each row is one of its own.
class TableTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!loopback::enter_namespace()) GTEST_SKIP() << "needs the right to make a network namespace";
  }
};

constexpr ULONG kAfInet = 2;
constexpr ULONG kAfInet6 = 23;

/// Ports as the tables have them: network byte order in the low 16 bits.
inline DWORD table_port(std::uint16_t port) {
  return static_cast<DWORD>(static_cast<std::uint16_t>(port << 8 | port >> 8));
}

using TableCall = std::function<ULONG(void* table, ULONG* size)>;

/// Calls until the buffer is large enough; empty on any other code, which is a failure of the test.
inline std::vector<char> fetch(const TableCall& call) {
  std::vector<char> buffer;
  ULONG size = 0;
  ULONG code = call(nullptr, &size);
  while (code == ERROR_INSUFFICIENT_BUFFER) {
    buffer.resize(size);
    code = call(buffer.data(), &size);
  }
  EXPECT_EQ(code, static_cast<ULONG>(NO_ERROR));
  return buffer;
}

template <typename Table>
auto rows_of(const std::vector<char>& buffer) {
  const auto* table = reinterpret_cast<const Table*>(buffer.data());
  const auto* first = table->table;
  return std::vector(first, first + table->dwNumEntries);
}

template <typename Table>
auto extended_tcp(ULONG family, TCP_TABLE_CLASS table_class, BOOL order = FALSE) {
  return rows_of<Table>(fetch([&](void* table, ULONG* size) {
    return GetExtendedTcpTable(table, size, order, family, table_class, 0);
  }));
}

template <typename Table>
auto extended_udp(ULONG family, UDP_TABLE_CLASS table_class, BOOL order = FALSE) {
  return rows_of<Table>(fetch([&](void* table, ULONG* size) {
    return GetExtendedUdpTable(table, size, order, family, table_class, 0);
  }));
}

inline std::vector<MIB_TCPROW2> tcp_table2(BOOL order = FALSE) {
  return rows_of<MIB_TCPTABLE2>(fetch([&](void* table, ULONG* size) {
    return GetTcpTable2(static_cast<PMIB_TCPTABLE2>(table), size, order);
  }));
}

inline std::vector<MIB_TCP6ROW2> tcp6_table2(BOOL order = FALSE) {
  return rows_of<MIB_TCP6TABLE2>(fetch([&](void* table, ULONG* size) {
    return GetTcp6Table2(static_cast<PMIB_TCP6TABLE2>(table), size, order);
  }));
}

/// The one row with that local port, else a failure and an empty row.
template <typename Row>
Row row_with_local_port(const std::vector<Row>& rows, std::uint16_t port) {
  Row found{};
  int count = 0;
  for (const Row& row : rows) {
    if (row.dwLocalPort != table_port(port)) continue;
    found = row;
    ++count;
  }
  EXPECT_EQ(count, 1) << "rows with local port " << port;
  return found;
}
