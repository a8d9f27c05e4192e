// SPDX-License-Identifier: MIT
// The size protocol and the argument checks of all table functions.
#include <sys/resource.h>
#include <unistd.h>

#include <cstring>

#include "win32/tables/table_test.hpp"

namespace {

class SizeProtocol : public TableTest {};

constexpr ULONG kOk = NO_ERROR;
constexpr ULONG kTooSmall = ERROR_INSUFFICIENT_BUFFER;
constexpr ULONG kInvalid = ERROR_INVALID_PARAMETER;
constexpr ULONG kUnsupported = ERROR_NOT_SUPPORTED;

DWORD tcp_class(void* table, ULONG* size, ULONG family, int table_class) {
  return GetExtendedTcpTable(table, size, FALSE, family, static_cast<TCP_TABLE_CLASS>(table_class), 0);
}

DWORD udp_class(void* table, ULONG* size, ULONG family, int table_class) {
  return GetExtendedUdpTable(table, size, FALSE, family, static_cast<UDP_TABLE_CLASS>(table_class), 0);
}

TEST_F(SizeProtocol, NullSizePointerIsInvalidWhateverTheTable) {
  MIB_TCPTABLE2 table;
  EXPECT_EQ(GetTcpTable(nullptr, nullptr, FALSE), kInvalid);
  EXPECT_EQ(GetTcpTable2(&table, nullptr, FALSE), kInvalid);
  EXPECT_EQ(GetTcp6Table(nullptr, nullptr, FALSE), kInvalid);
  EXPECT_EQ(GetTcp6Table2(nullptr, nullptr, FALSE), kInvalid);
  EXPECT_EQ(GetUdpTable(nullptr, nullptr, FALSE), kInvalid);
  EXPECT_EQ(GetUdp6Table(nullptr, nullptr, FALSE), kInvalid);
  EXPECT_EQ(tcp_class(&table, nullptr, kAfInet, 0), kInvalid);
  EXPECT_EQ(udp_class(&table, nullptr, kAfInet, 0), kInvalid);
}

TEST_F(SizeProtocol, EmptyTableNeedsTheCountAlone) {
  ULONG size = 0;
  EXPECT_EQ(GetTcpTable2(nullptr, &size, FALSE), kTooSmall);
  EXPECT_EQ(size, 4U);
  MIB_TCPTABLE2 table;
  table.dwNumEntries = 77;
  EXPECT_EQ(GetTcpTable2(&table, &size, FALSE), kOk);
  EXPECT_EQ(table.dwNumEntries, 0U);
  size = 0;
  EXPECT_EQ(tcp_class(nullptr, &size, kAfInet, TCP_TABLE_OWNER_MODULE_ALL), kTooSmall);
  EXPECT_EQ(size, 8U);
}

TEST_F(SizeProtocol, NeededSizeIsExactWithoutSlack) {
  const auto a = loopback::listen_on("127.0.0.1");
  const auto b = loopback::listen_on("127.0.0.1");
  ULONG size = 0;
  EXPECT_EQ(GetTcpTable2(nullptr, &size, FALSE), kTooSmall);
  EXPECT_EQ(size, 4 + 2 * sizeof(MIB_TCPROW2));
  EXPECT_EQ(GetTcpTable(nullptr, &size, FALSE), kTooSmall);
  EXPECT_EQ(size, 4 + 2 * sizeof(MIB_TCPROW));
  size = 0;
  EXPECT_EQ(tcp_class(nullptr, &size, kAfInet, TCP_TABLE_OWNER_MODULE_ALL), kTooSmall);
  EXPECT_EQ(size, 8 + 2 * sizeof(MIB_TCPROW_OWNER_MODULE));
}

TEST_F(SizeProtocol, NullTableWithALargeSizeAsksForTheNeededSize) {
  const auto listener = loopback::listen_on("127.0.0.1");
  ULONG size = 1'000'000;
  EXPECT_EQ(GetTcpTable2(nullptr, &size, FALSE), kTooSmall);
  EXPECT_EQ(size, 4 + sizeof(MIB_TCPROW2));
}

TEST_F(SizeProtocol, TooSmallABufferIsLeftUntouched) {
  const auto listener = loopback::listen_on("127.0.0.1");
  unsigned char buffer[256];
  std::memset(buffer, 0xa5, sizeof buffer);
  ULONG size = 4 + sizeof(MIB_TCPROW2) - 1;
  EXPECT_EQ(GetTcpTable2(reinterpret_cast<PMIB_TCPTABLE2>(buffer), &size, TRUE), kTooSmall);
  EXPECT_EQ(size, 4 + sizeof(MIB_TCPROW2));
  for (const unsigned char byte : buffer) EXPECT_EQ(byte, 0xa5);
}

TEST_F(SizeProtocol, LargeABufferIsUntouchedBehindTheRowsAndTheSizeBecomesExact) {
  const auto listener = loopback::listen_on("127.0.0.1");
  alignas(8) unsigned char buffer[256];
  std::memset(buffer, 0xa5, sizeof buffer);
  ULONG size = sizeof buffer;
  ASSERT_EQ(GetTcpTable2(reinterpret_cast<PMIB_TCPTABLE2>(buffer), &size, TRUE), kOk);
  EXPECT_EQ(size, 4 + sizeof(MIB_TCPROW2));
  for (std::size_t i = size; i < sizeof buffer; ++i) EXPECT_EQ(buffer[i], 0xa5) << i;
}

TEST_F(SizeProtocol, TableThatGrowsBetweenTheCallsAsksAgain) {
  const auto a = loopback::listen_on("127.0.0.1");
  ULONG size = 0;
  EXPECT_EQ(GetTcpTable2(nullptr, &size, FALSE), kTooSmall);
  const auto b = loopback::listen_on("127.0.0.1");
  std::vector<char> buffer(size);
  EXPECT_EQ(GetTcpTable2(reinterpret_cast<PMIB_TCPTABLE2>(buffer.data()), &size, FALSE), kTooSmall);
  EXPECT_EQ(size, 4 + 2 * sizeof(MIB_TCPROW2));
}

TEST_F(SizeProtocol, FamiliesOtherThanTheTwoAreInvalid) {
  for (const ULONG family : {0U, 1U, 3U, 9U, 11U, 22U, 24U, 0xffff'ffffU}) {
    for (int table_class = 0; table_class < 9; ++table_class) {
      ULONG size = 4321;
      EXPECT_EQ(tcp_class(nullptr, &size, family, table_class), kInvalid);
      EXPECT_EQ(size, 4321U);
    }
    ULONG size = 4321;
    EXPECT_EQ(udp_class(nullptr, &size, family, 0), kInvalid);
    EXPECT_EQ(size, 4321U);
  }
}

TEST_F(SizeProtocol, LinuxNumberOfAfInet6IsUnderstoodToo) {
  const auto listener = loopback::listen_on("::1");
  ULONG size = 0;
  EXPECT_EQ(tcp_class(nullptr, &size, 10, TCP_TABLE_OWNER_PID_ALL), kTooSmall);
  EXPECT_EQ(size, 4 + sizeof(MIB_TCP6ROW_OWNER_PID));
}

TEST_F(SizeProtocol, ClassesOutOfRangeAreInvalid) {
  for (const int table_class : {-1, 9, 100, 1 << 30}) {
    ULONG size = 4321;
    EXPECT_EQ(tcp_class(nullptr, &size, kAfInet, table_class), kInvalid);
    EXPECT_EQ(tcp_class(nullptr, &size, kAfInet6, table_class), kInvalid);
    EXPECT_EQ(size, 4321U);
  }
  for (const int table_class : {-1, 3, 100}) {
    ULONG size = 4321;
    EXPECT_EQ(udp_class(nullptr, &size, kAfInet, table_class), kInvalid);
    EXPECT_EQ(udp_class(nullptr, &size, kAfInet6, table_class), kInvalid);
    EXPECT_EQ(size, 4321U);
  }
}

TEST_F(SizeProtocol, BasicTcpClassesOfIpv6AreNotSupportedButUdpIs) {
  for (const int table_class : {TCP_TABLE_BASIC_LISTENER, TCP_TABLE_BASIC_CONNECTIONS, TCP_TABLE_BASIC_ALL}) {
    ULONG size = 4321;
    EXPECT_EQ(tcp_class(nullptr, &size, kAfInet6, table_class), kUnsupported);
    EXPECT_EQ(size, 4321U);
  }
  ULONG size = 0;
  EXPECT_EQ(udp_class(nullptr, &size, kAfInet6, UDP_TABLE_BASIC), kTooSmall);
}

TEST_F(SizeProtocol, OfSeveralFaultsTheSizePointerComesFirstThenTheFamilyThenTheClass) {
  ULONG size = 0;
  EXPECT_EQ(tcp_class(nullptr, nullptr, kAfInet6, TCP_TABLE_BASIC_ALL), kInvalid);
  EXPECT_EQ(tcp_class(nullptr, &size, 99, TCP_TABLE_BASIC_ALL), kInvalid);
  EXPECT_EQ(tcp_class(nullptr, &size, kAfInet6, 9), kInvalid);
  EXPECT_EQ(tcp_class(nullptr, &size, kAfInet6, TCP_TABLE_BASIC_ALL), kUnsupported);
  EXPECT_EQ(size, 0U);
}

// The pattern of the sample on the page GetTcpTable2.
TEST_F(SizeProtocol, FirstCallWithTheSizeOfTheOlderTableSucceedsOnAnEmptyTableOnly) {
  MIB_TCPTABLE2 table;
  ULONG size = sizeof(MIB_TCPTABLE);
  EXPECT_EQ(GetTcpTable2(&table, &size, TRUE), kOk);
  const auto listener = loopback::listen_on("127.0.0.1");
  table.dwNumEntries = 77;
  size = sizeof(MIB_TCPTABLE);
  EXPECT_EQ(GetTcpTable2(&table, &size, TRUE), kTooSmall);
  EXPECT_EQ(table.dwNumEntries, 77U);
}

// By sock_diag one descriptor is enough to ask the kernel for the rows; to look at processes takes several.
TEST_F(SizeProtocol, SizingCallDoesNotLookAtProcesses) {
  const auto listener = loopback::listen_on("127.0.0.1");
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
  const int lowest_free = dup(0);
  close(lowest_free);
  const rlimit one{static_cast<rlim_t>(lowest_free) + 1, before.rlim_max};
  MIB_TCPTABLE2 table;
  ULONG needed = 0;
  ULONG too_small = sizeof(MIB_TCPTABLE);
  ASSERT_EQ(setenv("TCPTABLE_BACKEND", "sock_diag", 1), 0);
  // A sanitizer's checks want descriptors once.
  EXPECT_EQ(GetTcpTable2(nullptr, &needed, TRUE), kTooSmall);
  EXPECT_EQ(GetTcpTable2(&table, &needed, TRUE), kOk);
  needed = 0;
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &one), 0);
  const ULONG sized = GetTcpTable2(nullptr, &needed, TRUE);
  const ULONG sized_again = GetTcpTable2(&table, &too_small, TRUE);
  ULONG size = needed;
  const ULONG filled = GetTcpTable2(&table, &size, TRUE);
  setrlimit(RLIMIT_NOFILE, &before);
  unsetenv("TCPTABLE_BACKEND");
  EXPECT_EQ(sized, kTooSmall);
  EXPECT_EQ(sized_again, kTooSmall);
  EXPECT_EQ(needed, 4 + sizeof(MIB_TCPROW2));
  EXPECT_EQ(too_small, needed);
  EXPECT_EQ(filled, static_cast<ULONG>(ERROR_GEN_FAILURE));
}

TEST_F(SizeProtocol, ReservedIsIgnored) {
  ULONG size = 0;
  EXPECT_EQ(GetExtendedTcpTable(nullptr, &size, FALSE, kAfInet, TCP_TABLE_BASIC_ALL, 99), kTooSmall);
  EXPECT_EQ(GetExtendedUdpTable(nullptr, &size, FALSE, kAfInet, UDP_TABLE_BASIC, 99), kTooSmall);
}

TEST_F(SizeProtocol, UnknownForcedBackendIsNotSupported) {
  ULONG size = 4321;
  ASSERT_EQ(setenv("TCPTABLE_BACKEND", "no such backend", 1), 0);
  EXPECT_EQ(GetTcpTable2(nullptr, &size, FALSE), kUnsupported);
  EXPECT_EQ(size, 4321U);
  unsetenv("TCPTABLE_BACKEND");
}

}  // namespace
