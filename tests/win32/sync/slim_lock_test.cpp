// SPDX-License-Identifier: MIT
// Slim reader/writer locks and condition variables.
#include <gtest/gtest.h>
#include <windows.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <thread>
#include <vector>

namespace {

class SlimLock : public testing::Test {
 protected:
  // Whether another thread would get it.
  bool is_shareable() {
    return elsewhere([this] {
      const bool taken = TryAcquireSRWLockShared(&lock_) != FALSE;
      if (taken) ReleaseSRWLockShared(&lock_);
      return taken;
    });
  }

  bool is_free() {
    return elsewhere([this] {
      const bool taken = TryAcquireSRWLockExclusive(&lock_) != FALSE;
      if (taken) ReleaseSRWLockExclusive(&lock_);
      return taken;
    });
  }

  SRWLOCK lock_ = SRWLOCK_INIT;
  CONDITION_VARIABLE changed_ = CONDITION_VARIABLE_INIT;

 private:
  static bool elsewhere(const std::function<bool()>& work) {
    bool result = false;
    std::thread([&] { result = work(); }).join();
    return result;
  }
};

TEST_F(SlimLock, IsOneThreadsOrSharedByMany) {
  EXPECT_EQ(sizeof lock_, sizeof(void*));
  InitializeSRWLock(&lock_);
  EXPECT_TRUE(is_free());
  AcquireSRWLockExclusive(&lock_);
  EXPECT_FALSE(is_free());
  EXPECT_FALSE(is_shareable());
  ReleaseSRWLockExclusive(&lock_);
  AcquireSRWLockShared(&lock_);
  EXPECT_FALSE(is_free());
  EXPECT_TRUE(is_shareable());
  ReleaseSRWLockShared(&lock_);
  EXPECT_TRUE(is_free());
}

TEST_F(SlimLock, LetsAWriterInBeforeNewReaders) {
  AcquireSRWLockShared(&lock_);
  std::thread writer([this] {
    AcquireSRWLockExclusive(&lock_);
    ReleaseSRWLockExclusive(&lock_);
  });
  for (int i = 0; i < 1000 && is_shareable(); ++i) Sleep(5);
  EXPECT_FALSE(is_shareable());
  ReleaseSRWLockShared(&lock_);
  writer.join();
  EXPECT_TRUE(is_shareable());
}

TEST_F(SlimLock, KeepsReadersAndWritersApart) {
  int first = 0;
  int second = 0;
  std::atomic<bool> differed{false};
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) {
    threads.emplace_back([&] {
      for (int turn = 0; turn < 20'000; ++turn) {
        AcquireSRWLockExclusive(&lock_);
        ++first;
        ++second;
        ReleaseSRWLockExclusive(&lock_);
      }
    });
    threads.emplace_back([&] {
      for (int turn = 0; turn < 20'000; ++turn) {
        AcquireSRWLockShared(&lock_);
        if (first != second) differed = true;
        ReleaseSRWLockShared(&lock_);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(first, 60'000);
  EXPECT_FALSE(differed);
  EXPECT_TRUE(is_free());
}

TEST_F(SlimLock, IsTakenAgainAfterASleepThatNobodyEnds) {
  InitializeConditionVariable(&changed_);
  for (const ULONG flags : {ULONG{0}, ULONG{CONDITION_VARIABLE_LOCKMODE_SHARED}}) {
    flags == 0 ? AcquireSRWLockExclusive(&lock_) : AcquireSRWLockShared(&lock_);
    const auto start = std::chrono::steady_clock::now();
    EXPECT_FALSE(SleepConditionVariableSRW(&changed_, &lock_, 30, flags));
    EXPECT_EQ(GetLastError(), DWORD{ERROR_TIMEOUT});
    EXPECT_GE(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(30));
    EXPECT_EQ(is_shareable(), flags != 0);
    EXPECT_FALSE(is_free());
    flags == 0 ? ReleaseSRWLockExclusive(&lock_) : ReleaseSRWLockShared(&lock_);
  }
}

TEST_F(SlimLock, HandsItemsFromThreadToThread) {
  constexpr int kItems = 20'000;
  int waiting = 0;
  std::atomic<int> taken{0};
  std::vector<std::thread> takers;
  for (int i = 0; i < 3; ++i) {
    takers.emplace_back([&] {
      AcquireSRWLockExclusive(&lock_);
      while (taken < kItems) {
        while (waiting == 0 && taken < kItems)
          EXPECT_TRUE(SleepConditionVariableSRW(&changed_, &lock_, INFINITE, 0));
        if (waiting == 0) break;
        --waiting;
        if (++taken == kItems) WakeAllConditionVariable(&changed_);
      }
      ReleaseSRWLockExclusive(&lock_);
    });
  }
  for (int i = 0; i < kItems; ++i) {
    AcquireSRWLockExclusive(&lock_);
    ++waiting;
    ReleaseSRWLockExclusive(&lock_);
    WakeConditionVariable(&changed_);
  }
  for (std::thread& taker : takers) taker.join();
  EXPECT_EQ(taken, kItems);
}

TEST(ConditionVariable, GoesWithACriticalSection) {
  CRITICAL_SECTION section;
  CONDITION_VARIABLE changed = CONDITION_VARIABLE_INIT;
  InitializeCriticalSection(&section);
  bool told = false;
  std::atomic<int> woken{0};
  std::vector<std::thread> sleepers;
  for (int i = 0; i < 3; ++i) {
    sleepers.emplace_back([&] {
      EnterCriticalSection(&section);
      while (!told) EXPECT_TRUE(SleepConditionVariableCS(&changed, &section, INFINITE));
      ++woken;
      LeaveCriticalSection(&section);
    });
  }
  Sleep(20);
  EnterCriticalSection(&section);
  EXPECT_FALSE(SleepConditionVariableCS(&changed, &section, 1));
  EXPECT_EQ(GetLastError(), DWORD{ERROR_TIMEOUT});
  told = true;
  LeaveCriticalSection(&section);
  WakeAllConditionVariable(&changed);
  for (std::thread& sleeper : sleepers) sleeper.join();
  EXPECT_EQ(woken, 3);
  DeleteCriticalSection(&section);
}

}  // namespace
