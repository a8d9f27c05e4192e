// SPDX-License-Identifier: MIT
// fork and exec, with files in memory for what the tool says.
#include "cli/run_tool.hpp"

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>

#include "support/fd.hpp"

namespace tcptable::test {
namespace {

Fd memory_file(const char* name) {
  return Fd(check(::memfd_create(name, MFD_CLOEXEC), "memfd_create"));
}

std::string content(const Fd& file) {
  std::string text;
  std::array<char, 4096> piece;
  for (ssize_t got = 0;
       (got = ::pread(file.get(), piece.data(), piece.size(), static_cast<off_t>(text.size()))) > 0;) {
    text.append(piece.data(), static_cast<std::size_t>(got));
  }
  return text;
}

}  // namespace

ToolRun run_tool(const std::vector<std::string>& arguments, const std::function<bool()>& prepare) {
  std::vector<std::string> words = arguments;
  words.insert(words.begin(), TCPTABLE_TOOL);
  return run_program(words, prepare);
}

ToolRun run_program(const std::vector<std::string>& words, const std::function<bool()>& prepare) {
  const Fd out = memory_file("out");
  const Fd err = memory_file("err");
  std::vector<std::string> arguments = words;
  std::vector<char*> argv;
  for (std::string& argument : arguments) argv.push_back(argument.data());
  argv.push_back(nullptr);

  const pid_t child = check(::fork(), "fork");
  if (child == 0) {
    ::dup2(out.get(), STDOUT_FILENO);
    ::dup2(err.get(), STDERR_FILENO);
    if (!prepare || prepare()) ::execvp(argv[0], argv.data());
    ::_exit(kNotStarted);
  }
  int status = 0;
  check(::waitpid(child, &status, 0), "waitpid");
  ToolRun run;
  if (WIFEXITED(status)) run.status = WEXITSTATUS(status);
  if (WIFSIGNALED(status)) run.signal = WTERMSIG(status);
  run.out = content(out);
  run.err = content(err);
  return run;
}

}  // namespace tcptable::test
