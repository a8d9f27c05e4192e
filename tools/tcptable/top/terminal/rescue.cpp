// SPDX-License-Identifier: MIT
// Static storage, and the few calls that a handler may make.
#include "tcptable/top/terminal/rescue.hpp"

#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <cstddef>

namespace tool::top {
namespace {

constexpr std::array kCrashes{SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGSYS, SIGQUIT};
constexpr std::size_t kStackSize = 64 * 1024;

struct Prepared {
  int terminal = -1;
  termios modes{};
  std::array<char, 512> sequences{};
  std::size_t length = 0;
};

Prepared prepared;
std::atomic<bool> armed = false;
static_assert(std::atomic<bool>::is_always_lock_free);
std::array<std::byte, kStackSize> crash_stack;

}  // namespace

bool arm_rescue(int terminal, const termios& modes, std::string_view sequences) {
  disarm_rescue();
  if (sequences.size() > prepared.sequences.size()) return false;
  prepared.terminal = terminal;
  prepared.modes = modes;
  prepared.length = sequences.size();
  std::copy(sequences.begin(), sequences.end(), prepared.sequences.begin());
  armed = true;
  return true;
}

void disarm_rescue() {
  armed = false;
}

void rescue_terminal() noexcept {
  if (!armed.exchange(false)) return;
  const int saved_errno = errno;
  // In the background, changing the modes would stop the program instead of ending it.
  struct sigaction ignore {};
  ignore.sa_handler = SIG_IGN;
  sigaction(SIGTTOU, &ignore, nullptr);
  const char* at = prepared.sequences.data();
  std::size_t left = prepared.length;
  while (left > 0) {
    const ssize_t written = write(prepared.terminal, at, left);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) break;
    at += written;
    left -= static_cast<std::size_t>(written);
  }
  tcsetattr(prepared.terminal, TCSANOW, &prepared.modes);
  errno = saved_errno;
}

extern "C" void rescue_and_die(int signal) {
  rescue_terminal();
  struct sigaction usual {};
  usual.sa_handler = SIG_DFL;
  sigaction(signal, &usual, nullptr);
  raise(signal);  // comes when the handler returns
}

void rescue_on_crash() {
  stack_t stack{};
  stack.ss_sp = crash_stack.data();
  stack.ss_size = crash_stack.size();
  sigaltstack(&stack, nullptr);
  struct sigaction action {};
  action.sa_handler = rescue_and_die;
  action.sa_flags = SA_ONSTACK;
  sigfillset(&action.sa_mask);
  for (const int signal : kCrashes) sigaction(signal, &action, nullptr);
}

}  // namespace tool::top
