// SPDX-License-Identifier: MIT
// Ctrl+C and its kin, in child processes, which the signals may end.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>
#include <windows.h>

#include <atomic>
#include <csignal>
#include <functional>

namespace {

std::atomic<int> calls{0};
std::atomic<DWORD> last_event{99};

BOOL WINAPI take(DWORD event) {
  last_event = event;
  ++calls;
  return TRUE;
}

BOOL WINAPI pass_on(DWORD /*event*/) {
  calls += 10;
  return FALSE;
}

// The status of a child that does this.
int status_of(const std::function<int()>& work) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(work());
  int status = 0;
  ::waitpid(child, &status, 0);
  return status;
}

bool comes_true(const std::function<bool()>& condition) {
  for (int i = 0; i < 1000 && !condition(); ++i) Sleep(10);
  return condition();
}

int send_and_wait(int signal, int wanted_calls) {
  ::kill(::getpid(), signal);
  return comes_true([=] { return calls == wanted_calls; }) ? 0 : 1;
}

TEST(ControlHandler, OfEachSignalIsCalledWithItsEvent) {
  const struct {
    int signal;
    DWORD event;
  } controls[] = {{SIGINT, CTRL_C_EVENT},
                  {SIGQUIT, CTRL_BREAK_EVENT},
                  {SIGHUP, CTRL_CLOSE_EVENT},
                  {SIGTERM, CTRL_SHUTDOWN_EVENT}};
  for (const auto& control : controls) {
    const int status = status_of([&] {
      if (!SetConsoleCtrlHandler(take, TRUE)) return 2;
      return send_and_wait(control.signal, 1) == 0 && last_event == control.event ? 0 : 1;
    });
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << control.signal << " " << status;
  }
}

TEST(ControlHandler, LastAddedIsTheFirstAndMayPassOn) {
  const int status = status_of([] {
    SetConsoleCtrlHandler(take, TRUE);
    SetConsoleCtrlHandler(pass_on, TRUE);
    return send_and_wait(SIGINT, 11);
  });
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
}

TEST(ControlHandler, ThatNobodyTakesEndsTheProcess) {
  const int status = status_of([] {
    SetConsoleCtrlHandler(pass_on, TRUE);
    ::kill(::getpid(), SIGINT);
    Sleep(10'000);
    return 0;
  });
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGINT) << status;
}

TEST(ControlHandler, CanBeRemovedOnceForEachAdding) {
  const int status = status_of([] {
    SetConsoleCtrlHandler(take, TRUE);
    if (!SetConsoleCtrlHandler(take, FALSE)) return 1;
    if (SetConsoleCtrlHandler(take, FALSE) || GetLastError() != ERROR_INVALID_PARAMETER) return 2;
    ::kill(::getpid(), SIGTERM);
    Sleep(10'000);
    return 3;
  });
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM) << status;
}

TEST(ControlHandler, OfNullIgnoresCtrlCUntilItIsTakenBack) {
  const int status = status_of([] {
    SetConsoleCtrlHandler(nullptr, TRUE);
    ::kill(::getpid(), SIGINT);
    Sleep(100);
    SetConsoleCtrlHandler(nullptr, FALSE);
    ::kill(::getpid(), SIGINT);
    Sleep(10'000);
    return 0;
  });
  EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGINT) << status;
}

}  // namespace
