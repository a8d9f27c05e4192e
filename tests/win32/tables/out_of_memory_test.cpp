// SPDX-License-Identifier: MIT
// Memory that ends at each allocation in turn: ERROR_NOT_ENOUGH_MEMORY and nothing written, whichever it was.
#include <array>
#include <cstdlib>

#include "support/failing_allocations.hpp"
#include "win32/tables/table_test.hpp"

namespace {

using tcptable::test::Failing;
using tcptable::test::FailingAllocations;

class OutOfMemory : public TableTest {};

using Buffer = std::array<unsigned char, 4096>;

// How many allocations the call makes; each failed before that.
int sweep(const TableCall& call) {
  constexpr int kMost = 10'000;
  static Buffer buffer;
  for (int count = 0; count < kMost; ++count) {
    buffer.fill(0xa5);
    ULONG size = sizeof buffer;
    const ULONG code = [&] {
      const FailingAllocations failing(count, Failing::all_from_it);
      return call(buffer.data(), &size);
    }();
    if (code == NO_ERROR) return count;
    EXPECT_EQ(code, static_cast<ULONG>(ERROR_NOT_ENOUGH_MEMORY)) << "after " << count << " allocations";
    EXPECT_EQ(size, sizeof buffer);
    for (const unsigned char byte : buffer) EXPECT_EQ(byte, 0xa5);
    if (testing::Test::HasFailure()) return 0;
  }
  ADD_FAILURE() << "never succeeded";
  return 0;
}

TEST_F(OutOfMemory, IsSaidAndLeavesTheBufferUntouched) {
  const auto listener = loopback::listen_on("127.0.0.1");
  const auto listener6 = loopback::listen_on("::1");
  const auto client = loopback::connect_to("127.0.0.1", listener.local_port());
  for (const char* backend : {"", "sock_diag", "procfs"}) {  // "" is the automatic choice
    SCOPED_TRACE(backend);
    ASSERT_EQ(setenv("TCPTABLE_BACKEND", backend, 1), 0);
    EXPECT_GT(sweep([](void* table, ULONG* size) {
                return GetTcpTable2(static_cast<PMIB_TCPTABLE2>(table), size, TRUE);
              }),
              0);
    EXPECT_GT(sweep([](void* table, ULONG* size) {
                return GetExtendedTcpTable(table, size, TRUE, kAfInet6, TCP_TABLE_OWNER_MODULE_ALL, 0);
              }),
              0);
    EXPECT_GT(sweep([](void* table, ULONG* size) {
                return GetUdpTable(static_cast<PMIB_UDPTABLE>(table), size, FALSE);
              }),
              0);
  }
  unsetenv("TCPTABLE_BACKEND");
}

}  // namespace
