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

// The status of a child that sends itself the signal once it is prepared: how often handlers were called.
int status_of_child(const std::function<void()>& prepare, int signal) {
  const pid_t child = ::fork();
  if (child == 0) {
    prepare();
    ::kill(::getpid(), signal);
    Sleep(200);
    ::_exit(calls);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return status;
}

TEST(ControlHandler, IsNotCalledForSignalsToAChild) {
  const int status = status_of([] {
    SetConsoleCtrlHandler(take, TRUE);
    const int of_child = status_of_child([] {}, SIGTERM);
    if (!WIFSIGNALED(of_child) || WTERMSIG(of_child) != SIGTERM) return 2;
    Sleep(100);
    return calls == 0 ? send_and_wait(SIGTERM, 1) : 3;
  });
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
}

TEST(ControlHandler, MayBeAddedByAChildForItself) {
  const int status = status_of([] {
    SetConsoleCtrlHandler(pass_on, TRUE);
    const int of_child = status_of_child([] { SetConsoleCtrlHandler(take, TRUE); }, SIGHUP);
    return WIFEXITED(of_child) && WEXITSTATUS(of_child) == 1 && calls == 0 ? 0 : 1;
  });
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
}

TEST(ControlHandler, OfNullIgnoresCtrlCInAChildToo) {
  const int status = status_of([] {
    SetConsoleCtrlHandler(nullptr, TRUE);
    const int of_child = status_of_child([] {}, SIGINT);
    return WIFEXITED(of_child) ? 0 : 1;
  });
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
}

TEST(ControlHandler, IsCalledWhereTheProgramHasClosedAllDescriptors) {
  const int status = status_of([] {
    SetConsoleCtrlHandler(take, TRUE);
    ::close_range(0, ~0U, 0);
    return send_and_wait(SIGTERM, 1);
  });
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
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
