// SPDX-License-Identifier: MIT
// Threads as monitors of connections start them.
#include <gtest/gtest.h>
#include <windows.h>

#include <process.h>

#include <atomic>
#include <cerrno>

namespace {

DWORD WINAPI double_it(LPVOID number) {
  *static_cast<LONG*>(number) *= 2;
  return 7;
}

unsigned __stdcall give_id(void* id) {
  *static_cast<DWORD*>(id) = GetCurrentThreadId();
  return 5;
}

TEST(Thread, RunsGivesItsCodeAndCanBeWaitedFor) {
  LONG number = 21;
  DWORD id = 0;
  const HANDLE thread = CreateThread(nullptr, 0, double_it, &number, 0, &id);
  ASSERT_NE(thread, nullptr);
  EXPECT_EQ(WaitForSingleObject(thread, INFINITE), DWORD{WAIT_OBJECT_0});
  EXPECT_EQ(number, 42);
  EXPECT_NE(id, GetCurrentThreadId());
  DWORD code = 0;
  EXPECT_TRUE(GetExitCodeThread(thread, &code));
  EXPECT_EQ(code, 7U);
  EXPECT_EQ(WaitForSingleObject(thread, 0), DWORD{WAIT_OBJECT_0}) << "it stays ended";
  EXPECT_TRUE(CloseHandle(thread));
  EXPECT_FALSE(CloseHandle(thread));
}

TEST(Thread, ThatIsSuspendedBeginsWhenItIsResumed) {
  LONG number = 1;
  const HANDLE thread = CreateThread(nullptr, 0, double_it, &number, CREATE_SUSPENDED, nullptr);
  DWORD code = 0;
  EXPECT_EQ(WaitForSingleObject(thread, 50), DWORD{WAIT_TIMEOUT});
  EXPECT_TRUE(GetExitCodeThread(thread, &code));
  EXPECT_EQ(code, static_cast<DWORD>(STILL_ACTIVE));
  EXPECT_EQ(ResumeThread(thread), 1U);
  EXPECT_EQ(ResumeThread(thread), 0U);
  EXPECT_EQ(WaitForSingleObject(thread, INFINITE), DWORD{WAIT_OBJECT_0});
  EXPECT_EQ(number, 2);
  CloseHandle(thread);
}

TEST(Thread, OfTheCLibraryClosesItsOwnHandle) {
  static std::atomic<bool> may_end{false};
  const auto begin = [](void* ended) {
    while (!may_end) Sleep(1);
    static_cast<std::atomic<bool>*>(ended)->store(true);
    _endthread();
  };
  std::atomic<bool> ended{false};
  const uintptr_t begun = _beginthread(begin, 0, &ended);
  const auto thread = reinterpret_cast<HANDLE>(begun);
  DWORD code = 0;
  EXPECT_TRUE(GetExitCodeThread(thread, &code));
  EXPECT_EQ(code, static_cast<DWORD>(STILL_ACTIVE));
  may_end = true;
  for (int i = 0; i < 1000 && GetExitCodeThread(thread, &code); ++i) Sleep(10);
  EXPECT_TRUE(ended);
  EXPECT_FALSE(CloseHandle(thread));
  EXPECT_EQ(_beginthread(nullptr, 0, nullptr), ~uintptr_t{0});
  EXPECT_EQ(errno, EINVAL);
}

struct Cleaned {
  ~Cleaned() { ++count; }
  static inline std::atomic<int> count{0};
};

TEST(Thread, MayEndItselfAnywhere) {
  const HANDLE thread = CreateThread(
      nullptr, 0,
      [](LPVOID) -> DWORD {
        const Cleaned cleaned;
        ExitThread(9);
      },
      nullptr, 0, nullptr);
  EXPECT_EQ(WaitForSingleObject(thread, INFINITE), DWORD{WAIT_OBJECT_0});
  DWORD code = 0;
  GetExitCodeThread(thread, &code);
  EXPECT_EQ(code, 9U);
  EXPECT_EQ(Cleaned::count, 1);
  CloseHandle(thread);
}

TEST(Thread, OfTheCLibraryIsTheSame) {
  DWORD seen = 0;
  unsigned id = 0;
  const auto thread = reinterpret_cast<HANDLE>(_beginthreadex(nullptr, 0, give_id, &seen, 0, &id));
  ASSERT_NE(thread, nullptr);
  EXPECT_EQ(WaitForSingleObject(thread, INFINITE), DWORD{WAIT_OBJECT_0});
  EXPECT_EQ(seen, id);
  CloseHandle(thread);
}

TEST(Thread, OutlivesItsHandle) {
  std::atomic<bool> ran{false};
  const HANDLE go = CreateEventA(nullptr, TRUE, FALSE, nullptr);
  struct Shared {
    HANDLE go;
    std::atomic<bool>* ran;
  } shared{go, &ran};
  CloseHandle(CreateThread(
      nullptr, 0,
      [](LPVOID given) -> DWORD {
        const auto* const both = static_cast<Shared*>(given);
        WaitForSingleObject(both->go, INFINITE);
        *both->ran = true;
        return 0;
      },
      &shared, 0, nullptr));
  SetEvent(go);
  for (int i = 0; i < 1000 && !ran; ++i) Sleep(10);
  EXPECT_TRUE(ran);
  CloseHandle(go);
}

}  // namespace
