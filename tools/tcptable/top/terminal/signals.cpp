// SPDX-License-Identifier: MIT
// Handlers and the pipe that they write to.
#include "tcptable/top/terminal/signals.hpp"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <system_error>

#include "tcptable/top/terminal/rescue.hpp"

namespace tool::top {
namespace {

constexpr std::array kSignals{SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGTSTP, SIGCONT};

std::array<struct sigaction, kSignals.size()> before;
std::atomic<int> write_end = -1;
std::atomic<bool> asked_to_end = false;

extern "C" void note_signal(int signal) {
  if (ends_program(signal) && asked_to_end.exchange(true)) return rescue_and_die(signal);
  const int saved_errno = errno;
  const auto byte = static_cast<unsigned char>(signal);
  // A full pipe has enough to wake up for.
  [[maybe_unused]] const ssize_t written = write(write_end, &byte, 1);
  errno = saved_errno;
}

void handle(int signal, struct sigaction* old) {
  struct sigaction action {};
  action.sa_handler = note_signal;
  action.sa_flags = SA_RESTART;
  sigemptyset(&action.sa_mask);
  sigaction(signal, &action, old);
}

void do_by_default(int signal) {
  struct sigaction usual {};
  usual.sa_handler = SIG_DFL;
  sigaction(signal, &usual, nullptr);
  sigset_t only;
  sigemptyset(&only);
  sigaddset(&only, signal);
  sigprocmask(SIG_UNBLOCK, &only, nullptr);
  raise(signal);
}

}  // namespace

bool ends_program(int signal) {
  return signal == SIGINT || signal == SIGTERM || signal == SIGHUP;
}

SignalPipe::SignalPipe() {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) != 0)
    throw std::system_error(errno, std::generic_category(), "pipe");
  read_end_ = ends[0];
  write_end = ends[1];
  asked_to_end = false;
  for (std::size_t i = 0; i < kSignals.size(); ++i) handle(kSignals[i], &before[i]);
}

SignalPipe::~SignalPipe() {
  for (std::size_t i = 0; i < kSignals.size(); ++i) sigaction(kSignals[i], &before[i], nullptr);
  close(write_end.exchange(-1));
  close(read_end_);
}

std::optional<int> SignalPipe::next() {
  unsigned char byte = 0;
  return read(read_end_, &byte, 1) == 1 ? std::optional<int>(byte) : std::nullopt;
}

void stop_until_continued() {
  do_by_default(SIGTSTP);
  handle(SIGTSTP, nullptr);
}

void die_by(int signal) {
  do_by_default(signal);
  std::_Exit(128 + signal);  // the signal was ignored before us
}

}  // namespace tool::top
