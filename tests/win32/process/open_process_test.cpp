// SPDX-License-Identifier: MIT
// Handles of processes: what opens, what is refused by which code, waiting and ending.
#include "process_fixture.hpp"

#include <psapi.h>
#include <tlhelp32.h>

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#include <thread>
#include <vector>

#include "support/child_process.hpp"

namespace {

using namespace tcptable::test;

class OpenProcessTest : public ProcessTest {};

TEST_F(OpenProcessTest, AHandleKnowsItsPid) {
  const Handle process(OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, pid()));
  ASSERT_NE(process, nullptr);
  EXPECT_EQ(GetProcessId(process), pid());
  EXPECT_EQ(GetProcessId(GetCurrentProcess()), GetCurrentProcessId());
}

TEST_F(OpenProcessTest, NumbersOfNoProcessAreInvalidParameters) {
  for (const DWORD number : {DWORD{0}, DWORD{0x7FFFFFFF}, DWORD{0xFFFFFFFF}}) {
    EXPECT_EQ(OpenProcess(kLook, FALSE, number), nullptr) << number;
    EXPECT_EQ(GetLastError(), DWORD{ERROR_INVALID_PARAMETER}) << number;
  }
}

TEST_F(OpenProcessTest, AThreadsNumberIsNoProcess) {
  DWORD code = 0;
  std::thread([&code] {
    ASSERT_NE(GetCurrentThreadId(), GetCurrentProcessId());
    code = OpenProcess(PROCESS_ALL_ACCESS, FALSE, GetCurrentThreadId()) == nullptr ? GetLastError() : 0;
  }).join();
  EXPECT_EQ(code, DWORD{ERROR_INVALID_PARAMETER});
}

TEST_F(OpenProcessTest, WithoutRightsNothingOpens) {
  EXPECT_EQ(error_of(OpenProcess(0, FALSE, pid())), DWORD{ERROR_ACCESS_DENIED});
}

TEST_F(OpenProcessTest, AHandleGivesOnlyTheRightsThatWereAskedFor) {
  char name[MAX_PATH];
  const Handle synchronize(OpenProcess(SYNCHRONIZE, FALSE, pid()));
  ASSERT_NE(synchronize, nullptr);
  EXPECT_EQ(error_of(GetProcessId(synchronize)), DWORD{ERROR_ACCESS_DENIED});
  EXPECT_EQ(error_of(TerminateProcess(synchronize, 1)), DWORD{ERROR_ACCESS_DENIED});
  const Handle limited(OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, pid()));
  EXPECT_EQ(error_of(GetModuleBaseNameA(limited, nullptr, name, MAX_PATH)), DWORD{ERROR_ACCESS_DENIED});
  EXPECT_EQ(WaitForSingleObject(limited, 0), DWORD{WAIT_FAILED});
}

TEST_F(OpenProcessTest, AnotherUsersProcessIsDenied) {
  if (geteuid() != 0) GTEST_SKIP() << "needs root, to become another user";
  const pid_t parents = program_.pid();
  const Child nobody([parents]() -> std::string {
    if (setgid(65534) != 0 || setuid(65534) != 0) return "can't become another user";
    const DWORD number = static_cast<DWORD>(parents);
    std::string codes;
    for (const DWORD access : {DWORD{PROCESS_QUERY_LIMITED_INFORMATION}, DWORD{PROCESS_TERMINATE}})
      codes += OpenProcess(access, FALSE, number) == nullptr ? std::to_string(GetLastError()) + " " : "open ";
    const HANDLE waiting = OpenProcess(SYNCHRONIZE, FALSE, number);
    return codes + (waiting != nullptr ? "waits" : "doesn't wait");
  });
  EXPECT_EQ(nobody.report(), "5 5 waits");
}

TEST_F(OpenProcessTest, GarbageAndClosedHandlesAreInvalid) {
  const HANDLE closed = OpenProcess(PROCESS_ALL_ACCESS, FALSE, pid());
  ASSERT_TRUE(CloseHandle(closed));
  const Handle later(OpenProcess(PROCESS_ALL_ACCESS, FALSE, pid()));
  const Handle list(CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0));
  int on_stack = 0;
  for (const HANDLE garbage : {closed, HANDLE{list}, HANDLE{nullptr}, HANDLE{&on_stack}, GetProcessHeap(),
                               reinterpret_cast<HANDLE>(UINT_PTR{0x7FFFFFFC})}) {
    EXPECT_EQ(error_of(GetProcessId(garbage)), DWORD{ERROR_INVALID_HANDLE});
  }
  for (const HANDLE garbage : {closed, HANDLE{nullptr}, HANDLE{&on_stack}, GetProcessHeap()})
    EXPECT_EQ(error_of(CloseHandle(garbage)), DWORD{ERROR_INVALID_HANDLE});
  EXPECT_TRUE(CloseHandle(GetCurrentProcess()));
}

TEST_F(OpenProcessTest, AHandleNeverMeansALaterProcessOfThatPid) {
  const Handle process(OpenProcess(PROCESS_ALL_ACCESS, FALSE, pid()));
  ASSERT_NE(process, nullptr);
  EXPECT_EQ(WaitForSingleObject(process, 0), DWORD{WAIT_TIMEOUT});
  EXPECT_EQ(WaitForSingleObject(process, 20), DWORD{WAIT_TIMEOUT});
  ASSERT_TRUE(TerminateProcess(process, 1));
  EXPECT_EQ(WaitForSingleObject(process, INFINITE), DWORD{WAIT_OBJECT_0});
  char path[MAX_PATH];
  DWORD size = MAX_PATH;
  EXPECT_EQ(error_of(QueryFullProcessImageNameA(process, 0, path, &size)), DWORD{ERROR_GEN_FAILURE});
  waitpid(program_.pid(), nullptr, 0);
  EXPECT_EQ(error_of(QueryFullProcessImageNameA(process, 0, path, &size)), DWORD{ERROR_GEN_FAILURE});
  EXPECT_EQ(error_of(TerminateProcess(process, 1)), DWORD{ERROR_ACCESS_DENIED});
  EXPECT_EQ(error_of(OpenProcess(kLook, FALSE, pid())), DWORD{ERROR_INVALID_PARAMETER});
}

TEST_F(OpenProcessTest, AProcessIsActiveUntilItHasAnExitCode) {
  int ends_child[2];
  ASSERT_EQ(pipe2(ends_child, O_CLOEXEC), 0);
  const pid_t child = fork();
  if (child == 0) {
    char byte = 0;
    _exit(read(ends_child[0], &byte, 1) == 1 ? 7 : 1);
  }
  const DWORD number = static_cast<DWORD>(child);
  const Handle process(OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION | SYNCHRONIZE, FALSE, number));
  DWORD code = 0;
  ASSERT_TRUE(GetExitCodeProcess(process, &code));
  EXPECT_EQ(code, DWORD{STILL_ACTIVE});
  ASSERT_EQ(write(ends_child[1], "x", 1), 1);
  close(ends_child[0]);
  close(ends_child[1]);
  ASSERT_EQ(WaitForSingleObject(process, INFINITE), DWORD{WAIT_OBJECT_0});
  ASSERT_TRUE(GetExitCodeProcess(process, &code));
  EXPECT_EQ(code, 7U);
  waitpid(child, nullptr, 0);
  // Linux 6.15 and later still know.
  if (GetExitCodeProcess(process, &code) == FALSE) {
    EXPECT_EQ(GetLastError(), DWORD{ERROR_GEN_FAILURE});
  } else {
    EXPECT_EQ(code, 7U);
  }
}

TEST_F(OpenProcessTest, AKilledProcessHasAShellsExitCode) {
  const Handle process(OpenProcess(PROCESS_ALL_ACCESS, FALSE, pid()));
  ASSERT_TRUE(TerminateProcess(process, 1));
  ASSERT_EQ(WaitForSingleObject(process, INFINITE), DWORD{WAIT_OBJECT_0});
  DWORD code = 0;
  ASSERT_TRUE(GetExitCodeProcess(process, &code));
  EXPECT_EQ(code, 128U + SIGKILL);
}

TEST_F(OpenProcessTest, ManyThreadsShareTheHandles) {
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([this] {
      for (int round = 0; round < 50; ++round) {
        const Handle process(OpenProcess(PROCESS_ALL_ACCESS, FALSE, pid()));
        EXPECT_EQ(GetProcessId(process), pid());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
}

TEST_F(OpenProcessTest, HandlesDoNotGoOverToPrograms) {
  const Handle process(OpenProcess(PROCESS_ALL_ACCESS, FALSE, pid()));
  ASSERT_NE(process, nullptr);
  for (int fd = 3; fd < 64; ++fd) {
    char target[64] = {};
    if (readlink(("/proc/self/fd/" + std::to_string(fd)).c_str(), target, sizeof(target) - 1) < 0) continue;
    if (std::string(target).find("pidfd") == std::string::npos) continue;
    EXPECT_NE(fcntl(fd, F_GETFD) & FD_CLOEXEC, 0);
  }
}

}  // namespace
