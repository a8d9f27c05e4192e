// SPDX-License-Identifier: MIT
// A session's memory: once it has seen a table, further ones of that size allocate nothing. Counted where
// every allocation passes, by new or by malloc, from the library or from the C library's own work.

#include <atomic>
#include <cstdlib>

#include "contract/snapshot_fixture.hpp"
#include "support/sockets.hpp"

namespace {

std::atomic<std::size_t> allocations{0};

}  // namespace

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define TCPTABLE_COUNTS_ALLOCATIONS 1

extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* memory, std::size_t size);

void* malloc(std::size_t size) {
  ++allocations;
  return __libc_malloc(size);
}
void* calloc(std::size_t count, std::size_t size) {
  ++allocations;
  return __libc_calloc(count, size);
}
void* realloc(void* memory, std::size_t size) {
  ++allocations;
  return __libc_realloc(memory, size);
}
}
#endif

namespace tcptable::test {
namespace {

constexpr int kConnections = 4100;  // enough for several threads

class SessionMemory : public InOwnNamespace {
 protected:
  void SetUp() override {
    InOwnNamespace::SetUp();
    if (IsSkipped()) return;
#ifndef TCPTABLE_COUNTS_ALLOCATIONS
    GTEST_SKIP() << "a sanitizer counts allocations by itself";
#endif
    if (!take_snapshot(by_bpf())) GTEST_SKIP() << "needs CAP_BPF, CAP_PERFMON, Linux 6.2 and its BTF";
    if (!allow_descriptors(2 * kConnections + 64)) GTEST_SKIP() << "needs a hard RLIMIT_NOFILE of 8264";
    listener_ = listen_on(loopback(Family::ipv4), kConnections);
    for (int i = 0; i < kConnections; ++i) connections_.push_back(make_connection(listener_));
  }

  static Query by_bpf() {
    Query query;
    query.cookies = false;
    return query;
  }

  // By the session's tables after the first few.
  static std::size_t allocations_of(Session& session) {
    for (int warm = 0; warm < 8; ++warm) {
      if (!session.changes()) return SIZE_MAX;
    }
    const std::size_t before = allocations;
    for (int table = 0; table < 5; ++table) {
      const auto changes = session.changes();
      if (!changes || changes->now.rows().size() != 2 * kConnections + 1) return SIZE_MAX;
    }
    return allocations - before;
  }

  const ForcedBackend forced_{"bpf"};
  Fd listener_;
  std::vector<Connection> connections_;
};

TEST_F(SessionMemory, FurtherTablesAndChangesAllocateNothingByBpf) {
  Session session = std::move(*Session::open(by_bpf()));
  EXPECT_EQ(allocations_of(session), 0U);
}

TEST_F(SessionMemory, FurtherTablesAllocateNothingBySockDiagWithOwnersByBpf) {
  ::unsetenv("TCPTABLE_BACKEND");  // the programs are loaded already
  Session session = std::move(*Session::open(Query()));
  ASSERT_TRUE(session.snapshot());
  EXPECT_EQ((*session.snapshot())->backend_name(), "sock_diag");
  EXPECT_EQ((*session.snapshot())->owner_source(), "bpf");
  EXPECT_EQ(allocations_of(session), 0U);
}

TEST_F(SessionMemory, TheCounterCounts) {
  const std::size_t before = allocations;
  const auto snapshot = take_snapshot(by_bpf());
  ASSERT_TRUE(snapshot);
  EXPECT_GT(allocations, before);
}

}  // namespace
}  // namespace tcptable::test
