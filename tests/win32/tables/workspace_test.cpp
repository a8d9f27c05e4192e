// SPDX-License-Identifier: MIT
// What the process keeps for the table functions: many threads at once, with forks in between.
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include "win32/tables/table_test.hpp"

namespace {

constexpr int kThreads = 16;
constexpr int kForks = 10;

// "" where the one listener is the table and this process its owner.
std::string fault_of_table(DWORD owner) {
  ULONG size = 0;
  std::vector<char> buffer(4);
  ULONG code = GetTcpTable2(nullptr, &size, TRUE);
  while (code == ERROR_INSUFFICIENT_BUFFER) {
    buffer.resize(size);
    code = GetTcpTable2(reinterpret_cast<MIB_TCPTABLE2*>(buffer.data()), &size, TRUE);
  }
  if (code != NO_ERROR) return "code " + std::to_string(code);
  const auto* table = reinterpret_cast<const MIB_TCPTABLE2*>(buffer.data());
  if (table->dwNumEntries != 1) return std::to_string(table->dwNumEntries) + " rows";
  return table->table[0].dwOwningPid == owner ? "" : "owner " + std::to_string(table->table[0].dwOwningPid);
}

class TableWorkspace : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override {
    if (!loopback::enter_namespace()) GTEST_SKIP() << "needs the right to make a network namespace";
    ::setenv("TCPTABLE_BACKEND", GetParam(), 1);
    ULONG size = 0;
    if (GetTcpTable2(nullptr, &size, TRUE) != ERROR_INSUFFICIENT_BUFFER)
      GTEST_SKIP() << "this backend can't be used here";
  }
  void TearDown() override { ::unsetenv("TCPTABLE_BACKEND"); }
};

TEST_P(TableWorkspace, SixteenThreadsGetRightTablesWhileTheProcessForks) {
  const loopback::Socket listener = loopback::listen_on("127.0.0.1");
  const auto owner = static_cast<DWORD>(::getpid());
  std::atomic<bool> done{false};
  std::atomic<int> wrong{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      do {
        wrong += fault_of_table(owner).empty() ? 0 : 1;
      } while (!done);
    });
  }
  // The child holds the listener too; its parent is the older holder.
  for (int i = 0; i < kForks; ++i) {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(fault_of_table(owner).empty() ? 0 : 1);
    int status = -1;
    ::waitpid(child, &status, 0);
    EXPECT_EQ(status, 0) << "child " << i;
  }
  done = true;
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong, 0);
}

INSTANTIATE_TEST_SUITE_P(EachBackend, TableWorkspace, ::testing::Values("bpf", "sock_diag"),
                         [](const auto& instance) { return std::string(instance.param); });

}  // namespace
