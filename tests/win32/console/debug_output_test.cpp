// SPDX-License-Identifier: MIT
// What a program says to its debugger: heard where there is one, and only there.
#include <gtest/gtest.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>
#include <windows.h>

#include <string>

namespace {

enum class Tracing { none, by_its_parent };

// What a child that says something to its debugger writes to its standard error.
std::string heard_from_child(Tracing tracing) {
  int ends[2];
  EXPECT_EQ(::pipe(ends), 0);
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(ends[1], STDERR_FILENO);
    if (tracing == Tracing::by_its_parent) ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr);
    SetLastError(77);
    OutputDebugStringA(IsDebuggerPresent() ? "traced " : "alone ");
    OutputDebugStringW(L"\u00fc");
    OutputDebugStringA(nullptr);
    ::_exit(GetLastError() == 77 ? 0 : 1);
  }
  ::close(ends[1]);
  std::string text;
  for (char byte = 0; ::read(ends[0], &byte, 1) == 1;) text += byte;
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
  return text;
}

TEST(DebugOutput, IsHeardWhereTheProcessIsTracedAndNowhereElse) {
  EXPECT_EQ(heard_from_child(Tracing::by_its_parent), "traced \xc3\xbc");
  EXPECT_EQ(heard_from_child(Tracing::none), "");
}

}  // namespace
