// SPDX-License-Identifier: MIT
// Children that are made without fork(): nothing tells the library of them, and what it had in its parent is
// in their memory.
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <system_error>

#include "contract/snapshot_fixture.hpp"
#include "support/child_process.hpp"
#include "support/shared_memory.hpp"
#include "support/sockets.hpp"

namespace tcptable::test {
namespace {

pid_t clone_by_hand(unsigned long flags) {
  return static_cast<pid_t>(::syscall(SYS_clone, flags | SIGCHLD, nullptr, nullptr, nullptr, nullptr));
}

// Its /proc is its own too.
pid_t clone_with_the_same_pid() {
  const pid_t child = clone_by_hand(CLONE_NEWPID | CLONE_NEWNS);
  if (child == 0 && ::mount("proc", "/proc", "proc", 0, nullptr) != 0) ::_exit(1);
  return child;
}

class ClonedChild : public WithEachBackend {};
INSTANTIATE_TEST_SUITE_P(Backend, ClonedChild, ::testing::Values("bpf", "sock_diag"), backend_of);

// How many of many snapshots, taken by one session, lack the listener or its owner.
int wrong_snapshots(Session& session, const Endpoint& local, pid_t owner) {
  constexpr int kSnapshots = 200;
  int wrong = 0;
  for (int i = 0; i < kSnapshots; ++i) {
    const auto snapshot = session.snapshot();
    const SocketRow* row = snapshot ? find_row(**snapshot, local, nowhere(Family::ipv4)) : nullptr;
    const Process* found = row != nullptr ? (*snapshot)->owner(*row) : nullptr;
    if (found == nullptr || found->pid != owner) ++wrong;
  }
  return wrong;
}

// Waits until both are there, or one has had time enough.
void meet(const std::atomic<int>& begun) {
  constexpr int kMostMilliseconds = 2000;
  for (int i = 0; i < kMostMilliseconds && begun < 2; ++i) ::usleep(1000);
}

// What is wrong in a parent and the child that `make` makes of it, which take tables at the same time by the
// session that the parent had before.
std::string what_goes_wrong(pid_t (*make)()) {
  const pid_t parent = ::getpid();
  const Fd listener = listen_on(loopback(Family::ipv4));
  const Endpoint local = local_endpoint(listener.get());
  auto session = Session::open(what_can_be_listed(everything()));
  if (!session || !session->snapshot()) return "no snapshot at all";
  const Shared<std::atomic<int>> begun;
  const pid_t child = check(make(), "clone");
  ++*begun;
  meet(*begun);
  const int wrong = wrong_snapshots(*session, local, parent);
  if (child == 0) ::_exit(wrong == 0 ? 0 : 1);
  int status = 0;
  check(::waitpid(child, &status, 0), "waitpid");
  return std::string(wrong == 0 ? "" : "wrong in the parent; ") + (status == 0 ? "" : "wrong in the child");
}

TEST_P(ClonedChild, OfARawCloneHasRightTablesAndSoHasItsParent) {
  EXPECT_EQ(what_goes_wrong([] { return clone_by_hand(0); }), "");
}

TEST_P(ClonedChild, OfAForkWithoutHandlersHasRightTablesAndSoHasItsParent) {
  EXPECT_EQ(what_goes_wrong([] { return ::_Fork(); }), "");
}

// Both are the first process of their pid namespace.
TEST_P(ClonedChild, ThatHasItsParentsPidHasRightTablesAndSoHasItsParent) {
  try {
    EXPECT_EQ(run_in_pid_namespace([] { return what_goes_wrong(clone_with_the_same_pid); }), "");
  } catch (const std::system_error& refused) {
    GTEST_SKIP() << refused.what();
  }
}

}  // namespace
}  // namespace tcptable::test
