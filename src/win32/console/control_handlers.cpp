// SPDX-License-Identifier: MIT
// SetConsoleCtrlHandler: signals become calls of handlers on a thread of their own, as Windows makes them.
#include "sys/workers.hpp"
#include "win32/export.hpp"
#include "win32/forks.hpp"
#include "win32/last_error.hpp"
#include "win32/loader/own_library.hpp"

#include <wincon.h>

#include <semaphore.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <iterator>
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
std::atomic<unsigned> waiting[std::size(kControls)];  // signals that no routine has been called for yet
sem_t arrival;
std::atomic<pid_t> listening_process{0};
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

bool is_ignored(int signal) {
  return signal == SIGINT && ignores_ctrl_c;
}

void end_by(int signal) {
  std::signal(signal, SIG_DFL);
  ::kill(::getpid(), signal);
}

void on_signal(int signal) {
  const int error = errno;
  const auto* const control = std::ranges::find(kControls, signal, &Control::signal);
  if (listening_process == ::getpid()) {
    ++waiting[control - kControls];
    ::sem_post(&arrival);
  } else if (!is_ignored(
                 signal)) {  // in a child made by fork(), which has no thread that would call routines
    end_by(signal);
  }
  errno = error;
}

std::vector<PHANDLER_ROUTINE> last_added_first() {
  const std::lock_guard lock(handlers().mutex);
  return {handlers().routines.rbegin(), handlers().routines.rend()};
}

void handle(const Control& control) {
  if (is_ignored(control.signal)) return;
  for (const PHANDLER_ROUTINE routine : last_added_first()) {
    if (routine(control.event) != FALSE) return;
  }
  end_by(control.signal);
}

[[noreturn]] void handle_all() {
  for (;;) {
    ::sem_wait(&arrival);
    for (std::size_t i = 0; i < std::size(kControls); ++i) {
      if (waiting[i] == 0) continue;
      --waiting[i];
      handle(kControls[i]);
    }
  }
}

// The thread takes no signals itself: they are for the program's own.
void start_thread() {
  const tcptable::sys::SignalsBlocked blocked;
  std::thread(handle_all).detach();
}

void take_signals() {
  struct sigaction action {};
  action.sa_handler = on_signal;
  action.sa_flags = SA_RESTART;
  for (const Control& control : kControls) ::sigaction(control.signal, &action, nullptr);
}

void start_listening() {
  const std::lock_guard lock(handlers().mutex);
  if (listening_process == ::getpid()) return;
  for (auto& count : waiting) count = 0;
  ::sem_init(&arrival, 0, 0);
  stay_loaded();
  start_thread();
  listening_process = ::getpid();
  take_signals();
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
  start_listening();
  const std::lock_guard lock(handlers().mutex);
  handlers().routines.push_back(routine);
  return NO_ERROR;
}

DWORD ignore_ctrl_c(bool ignore) {
  if (ignore) start_listening();
  ignores_ctrl_c = ignore;
  return NO_ERROR;
}

}  // namespace

TCPTABLE_WIN32_EXPORT BOOL WINAPI SetConsoleCtrlHandler(PHANDLER_ROUTINE HandlerRoutine, BOOL Add) {
  return succeed_or_fail([&]() -> ULONG {
    if (HandlerRoutine == nullptr) return ignore_ctrl_c(Add != FALSE);
    return Add != FALSE ? add(HandlerRoutine) : remove(HandlerRoutine);
  });
}
