// SPDX-License-Identifier: MIT
// Each allocation of CreateThread fails in turn: a thread that runs, or none and no handle.
#include <gtest/gtest.h>
#include <windows.h>

#include "support/failing_allocations.hpp"

namespace tcptable::test {
namespace {

DWORD WINAPI count_call(LPVOID calls) {
  ++*static_cast<LONG*>(calls);
  return 0;
}

TEST(ThreadWithoutMemory, IsNoHandle) {
  constexpr int kMost = 1000;
  constexpr DWORD kLongEnough = 10'000;
  for (int count = 0; count < kMost; ++count) {
    SCOPED_TRACE(count);
    LONG calls = 0;
    HANDLE thread = nullptr;
    DWORD code = NO_ERROR;
    {
      const FailingAllocations failing(count, Failing::one);
      thread = CreateThread(nullptr, 0, count_call, &calls, 0, nullptr);
      code = GetLastError();
    }
    if (thread == nullptr) {
      ASSERT_EQ(code, DWORD{ERROR_NOT_ENOUGH_MEMORY});
      continue;
    }
    ASSERT_EQ(WaitForSingleObject(thread, kLongEnough), DWORD{WAIT_OBJECT_0});
    EXPECT_EQ(calls, 1);
    CloseHandle(thread);
    if (!FailingAllocations::has_failed()) return;
  }
  FAIL() << "never succeeded";
}

}  // namespace
}  // namespace tcptable::test
