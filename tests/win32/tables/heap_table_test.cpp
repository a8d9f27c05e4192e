// SPDX-License-Identifier: MIT
// Tables that come in a block of the caller's heap: the same rows as by the size protocol, and the codes.
#include <tcptable_stack_tables.h>
#include <unistd.h>
#include <windows.h>

#include <cstring>
#include <memory>
#include <string>

#include "win32/tables/table_memory.hpp"
#include "win32/tables/table_test.hpp"

namespace {

constexpr ULONG kOk = NO_ERROR;
constexpr ULONG kInvalid = ERROR_INVALID_PARAMETER;
constexpr ULONG kUnsupported = ERROR_NOT_SUPPORTED;

// A heap of the test's own, so that what is left in it is known.
class OwnHeap {
 public:
  explicit OwnHeap(SIZE_T limit = 0) : heap_(HeapCreate(0, 0, limit)) {}
  OwnHeap(const OwnHeap&) = delete;
  OwnHeap& operator=(const OwnHeap&) = delete;
  ~OwnHeap() { HeapDestroy(heap_); }
  HANDLE get() const { return heap_; }

 private:
  HANDLE heap_;
};

using HeapCall = std::function<ULONG(void** table, HANDLE heap, ULONG flags)>;

class HeapTable : public TableTest {
 protected:
  void SetUp() override {
    TableTest::SetUp();
    if (IsSkipped()) return;
    for (const char* address : {"127.0.0.1", "::1", "127.0.0.2"}) {
      sockets_.push_back(loopback::listen_on(address));
      sockets_.push_back(loopback::connect_to(address, sockets_.back().local_port()));
      sockets_.push_back(loopback::udp_on(address));
    }
  }

  // The block as bytes; it belongs to the heap, has exactly its rows' size, and goes back to it.
  std::vector<char> fetch_from_heap(const HeapCall& call) {
    void* table = nullptr;
    EXPECT_EQ(call(&table, heap_.get(), 0), kOk);
    if (table == nullptr) return {};
    const SIZE_T size = HeapSize(heap_.get(), 0, table);
    const auto* bytes = static_cast<const char*>(table);
    std::vector<char> copy(bytes, bytes + size);
    EXPECT_EQ(HeapFree(heap_.get(), 0, table), TRUE);
    return copy;
  }

  OwnHeap heap_;
  std::vector<loopback::Socket> sockets_;
};

// Each function that sorts as it is told, against the size protocol's.
TEST_F(HeapTable, EveryClassIsWhatTheExtendedFunctionsGive) {
  for (const ULONG family : {kAfInet, kAfInet6}) {
    for (int number = family == kAfInet ? 0 : 3; number < 9; ++number) {
      SCOPED_TRACE("family " + std::to_string(family) + " class " + std::to_string(number));
      const auto table_class = static_cast<TCP_TABLE_CLASS>(number);
      // Owner module rows have a creation time, which may grow older from call to call.
      const auto expected = fetch([&](void* table, ULONG* size) {
        return GetExtendedTcpTable(table, size, TRUE, family, table_class, 0);
      });
      const auto found = fetch_from_heap([&](void** table, HANDLE heap, ULONG flags) {
        return AllocateAndGetTcpExTable2FromStack(table, TRUE, heap, flags, family, table_class);
      });
      ASSERT_EQ(found.size(), expected.size());
      if (number < 6) {
        EXPECT_EQ(found, expected);
      }
    }
    for (int number = 0; number < 2; ++number) {
      const auto table_class = static_cast<UDP_TABLE_CLASS>(number);
      EXPECT_EQ(fetch_from_heap([&](void** table, HANDLE heap, ULONG flags) {
                  return AllocateAndGetUdpExTable2FromStack(table, TRUE, heap, flags, family, table_class);
                }),
                fetch([&](void* table, ULONG* size) {
                  return GetExtendedUdpTable(table, size, TRUE, family, table_class, 0);
                }));
    }
  }
}

TEST_F(HeapTable, TheOlderFunctionsGiveBasicAndOwnerPidTables) {
  EXPECT_EQ(fetch_from_heap([](void** table, HANDLE heap, ULONG flags) {
              return AllocateAndGetTcpExTableFromStack(table, TRUE, heap, flags, kAfInet);
            }),
            fetch([](void* table, ULONG* size) {
              return GetExtendedTcpTable(table, size, TRUE, kAfInet, TCP_TABLE_OWNER_PID_ALL, 0);
            }));
  EXPECT_EQ(fetch_from_heap([](void** table, HANDLE heap, ULONG flags) {
              return AllocateAndGetUdpExTableFromStack(table, TRUE, heap, flags, kAfInet);
            }),
            fetch([](void* table, ULONG* size) {
              return GetExtendedUdpTable(table, size, TRUE, kAfInet, UDP_TABLE_OWNER_PID, 0);
            }));
  EXPECT_EQ(fetch_from_heap([](void** table, HANDLE heap, ULONG flags) {
              return AllocateAndGetTcpTableFromStack(reinterpret_cast<PMIB_TCPTABLE*>(table), TRUE, heap,
                                                     flags);
            }),
            fetch([](void* table, ULONG* size) {
              return GetTcpTable(static_cast<PMIB_TCPTABLE>(table), size, TRUE);
            }));
  EXPECT_EQ(fetch_from_heap([](void** table, HANDLE heap, ULONG flags) {
              return AllocateAndGetUdpTableFromStack(reinterpret_cast<PMIB_UDPTABLE*>(table), TRUE, heap,
                                                     flags);
            }),
            fetch([](void* table, ULONG* size) {
              return GetUdpTable(static_cast<PMIB_UDPTABLE>(table), size, TRUE);
            }));
}

TEST_F(HeapTable, EachInternalFunctionHasTheStructureOfItsName) {
  struct Case {
    ULONG (*function)(void**, HANDLE, ULONG);
    std::size_t offset;
    std::size_t row;
    std::size_t rows;
  };
  constexpr std::size_t kTcp4 = 6;  // two listeners and two connections' ends, two of them not accepted
  constexpr std::size_t kTcp6 = 3;
  const std::vector<Case> cases{
      {InternalGetTcpTable, 4, sizeof(MIB_TCPROW), kTcp4},
      {InternalGetTcpTableEx, 4, sizeof(MIB_TCPROW_OWNER_PID), kTcp4},
      {InternalGetTcpTable2, 4, sizeof(MIB_TCPROW2), kTcp4},
      {InternalGetTcpTableWithOwnerPid, 4, sizeof(MIB_TCPROW_OWNER_PID), kTcp4},
      {InternalGetTcpTableWithOwnerModule, 8, sizeof(MIB_TCPROW_OWNER_MODULE), kTcp4},
      {InternalGetTcp6Table2, 4, sizeof(MIB_TCP6ROW2), kTcp6},
      {InternalGetTcp6TableWithOwnerPid, 4, sizeof(MIB_TCP6ROW_OWNER_PID), kTcp6},
      {InternalGetTcp6TableWithOwnerModule, 8, sizeof(MIB_TCP6ROW_OWNER_MODULE), kTcp6},
      {InternalGetUdpTable, 4, sizeof(MIB_UDPROW), 2},
      {InternalGetUdpTableEx, 4, sizeof(MIB_UDPROW_OWNER_PID), 2},
      {InternalGetUdpTableWithOwnerPid, 4, sizeof(MIB_UDPROW_OWNER_PID), 2},
      {InternalGetUdpTableWithOwnerModule, 8, sizeof(MIB_UDPROW_OWNER_MODULE), 2},
      {InternalGetUdp6TableWithOwnerPid, 4, sizeof(MIB_UDP6ROW_OWNER_PID), 1},
      {InternalGetUdp6TableWithOwnerModule, 8, sizeof(MIB_UDP6ROW_OWNER_MODULE), 1},
      {InternalGetBoundTcpEndpointTable, 4, sizeof(MIB_TCPROW2), 0},
      {InternalGetBoundTcp6EndpointTable, 4, sizeof(MIB_TCP6ROW2), 0},
  };
  for (std::size_t i = 0; i < cases.size(); ++i) {
    SCOPED_TRACE(i);
    void* probe = nullptr;
    if (cases[i].rows == 0 && cases[i].function(&probe, heap_.get(), 0) == kUnsupported) continue;
    const auto table = fetch_from_heap(cases[i].function);
    ASSERT_EQ(table.size(), cases[i].offset + cases[i].rows * cases[i].row);
    DWORD count = 0;
    std::memcpy(&count, table.data(), sizeof count);
    EXPECT_EQ(count, cases[i].rows);
  }
}

TEST_F(HeapTable, BoundSocketsThatNeitherListenNorConnectAreListedWithTheirOwner) {
  const auto bound4 = loopback::bound_tcp("127.0.0.1");
  const auto bound6 = loopback::bound_tcp("::1");
  void* table = nullptr;
  if (InternalGetBoundTcpEndpointTable(&table, heap_.get(), 0) == kUnsupported) {
    GTEST_SKIP() << "needs Linux 6.8";
  }
  HeapFree(heap_.get(), 0, table);
  const auto rows4 = rows_of<MIB_TCPTABLE2>(fetch_from_heap(InternalGetBoundTcpEndpointTable));
  ASSERT_EQ(rows4.size(), 1U);
  EXPECT_EQ(rows4[0].dwState, static_cast<DWORD>(MIB_TCP_STATE_RESERVED));
  EXPECT_EQ(rows4[0].dwLocalPort, table_port(bound4.local_port()));
  EXPECT_EQ(rows4[0].dwRemotePort, 0U);
  EXPECT_EQ(rows4[0].dwOwningPid, static_cast<DWORD>(getpid()));
  const auto rows6 = rows_of<MIB_TCP6TABLE2>(fetch_from_heap(InternalGetBoundTcp6EndpointTable));
  ASSERT_EQ(rows6.size(), 1U);
  EXPECT_EQ(rows6[0].State, MIB_TCP_STATE_RESERVED);
  EXPECT_EQ(rows6[0].dwLocalPort, table_port(bound6.local_port()));
}

TEST_F(HeapTable, ABackendWithoutBoundSocketsSaysSo) {
  void* table = nullptr;
  ASSERT_EQ(setenv("TCPTABLE_BACKEND", "procfs", 1), 0);
  EXPECT_EQ(InternalGetBoundTcpEndpointTable(&table, heap_.get(), 0), kUnsupported);
  unsetenv("TCPTABLE_BACKEND");
  EXPECT_EQ(table, nullptr);
}

TEST_F(HeapTable, Ipv6IsNotSupportedByTheOlderFunctionsAndOtherFamiliesAreInvalid) {
  void* table = nullptr;
  EXPECT_EQ(AllocateAndGetTcpExTableFromStack(&table, TRUE, heap_.get(), 0, kAfInet6), kUnsupported);
  EXPECT_EQ(AllocateAndGetUdpExTableFromStack(&table, TRUE, heap_.get(), 0, kAfInet6), kUnsupported);
  EXPECT_EQ(AllocateAndGetTcpExTable2FromStack(&table, TRUE, heap_.get(), 0, kAfInet6, TCP_TABLE_BASIC_ALL),
            kUnsupported);
  for (const ULONG family : {0U, 1U, 3U, 0xffff'ffffU}) {
    EXPECT_EQ(AllocateAndGetTcpExTableFromStack(&table, TRUE, heap_.get(), 0, family), kInvalid);
    EXPECT_EQ(AllocateAndGetUdpExTableFromStack(&table, TRUE, heap_.get(), 0, family), kInvalid);
    EXPECT_EQ(AllocateAndGetTcpExTable2FromStack(&table, TRUE, heap_.get(), 0, family, TCP_TABLE_BASIC_ALL),
              kInvalid);
  }
  EXPECT_EQ(table, nullptr);
}

TEST_F(HeapTable, NoPlaceForTheResultAndNoHeapAreInvalid) {
  void* table = nullptr;
  const auto invalid = reinterpret_cast<HANDLE>(std::intptr_t{-1});
  for (HANDLE heap : {static_cast<HANDLE>(nullptr), invalid}) {
    EXPECT_EQ(AllocateAndGetTcpExTableFromStack(&table, TRUE, heap, 0, kAfInet), kInvalid);
    EXPECT_EQ(AllocateAndGetTcpTableFromStack(reinterpret_cast<PMIB_TCPTABLE*>(&table), TRUE, heap, 0),
              kInvalid);
    EXPECT_EQ(InternalGetTcpTable2(&table, heap, 0), kInvalid);
  }
  EXPECT_EQ(AllocateAndGetTcpExTableFromStack(nullptr, TRUE, heap_.get(), 0, kAfInet), kInvalid);
  EXPECT_EQ(AllocateAndGetUdpTableFromStack(nullptr, TRUE, heap_.get(), 0), kInvalid);
  EXPECT_EQ(InternalGetUdpTable(nullptr, heap_.get(), 0), kInvalid);
  EXPECT_EQ(table, nullptr);
}

TEST_F(HeapTable, ABlockThatIsNotDeliveredGoesBackToItsHeap) {
  constexpr std::size_t kMostOfIt = 3000;
  const OwnHeap heap(4096);
  void* result = nullptr;
  for (int i = 0; i < 3; ++i) {
    tcptable::win32::HeapBlock block({&result, heap.get(), 0});
    EXPECT_EQ(block.reserve(kMostOfIt), kOk);
  }
  EXPECT_EQ(result, nullptr);
}

TEST_F(HeapTable, AHeapThatIsFullIsOutOfMemoryAndNothingIsStored) {
  const OwnHeap small(64);
  void* table = this;
  EXPECT_EQ(InternalGetTcpTable2(&table, small.get(), 0), static_cast<ULONG>(ERROR_NOT_ENOUGH_MEMORY));
  EXPECT_EQ(table, this);
}

}  // namespace
