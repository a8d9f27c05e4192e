// SPDX-License-Identifier: MIT
#include "support/child_process.hpp"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/wait.h>

#include <array>
#include <cerrno>
#include <exception>
#include <string_view>

namespace tcptable::test {
namespace {

constexpr const char* kNotPermitted = "no pid namespace with a /proc of its own";
constexpr const char* kNoTimeNamespace = "no time namespace";

struct Pipe {
  Fd read_end;
  Fd write_end;
};

Pipe make_pipe() {
  std::array<int, 2> ends{};
  check(::pipe2(ends.data(), O_CLOEXEC), "pipe2");
  return {Fd(ends[0]), Fd(ends[1])};
}

std::string report_of(const std::function<std::string()>& work) {
  try {
    return work();
  } catch (const std::exception& failure) {
    return failure.what();
  }
}

std::string read_to_end(int fd) {
  std::string text;
  std::array<char, 512> piece;
  for (;;) {
    const ssize_t got = ::read(fd, piece.data(), piece.size());
    if (got > 0) text.append(piece.data(), static_cast<std::size_t>(got));
    if (got == 0 || (got < 0 && errno != EINTR)) return text;
  }
}

}  // namespace

Child::Child(const std::function<std::string()>& work) {
  Pipe leash = make_pipe();
  Pipe answer = make_pipe();
  pid_ = check(::fork(), "fork");
  if (pid_ == 0) {
    leash.write_end.reset();
    answer.read_end.reset();
    const std::string report = report_of(work);
    const bool told = ::write(answer.write_end.get(), report.data(), report.size()) >= 0;
    answer.write_end.reset();
    if (told) read_to_end(leash.read_end.get());
    ::_exit(0);
  }
  leash_ = std::move(leash.write_end);
  answer.write_end.reset();
  report_ = read_to_end(answer.read_end.get());
}

Child::~Child() {
  leash_.reset();
  ::kill(pid_, SIGKILL);  // a younger child may have the leash's other end too
  ::waitpid(pid_, nullptr, 0);
}

std::string run_in_pid_namespace(const std::function<std::string()>& work) {
  const Child parent([&]() -> std::string {
    // Unprivileged, the mount fails where parts of the old /proc are covered.
    if (::unshare(CLONE_NEWPID | CLONE_NEWNS) != 0) return kNotPermitted;
    // The mount that the new one goes onto; "/" need not be a mount, in a chroot for example.
    check(::mount("none", "/proc", nullptr, MS_PRIVATE, nullptr), "making /proc private");
    const Child first([&]() -> std::string {
      if (::mount("proc", "/proc", "proc", 0, nullptr) != 0) return kNotPermitted;
      return work();
    });
    return first.report();
  });
  if (parent.report() == kNotPermitted)
    throw std::system_error(EPERM, std::generic_category(), "pid namespace");
  return parent.report();
}

std::string run_in_time_namespace(const std::function<std::string()>& work) {
  constexpr int kTimeNamespace = 0x80;  // CLONE_NEWTIME, linux/sched.h since 5.6
  constexpr std::string_view kOffsets = "monotonic 2000 0\nboottime 1000 5000000\n";
  const Child parent([&]() -> std::string {
    if (::unshare(kTimeNamespace) != 0) return kNoTimeNamespace;
    const Fd offsets(::open("/proc/self/timens_offsets", O_WRONLY | O_CLOEXEC));
    if (::write(offsets.get(), kOffsets.data(), kOffsets.size()) < 0) return kNoTimeNamespace;
    return Child(work).report();  // only children are in it
  });
  if (parent.report() == kNoTimeNamespace)
    throw std::system_error(EPERM, std::generic_category(), kNoTimeNamespace);
  return parent.report();
}

}  // namespace tcptable::test
