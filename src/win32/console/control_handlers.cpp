// SPDX-License-Identifier: MIT
// SetConsoleCtrlHandler: signals become calls of handlers on a thread of their own, as Windows makes them.
#include "win32/export.hpp"
#include "win32/forks.hpp"
#include "win32/last_error.hpp"

#include <wincon.h>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <mutex>
#include <thread>
#include <vector>

using namespace tcptable::win32;

namespace {

struct Control {
  int signal;
  DWORD event;
};
constexpr Control kControls[] = {{SIGINT, CTRL_C_EVENT},
                                 {SIGQUIT, CTRL_BREAK_EVENT},
                                 {SIGHUP, CTRL_CLOSE_EVENT},
                                 {SIGTERM, CTRL_SHUTDOWN_EVENT}};

// What signal handlers may use; set before they are.
int wake_end = -1;
std::atomic<bool> ignores_ctrl_c{false};

// Never destroyed: the thread goes on while the process's own destructors run.
struct Handlers {
  std::mutex mutex;
  std::vector<PHANDLER_ROUTINE> routines;
};
Handlers& handlers() {
  static auto* const instance = new Handlers;
  return *instance;
}
std::mutex& handlers_lock() {
  return handlers().mutex;
}
[[maybe_unused]] const bool held = hold_over_forks<handlers_lock>();

void on_signal(int signal) {
  const int error = errno;
  const auto byte = static_cast<unsigned char>(signal);
  [[maybe_unused]] const ssize_t written = ::write(wake_end, &byte, 1);
  errno = error;
}

void end_by(int signal) {
  std::signal(signal, SIG_DFL);
  ::kill(::getpid(), signal);
}

std::vector<PHANDLER_ROUTINE> last_added_first() {
  const std::lock_guard lock(handlers().mutex);
  return {handlers().routines.rbegin(), handlers().routines.rend()};
}

void handle(int signal) {
  if (signal == SIGINT && ignores_ctrl_c) return;
  const auto* const control = std::ranges::find(kControls, signal, &Control::signal);
  for (const PHANDLER_ROUTINE routine : last_added_first()) {
    if (routine(control->event) != FALSE) return;
  }
  end_by(signal);
}

void handle_all(int descriptor) {
  unsigned char byte = 0;
  for (;;) {
    const ssize_t got = ::read(descriptor, &byte, 1);
    if (got == 1) handle(byte);
    if (got == 0 || (got < 0 && errno != EINTR)) return;
  }
}

// The thread takes no signals itself: they are for the program's own.
void start_thread(int descriptor) {
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before);
  std::thread(handle_all, descriptor).detach();
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
}

void take_signals() {
  struct sigaction action {};
  action.sa_handler = on_signal;
  action.sa_flags = SA_RESTART;
  for (const Control& control : kControls) ::sigaction(control.signal, &action, nullptr);
}

DWORD start_listening() {
  static std::mutex once;
  const std::lock_guard lock(once);
  if (wake_end >= 0) return NO_ERROR;
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return windows_code(errno);
  start_thread(ends[0]);
  wake_end = ends[1];
  take_signals();
  return NO_ERROR;
}

DWORD remove(PHANDLER_ROUTINE routine) {
  const std::lock_guard lock(handlers().mutex);
  auto& routines = handlers().routines;
  const auto found = std::find(routines.rbegin(), routines.rend(), routine);
  if (found == routines.rend()) return ERROR_INVALID_PARAMETER;
  routines.erase(std::next(found).base());
  return NO_ERROR;
}

DWORD add(PHANDLER_ROUTINE routine) {
  {
    const std::lock_guard lock(handlers().mutex);
    handlers().routines.push_back(routine);
  }
  return start_listening();
}

DWORD ignore_ctrl_c(bool ignore) {
  ignores_ctrl_c = ignore;
  return ignore ? start_listening() : DWORD{NO_ERROR};
}

}  // namespace

TCPTABLE_WIN32_EXPORT BOOL WINAPI SetConsoleCtrlHandler(PHANDLER_ROUTINE HandlerRoutine, BOOL Add) {
  return succeed_or_fail([&]() -> ULONG {
    if (HandlerRoutine == nullptr) return ignore_ctrl_c(Add != FALSE);
    return Add != FALSE ? add(HandlerRoutine) : remove(HandlerRoutine);
  });
}
