// SPDX-License-Identifier: MIT
// Mutexes and semaphores.
#include <gtest/gtest.h>
#include <windows.h>

#include <atomic>
#include <thread>
#include <vector>

namespace {

class Handle {
 public:
  explicit Handle(HANDLE handle) : handle_(handle) { EXPECT_NE(handle, nullptr); }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() { EXPECT_TRUE(CloseHandle(handle_)); }
  operator HANDLE() const { return handle_; }

 private:
  const HANDLE handle_;
};

constexpr DWORD kFirst = WAIT_OBJECT_0;
constexpr DWORD kTimeout = WAIT_TIMEOUT;
constexpr DWORD kAbandoned = WAIT_ABANDONED;

HANDLE new_mutex(BOOL taken = FALSE) {
  return CreateMutexA(nullptr, taken, nullptr);
}

HANDLE new_semaphore(LONG count, LONG greatest) {
  return CreateSemaphoreA(nullptr, count, greatest, "");
}

// What another thread gets, which gives it up again.
DWORD elsewhere(HANDLE mutex, DWORD milliseconds = 0) {
  DWORD answer = WAIT_FAILED;
  std::thread([&] {
    answer = WaitForSingleObject(mutex, milliseconds);
    if (answer != kTimeout) ReleaseMutex(mutex);
  }).join();
  return answer;
}

DWORD WINAPI take(LPVOID mutex) {
  return WaitForSingleObject(mutex, INFINITE);
}

TEST(Mutex, IsItsThreadsUntilReleasedAsOftenAsTaken) {
  const Handle mutex(new_mutex());
  EXPECT_EQ(elsewhere(mutex), kFirst);
  EXPECT_EQ(WaitForSingleObject(mutex, INFINITE), kFirst);
  EXPECT_EQ(WaitForSingleObject(mutex, INFINITE), kFirst);
  EXPECT_EQ(elsewhere(mutex, 10), kTimeout);
  EXPECT_TRUE(ReleaseMutex(mutex));
  EXPECT_EQ(elsewhere(mutex), kTimeout);
  EXPECT_TRUE(ReleaseMutex(mutex));
  EXPECT_EQ(elsewhere(mutex), kFirst);
}

TEST(Mutex, IsReleasedByItsOwnThreadOnly) {
  const Handle mutex(new_mutex(TRUE));
  std::thread([&] {
    EXPECT_FALSE(ReleaseMutex(mutex));
    EXPECT_EQ(GetLastError(), DWORD{ERROR_NOT_OWNER});
  }).join();
  EXPECT_TRUE(ReleaseMutex(mutex));
  EXPECT_FALSE(ReleaseMutex(mutex));
  EXPECT_EQ(GetLastError(), DWORD{ERROR_NOT_OWNER});
}

TEST(Mutex, IsAbandonedOnceByAThreadThatEnds) {
  const Handle mutex(new_mutex());
  const Handle thread(CreateThread(nullptr, 0, take, mutex, 0, nullptr));
  ASSERT_EQ(WaitForSingleObject(thread, INFINITE), kFirst);
  EXPECT_EQ(WaitForSingleObject(mutex, 0), kAbandoned);
  EXPECT_EQ(WaitForSingleObject(mutex, 0), kFirst) << "it is this thread's by now";
  EXPECT_TRUE(ReleaseMutex(mutex));
  EXPECT_TRUE(ReleaseMutex(mutex));
  EXPECT_EQ(elsewhere(mutex), kFirst);
}

TEST(Mutex, IsAbandonedByThreadsOfOthersMakingToo) {
  const Handle mutex(new_mutex());
  std::thread([&] { take(mutex); }).join();
  EXPECT_EQ(elsewhere(mutex, 5000), kAbandoned);
}

TEST(Mutex, MayBeClosedWhileItIsTaken) {
  std::thread([] {
    for (int i = 0; i < 3000; ++i) {  // more than there are descriptors
      const HANDLE mutex = new_mutex(TRUE);
      ASSERT_NE(mutex, nullptr);
      EXPECT_TRUE(CloseHandle(mutex));
    }
  }).join();
}

TEST(Mutex, LetsOneThreadInAtATime) {
  const Handle mutex(new_mutex());
  int number = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int turn = 0; turn < 2000; ++turn) {
        WaitForSingleObject(mutex, INFINITE);
        ++number;
        ReleaseMutex(mutex);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(number, 8000);
}

TEST(Mutex, AmongOthersIsTakenWithAllOrNotAtAll) {
  const Handle mutex(new_mutex());
  const Handle event(CreateEventA(nullptr, FALSE, FALSE, nullptr));
  const HANDLE both[] = {event, mutex};
  EXPECT_EQ(WaitForMultipleObjects(2, both, TRUE, 10), kTimeout);
  EXPECT_EQ(elsewhere(mutex), kFirst);
  std::thread([&] { take(mutex); }).join();
  SetEvent(event);
  EXPECT_EQ(WaitForMultipleObjects(2, both, TRUE, 5000), kAbandoned + 1);
  EXPECT_EQ(WaitForMultipleObjects(2, both, FALSE, 0), kFirst + 1) << "its own is always free";
  EXPECT_EQ(elsewhere(mutex), kTimeout);
  EXPECT_TRUE(ReleaseMutex(mutex));
  EXPECT_TRUE(ReleaseMutex(mutex));
}

TEST(Semaphore, LetsAsManyThroughAsItsNumber) {
  const Handle semaphore(new_semaphore(2, 3));
  EXPECT_EQ(WaitForSingleObject(semaphore, 0), kFirst);
  EXPECT_EQ(WaitForSingleObject(semaphore, 0), kFirst);
  EXPECT_EQ(WaitForSingleObject(semaphore, 10), kTimeout);
  LONG before = -1;
  EXPECT_TRUE(ReleaseSemaphore(semaphore, 2, &before));
  EXPECT_EQ(before, 0);
  EXPECT_TRUE(ReleaseSemaphore(semaphore, 1, &before));
  EXPECT_EQ(before, 2);
}

TEST(Semaphore, IsNeverAboveItsGreatest) {
  const Handle semaphore(new_semaphore(2, 3));
  LONG before = -1;
  for (const LONG number : {2, MAXLONG}) {
    EXPECT_FALSE(ReleaseSemaphore(semaphore, number, &before));
    EXPECT_EQ(GetLastError(), DWORD{ERROR_TOO_MANY_POSTS});
  }
  EXPECT_EQ(before, -1);
  EXPECT_TRUE(ReleaseSemaphore(semaphore, 1, nullptr));
}

TEST(Semaphore, WakesThoseWhoWait) {
  const Handle semaphore(new_semaphore(0, 10));
  std::atomic<int> through{0};
  std::vector<std::thread> waiters;
  for (int i = 0; i < 4; ++i) {
    waiters.emplace_back([&] {
      if (WaitForSingleObject(semaphore, INFINITE) == kFirst) ++through;
    });
  }
  ReleaseSemaphore(semaphore, 3, nullptr);
  for (int i = 0; i < 1000 && through < 3; ++i) Sleep(10);
  EXPECT_EQ(through, 3);
  ReleaseSemaphore(semaphore, 1, nullptr);
  for (std::thread& waiter : waiters) waiter.join();
  EXPECT_EQ(through, 4);
}

}  // namespace
