// SPDX-License-Identifier: MIT
// The binary where something is wrong: its exit statuses, and that it says one line or none.
#include <fcntl.h>
#include <grp.h>
#include <gtest/gtest.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstddef>
#include <string>

#include "cli/run_tool.hpp"
#include "support/network_namespace.hpp"
#include "support/sockets.hpp"

namespace {

using namespace tcptable::test;
using tcptable::Family;

class ToolInTrouble : public ::testing::Test {
 protected:
  void SetUp() override {
    if (const auto reason = enter_network_namespace()) GTEST_SKIP() << *reason;
  }
};

bool is_one_line(const std::string& text) {
  return text.rfind("tcptable: ", 0) == 0 && std::count(text.begin(), text.end(), '\n') == 1 &&
         text.back() == '\n';
}

bool become_nobody() {
  constexpr uid_t kNobody = 65534;
  return ::setgroups(0, nullptr) == 0 && ::setgid(kNobody) == 0 && ::setuid(kNobody) == 0;
}

// Standard output becomes a pipe that nobody reads.
bool close_the_pipe() {
  std::array<int, 2> ends{};
  return ::pipe(ends.data()) == 0 && ::dup2(ends[1], STDOUT_FILENO) >= 0 && ::close(ends[0]) == 0;
}

bool write_to(const char* path) {
  const int fd = ::open(path, O_WRONLY | O_CLOEXEC);
  return fd >= 0 && ::dup2(fd, STDOUT_FILENO) >= 0;
}

bool forbid_netlink() {
  std::array<sock_filter, 6> program{{
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_socket, 0, 3),
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, args[0])),
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AF_NETLINK, 0, 1),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
      BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
  }};
  const sock_fprog filter{static_cast<unsigned short>(program.size()), program.data()};
  return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         ::prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &filter) == 0;
}

TEST_F(ToolInTrouble, AnswersAWrongOptionWithOneLineAndTwo) {
  for (const char* option : {"--nonsense", "-x", "-o=pidd", "--sort=size", "--color=red", "--sort"}) {
    const ToolRun run = run_tool({option});
    EXPECT_EQ(run.status, 2) << option;
    EXPECT_EQ(run.out, "");
    EXPECT_TRUE(is_one_line(run.err)) << run.err;
  }
}

TEST_F(ToolInTrouble, AnswersAnUnknownBackendWithOneLineAndTwo) {
  const ToolRun run = run_tool({}, [] { return ::setenv("TCPTABLE_BACKEND", "nonsense", 1) == 0; });
  EXPECT_EQ(run.status, 2);
  EXPECT_EQ(run.out, "");
  EXPECT_TRUE(is_one_line(run.err)) << run.err;
  EXPECT_NE(run.err.find("TCPTABLE_BACKEND"), std::string::npos) << run.err;
}

TEST_F(ToolInTrouble, SaysWhatAnUnprivilegedUserMayNotSee) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs root to become another user";
  const Fd socket = listen_on(loopback(Family::ipv4));
  const ToolRun run = run_tool({}, become_nobody);
  if (run.status == kNotStarted)
    GTEST_SKIP() << "needs a build directory that any user may enter, and user 65534";
  EXPECT_EQ(run.status, 0) << run.err;
  EXPECT_EQ(run.err, "1 of 1 sockets has no owner: 1 not permitted; run as root to see them\n");
  EXPECT_EQ(run_tool({"--strict"}, become_nobody).status, 3);
}

TEST_F(ToolInTrouble, EndsWithFourWhenTheKernelRefusesTheTable) {
  const ToolRun run =
      run_tool({}, [] { return ::setenv("TCPTABLE_BACKEND", "sock_diag", 1) == 0 && forbid_netlink(); });
  if (run.status == kNotStarted) GTEST_SKIP() << "needs seccomp filters in the kernel";
  EXPECT_EQ(run.status, 4) << run.err;
  EXPECT_EQ(run.out, "");
  EXPECT_TRUE(is_one_line(run.err)) << run.err;
}

TEST_F(ToolInTrouble, EndsQuietlyWhenNobodyReads) {
  const Fd socket = listen_on(loopback(Family::ipv4));
  const ToolRun run = run_tool({}, close_the_pipe);
  EXPECT_EQ(run.signal, SIGPIPE);
  EXPECT_EQ(run.err, "");
}

TEST_F(ToolInTrouble, EndsQuietlyWhenNobodyReadsAndTheParentIgnoresSigpipe) {
  const ToolRun run =
      run_tool({}, [] { return close_the_pipe() && std::signal(SIGPIPE, SIG_IGN) != SIG_ERR; });
  EXPECT_EQ(run.signal, SIGPIPE);
  EXPECT_EQ(run.err, "");
}

TEST_F(ToolInTrouble, EndsQuietlyWhenNobodyReadsAndSigpipeIsBlocked) {
  const ToolRun run = run_tool({}, [] {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGPIPE);
    return close_the_pipe() && ::sigprocmask(SIG_BLOCK, &signals, nullptr) == 0;
  });
  EXPECT_EQ(run.status, 5);
  EXPECT_EQ(run.err, "");
}

TEST_F(ToolInTrouble, SaysThatTheDiskIsFull) {
  for (const char* option : {"--json", "-H", "--help", "--version"}) {
    const Fd socket = listen_on(loopback(Family::ipv4));
    const ToolRun run = run_tool({option}, [] { return write_to("/dev/full"); });
    if (run.status == kNotStarted) GTEST_SKIP() << "needs /dev/full";
    EXPECT_EQ(run.status, 5) << option;
    EXPECT_EQ(run.err, "tcptable: standard output: No space left on device\n");
  }
}

TEST_F(ToolInTrouble, SaysThatThereIsNoStandardOutput) {
  const Fd socket = listen_on(loopback(Family::ipv4));
  const ToolRun run = run_tool({}, [] { return ::close(STDOUT_FILENO) == 0; });
  EXPECT_EQ(run.status, 5);
  EXPECT_TRUE(is_one_line(run.err)) << run.err;
}

}  // namespace
