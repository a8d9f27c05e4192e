// SPDX-License-Identifier: MIT
// Events, and waiting for several handles.
#include <gtest/gtest.h>
#include <windows.h>

#include <atomic>
#include <thread>
#include <vector>

namespace {

class Event {
 public:
  explicit Event(BOOL by_hand, BOOL set = FALSE) : handle_(CreateEventA(nullptr, by_hand, set, nullptr)) {}
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;
  ~Event() { CloseHandle(handle_); }
  operator HANDLE() const { return handle_; }

 private:
  const HANDLE handle_;
};

constexpr DWORD kFirst = WAIT_OBJECT_0;
constexpr DWORD kTimeout = WAIT_TIMEOUT;

TEST(Event, ThatIsResetByHandStaysSet) {
  const Event event(TRUE);
  EXPECT_EQ(WaitForSingleObject(event, 0), kTimeout);
  EXPECT_TRUE(SetEvent(event));
  EXPECT_EQ(WaitForSingleObject(event, INFINITE), kFirst);
  EXPECT_EQ(WaitForSingleObject(event, 0), kFirst);
  EXPECT_TRUE(ResetEvent(event));
  EXPECT_EQ(WaitForSingleObject(event, 10), kTimeout);
}

TEST(Event, ThatResetsItselfLetsOneWaiterThroughForEachSetting) {
  const Event event(FALSE, TRUE);
  SetEvent(event);
  EXPECT_EQ(WaitForSingleObject(event, 0), kFirst) << "setting twice is setting once";
  EXPECT_EQ(WaitForSingleObject(event, 0), kTimeout);
  std::atomic<int> through{0};
  std::vector<std::thread> waiters;
  for (int i = 0; i < 4; ++i) {
    waiters.emplace_back([&] {
      if (WaitForSingleObject(event, INFINITE) == kFirst) ++through;
    });
  }
  for (int set = 1; set <= 4; ++set) {
    SetEvent(event);
    for (int i = 0; i < 1000 && through < set; ++i) Sleep(10);
    EXPECT_EQ(through, set);
  }
  for (std::thread& waiter : waiters) waiter.join();
}

TEST(Waiting, ForOneOfSeveralTellsWhich) {
  const Event first(FALSE);
  const Event second(FALSE, TRUE);
  const HANDLE both[] = {first, second};
  EXPECT_EQ(WaitForMultipleObjects(2, both, FALSE, INFINITE), WAIT_OBJECT_0 + 1U);
  EXPECT_EQ(WaitForMultipleObjects(2, both, FALSE, 10), kTimeout) << "it was taken";
}

TEST(Waiting, ForAllTakesNoneBeforeAllAreThere) {
  const Event first(FALSE, TRUE);
  const Event second(FALSE);
  const HANDLE both[] = {first, second};
  EXPECT_EQ(WaitForMultipleObjects(2, both, TRUE, 20), kTimeout);
  EXPECT_EQ(WaitForSingleObject(first, 0), kFirst) << "it was not taken";
  SetEvent(first);
  SetEvent(second);
  EXPECT_EQ(WaitForMultipleObjects(2, both, TRUE, INFINITE), kFirst);
  EXPECT_EQ(WaitForSingleObject(first, 0), kTimeout);
  EXPECT_EQ(WaitForSingleObject(second, 0), kTimeout);
}

TEST(Waiting, ForProcessesEventsAndGarbageAtOnceFails) {
  const Event event(TRUE, TRUE);
  const HANDLE own = OpenProcess(SYNCHRONIZE | PROCESS_QUERY_INFORMATION, FALSE, GetCurrentProcessId());
  const HANDLE mixed[] = {own, event};
  EXPECT_EQ(WaitForMultipleObjects(2, mixed, FALSE, INFINITE), WAIT_OBJECT_0 + 1U) << "this process goes on";
  CloseHandle(own);
  EXPECT_EQ(WaitForMultipleObjects(2, mixed, FALSE, INFINITE), DWORD{WAIT_FAILED});
  EXPECT_EQ(GetLastError(), DWORD{ERROR_INVALID_HANDLE});
}

TEST(Event, OfAnotherProcessCanNotBeOpenedSoNoneHasAName) {
  EXPECT_EQ(CreateEventA(nullptr, TRUE, FALSE, "Global\\name"), nullptr);
  EXPECT_EQ(GetLastError(), DWORD{ERROR_NOT_SUPPORTED});
  const HANDLE event = CreateEventW(nullptr, TRUE, TRUE, L"");
  EXPECT_EQ(WaitForSingleObject(event, 0), kFirst);
  CloseHandle(event);
}

}  // namespace
