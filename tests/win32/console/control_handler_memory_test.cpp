// SPDX-License-Identifier: MIT
// Each allocation of SetConsoleCtrlHandler fails in turn: whether it fails or not, the caller's signals stay
// as they were.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>
#include <windows.h>

#include <csignal>

#include "support/failing_allocations.hpp"

namespace tcptable::test {
namespace {

enum Outcome { kRight, kFailedByCode, kBlockedSignals, kFailedOtherwise };

BOOL WINAPI take(DWORD /*event*/) {
  return TRUE;
}

Outcome outcome_after(int allocations) {
  BOOL added = FALSE;
  {
    const FailingAllocations failing(allocations, Failing::one);
    added = SetConsoleCtrlHandler(take, TRUE);
  }
  sigset_t blocked;
  ::pthread_sigmask(SIG_SETMASK, nullptr, &blocked);
  if (::sigismember(&blocked, SIGTERM) != 0) return kBlockedSignals;
  if (added != FALSE) return kRight;
  return FailingAllocations::has_failed() ? kFailedByCode : kFailedOtherwise;
}

TEST(ControlHandlerWithoutMemory, LeavesTheCallersSignalsAsTheyWere) {
  constexpr int kMost = 100;
  int status = -1;
  for (int count = 0; count < kMost && status != kRight; ++count) {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(outcome_after(count));
    ::waitpid(child, &status, 0);
    ASSERT_TRUE(WIFEXITED(status)) << "after " << count;
    status = WEXITSTATUS(status);
    EXPECT_TRUE(status == kRight || status == kFailedByCode) << status << " after " << count;
  }
  EXPECT_EQ(status, kRight);
}

}  // namespace
}  // namespace tcptable::test
