// SPDX-License-Identifier: MIT
#include "support/running_program.hpp"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include <chrono>
#include <stdexcept>
#include <thread>

#include "support/fd.hpp"

namespace tcptable::test {
namespace {

namespace fs = std::filesystem;

void wait_until_it_runs(pid_t pid, const fs::path& path) {
  constexpr int kTries = 500;
  std::error_code not_yet;
  for (int i = 0; i < kTries; ++i) {
    if (fs::read_symlink("/proc/" + std::to_string(pid) + "/exe", not_yet) == path) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  throw std::runtime_error("the program did not start: " + path.string());
}

}  // namespace

RunningProgram::RunningProgram(const fs::path& path) : pid_(check(::fork(), "fork")) {
  if (pid_ == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    ::execl(path.c_str(), path.c_str(), "600", nullptr);
    ::_exit(127);
  }
  wait_until_it_runs(pid_, path);
}

RunningProgram::~RunningProgram() {
  ::kill(pid_, SIGKILL);
  ::waitpid(pid_, nullptr, 0);
}

CopiedProgram::CopiedProgram(const std::string& name) : path_(fs::canonical(directory_.path()) / name) {
  fs::copy_file(fs::canonical("/bin/sleep"), path_);
}

}  // namespace tcptable::test
