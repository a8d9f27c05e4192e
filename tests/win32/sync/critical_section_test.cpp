// SPDX-License-Identifier: MIT
// Critical sections and interlocked numbers.
#include <gtest/gtest.h>
#include <windows.h>

#include <thread>
#include <vector>

namespace {

class CriticalSection : public testing::Test {
 protected:
  CriticalSection() { InitializeCriticalSection(&section_); }
  ~CriticalSection() override { DeleteCriticalSection(&section_); }

  bool another_thread_gets_in() {
    BOOL entered = FALSE;
    std::thread([&] {
      entered = TryEnterCriticalSection(&section_);
      if (entered) LeaveCriticalSection(&section_);
    }).join();
    return entered != FALSE;
  }

  CRITICAL_SECTION section_;
};

TEST_F(CriticalSection, KeepsOthersOutUntilItIsLeftAsOftenAsEntered) {
  EXPECT_TRUE(another_thread_gets_in());
  EnterCriticalSection(&section_);
  EnterCriticalSection(&section_);
  EXPECT_TRUE(TryEnterCriticalSection(&section_));
  LeaveCriticalSection(&section_);
  LeaveCriticalSection(&section_);
  EXPECT_FALSE(another_thread_gets_in());
  LeaveCriticalSection(&section_);
  EXPECT_TRUE(another_thread_gets_in());
}

TEST_F(CriticalSection, LetsOneThreadCountAtATime) {
  constexpr int kThreads = 8;
  constexpr int kRounds = 20'000;
  int count = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < kRounds; ++round) {
        EnterCriticalSection(&section_);
        ++count;
        LeaveCriticalSection(&section_);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(count, kThreads * kRounds);
}

TEST(Interlocked, GivesTheNewNumberOrTheOldOne) {
  LONG number = 5;
  EXPECT_EQ(InterlockedIncrement(&number), 6);
  EXPECT_EQ(InterlockedDecrement(&number), 5);
  EXPECT_EQ(InterlockedExchange(&number, 9), 5);
  EXPECT_EQ(InterlockedExchangeAdd(&number, 2), 9);
  EXPECT_EQ(InterlockedCompareExchange(&number, 1, 11), 11);
  EXPECT_EQ(InterlockedCompareExchange(&number, 2, 11), 1) << "not what is there";
  EXPECT_EQ(number, 1);
  LONG64 wide = LONG64{1} << 40;
  EXPECT_EQ(InterlockedIncrement64(&wide), (LONG64{1} << 40) + 1);
}

}  // namespace
