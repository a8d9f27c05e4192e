// SPDX-License-Identifier: MIT
// The C ABI under signals, in a crowd that forks, and where descriptors are short: the right answer or a
// code, never a success that is none, and no child that hangs.
#include "trust/windows_calls.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <algorithm>
#include <initializer_list>
#include <mutex>
#include <string_view>
#include <vector>

#include "support/child_process.hpp"
#include "support/network_namespace.hpp"
#include "support/sockets.hpp"
#include "trust/crowd.hpp"
#include "trust/ending.hpp"
#include "trust/signal_storm.hpp"

namespace tcptable::test {
namespace {

using namespace std::chrono_literals;

class WindowsCalls : public ::testing::Test {
 protected:
  void SetUp() override {
    if (const auto reason = enter_network_namespace()) GTEST_SKIP() << *reason;
    listener_ = listen_on(loopback(Family::ipv4));
    expect_owner();
    ASSERT_EQ(first_that_is_not_right(), "");
  }

  Fd listener_;
};

TEST_F(WindowsCalls, AreRightUnderAStormOfSignals) {
  const SignalStorm storm;
  constexpr int kEnoughSignals = 500;
  while (SignalStorm::signals() < kEnoughSignals) ASSERT_EQ(first_that_is_not_right(), "");
}

TEST_F(WindowsCalls, AreRightInTheChildrenOfACrowdThatMakesThem) {
  if (!kChildrenMayAllocate) GTEST_SKIP() << kWhyChildrenMayNot;
  std::mutex lock;
  std::string wrong;
  const Crowd crowd([&] {
    const std::string first = first_that_is_not_right();
    const std::lock_guard guard(lock);
    if (wrong.empty()) wrong = first;
    return first.empty();
  });
  EXPECT_EQ(statuses_of_children(2s, 0, [] { return first_that_is_not_right().empty() ? 0 : 1; }), 0);
  EXPECT_GT(crowd.well(), 0);
  const std::lock_guard guard(lock);
  EXPECT_EQ(wrong, "");
}

// Each lock alone, for the more forks fall into the time when it is held.
TEST_F(WindowsCalls, LeaveNoLockHeldInAChild) {
  if (!kChildrenMayAllocate) GTEST_SKIP() << kWhyChildrenMayNot;
  for (const WindowsCall& call : windows_calls()) {
    SCOPED_TRACE(call.name);
    const Crowd crowd([&] { return call.run() == "right"; });
    EXPECT_EQ(statuses_of_children(300ms, 0, [&] { return call.run() == "right" ? 0 : 1; }), 0);
    EXPECT_EQ(crowd.wrong(), 0);
  }
}

TEST_F(WindowsCalls, LetTheProgramEndWhileThreadsAreInThem) {
  if (!kChildrenMayAllocate) GTEST_SKIP() << kWhyChildrenMayNot;
  EXPECT_EQ(status_of_exits([] { return first_that_is_not_right().empty(); }), 0);
}

// The first of the calls, by BPF; what it says before anything is tried is the reason to skip.
class TableByBpf : public WindowsCalls {
 protected:
  void SetUp() override {
    WindowsCalls::SetUp();
    if (IsSkipped() || HasFatalFailure()) return;
    ::setenv("TCPTABLE_BACKEND", "bpf", 1);
    if (!is_right()) GTEST_SKIP() << "needs CAP_BPF, CAP_PERFMON, Linux 6.2 and its BTF";
  }
  void TearDown() override { ::unsetenv("TCPTABLE_BACKEND"); }

  static bool is_right() { return windows_calls().front().run() == "right"; }
};

TEST_F(TableByBpf, LetsTheProgramEndWhileThreadsAreInIt) {
  if (!kChildrenMayAllocate) GTEST_SKIP() << kWhyChildrenMayNot;
  EXPECT_EQ(status_of_exits(is_right), 0);
}

TEST_F(TableByBpf, IsRightInAChildWithoutForkHandlersAndInItsParent) {
  constexpr int kTables = 200;
  const auto wrong_tables = [] {
    int wrong = 0;
    for (int i = 0; i < kTables; ++i) wrong += is_right() ? 0 : 1;
    return wrong;
  };
  const pid_t child = check(::_Fork(), "_Fork");
  const int wrong = wrong_tables();
  if (child == 0) ::_exit(wrong == 0 ? 0 : 1);
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(wrong, 0) << "in the parent";
  EXPECT_EQ(status, 0) << "in the child";
}

// The hard limit too, and every number below it taken but the `free` last ones.
void hold_all_descriptors_but(std::size_t free) {
  constexpr rlim_t kLimit = 64;
  const rlimit limit{kLimit, kLimit};
  check(::setrlimit(RLIMIT_NOFILE, &limit), "setrlimit");
  std::vector<int> held;
  for (int fd = ::open("/dev/null", O_RDONLY); fd >= 0; fd = ::open("/dev/null", O_RDONLY)) {
    held.push_back(fd);
  }
  for (; free > 0; --free) {
    ::close(held.back());
    held.pop_back();
  }
}

// Each call that gives none of these verdicts, and what it gives.
std::string others_with_free_descriptors(std::size_t free, std::initializer_list<std::string_view> expected) {
  const Child poor([&] {
    hold_all_descriptors_but(free);
    std::string others;
    for (const WindowsCall& call : windows_calls()) {
      const std::string verdict = call.run();
      const bool is_expected = std::find(expected.begin(), expected.end(), verdict) != expected.end();
      if (!is_expected) others += std::string(call.name) + ": " + verdict + "; ";
    }
    return others;
  });
  return poor.report();
}

TEST_F(WindowsCalls, FailByCodeWithoutAFreeDescriptor) {
  EXPECT_EQ(others_with_free_descriptors(0, {"code"}), "HeapAlloc: right; ");
}

TEST_F(WindowsCalls, AreRightOrFailByCodeWithFewFreeDescriptors) {
  for (std::size_t free = 1; free < 8; ++free) {
    EXPECT_EQ(others_with_free_descriptors(free, {"right", "code"}), "") << free;
  }
}

TEST_F(WindowsCalls, AreRightWithTwelveFreeDescriptors) {
  constexpr std::size_t kEnough = 12;
  EXPECT_EQ(others_with_free_descriptors(kEnough, {"right"}), "");
}

TEST_F(WindowsCalls, AreRightWithoutStandardDescriptorsAndLeaveThemClosed) {
  const Child daemon([]() -> std::string {
    for (int fd = 0; fd <= 2; ++fd) ::close(fd);
    if (std::string wrong = first_that_is_not_right(); !wrong.empty()) return wrong;
    for (int fd = 0; fd <= 2; ++fd) {
      if (::fcntl(fd, F_GETFD) >= 0) return "open: " + std::to_string(fd);
    }
    return "";
  });
  EXPECT_EQ(daemon.report(), "");
}

}  // namespace
}  // namespace tcptable::test
