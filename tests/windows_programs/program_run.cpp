// SPDX-License-Identifier: MIT
#include "windows_programs/program_run.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <filesystem>

#include "support/fd.hpp"

namespace tcptable::test {
namespace {

[[noreturn]] void become(const Arguments& command, int output) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::dup2(output, STDOUT_FILENO);
  std::vector<char*> words;
  for (const std::string& word : command) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  ::execv(words[0], words.data());
  ::_exit(127);
}

std::string read_all(int fd) {
  std::string text;
  std::array<char, 4096> buffer;
  for (;;) {
    const ssize_t got = ::read(fd, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (check(got, "read") == 0) return text;
    text.append(buffer.data(), static_cast<std::size_t>(got));
  }
}

// A file and no pipe takes the output: a process that the program leaves behind would keep a pipe open.
ProgramRun run(const Arguments& command) {
  const Fd output(check(::open("/tmp", O_TMPFILE | O_RDWR | O_CLOEXEC, 0600), "open"));
  const pid_t pid = check(::fork(), "fork");
  if (pid == 0) become(command, output.get());
  int status = 0;
  check(::waitpid(pid, &status, 0), "waitpid");
  check(::lseek(output.get(), 0, SEEK_SET), "lseek");
  ProgramRun result{read_all(output.get()), WIFEXITED(status) ? WEXITSTATUS(status) : -1};
  std::erase(result.output, '\r');
  return result;
}

ProgramRun run(std::string program, const Arguments& arguments, Arguments command) {
  command.push_back(std::move(program));
  command.insert(command.end(), arguments.begin(), arguments.end());
  return run(command);
}

void end_wine_processes() {
  run({WINESERVER, "-k"});
  run({WINESERVER, "-w"});
}

}  // namespace

ProgramRun run_natively(const std::string& program, const Arguments& arguments) {
  return run(NATIVE_FOLDER "/" + program, arguments, {});
}

std::optional<std::string> wine_is_missing() {
  for (const std::string needed : {WINE, WINESERVER, MINGW_FOLDER "/netlist.exe"}) {
    if (::access(needed.c_str(), R_OK) != 0)
      return "needs Wine and mingw-w64 (make test-windows installs them)";
  }
  return std::nullopt;
}

Wine::Wine() {
  ::setenv("WINEPREFIX", WINE_PREFIX, 1);
  ::setenv("WINEDEBUG", "-all", 1);
  // Without .NET, HTML, start menu entries, and the debugger, which would write to standard output.
  ::setenv("WINEDLLOVERRIDES", "mscoree,mshtml,winemenubuilder.exe,winedbg.exe=", 1);
  ::unsetenv("DISPLAY");
  if (!std::filesystem::exists(WINE_PREFIX "/system.reg")) {
    std::filesystem::create_directories(WINE_PREFIX);
    test::run({WINE, "wineboot", "--init"});
  }
  end_wine_processes();
}

Wine::~Wine() {
  end_wine_processes();
}

ProgramRun Wine::run(const std::string& program, const Arguments& arguments) const {
  return test::run(MINGW_FOLDER "/" + program + ".exe", arguments, {WINE});
}

}  // namespace tcptable::test
