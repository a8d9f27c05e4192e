// SPDX-License-Identifier: MIT
// Sixteen threads take snapshots while the process forks: programs that it starts get none of the library's
// descriptors, and a child that goes on without them can call it too.
#include "contract/snapshot_fixture.hpp"
#include "support/sockets.hpp"
#include "trust/crowd.hpp"

namespace tcptable::test {
namespace {

using namespace std::chrono_literals;

class ForkingCrowd : public WithEachBackend {
 protected:
  void SetUp() override {
    WithEachBackend::SetUp();
    if (IsSkipped()) return;
    listener_ = listen_on(loopback(Family::ipv4));
    local_ = local_endpoint(listener_.get());
  }

  // By whichever of several processes that have the listener.
  bool finds_the_listener() const {
    const auto snapshot = take_snapshot(what_can_be_listed(everything()));
    if (!snapshot) return false;
    const SocketRow* row = find_row(*snapshot, local_, nowhere(Family::ipv4));
    const Process* owner = row != nullptr ? snapshot->owner(*row) : nullptr;
    return owner != nullptr && owner->pid == test_;
  }

  Fd listener_;
  Endpoint local_;
  const pid_t test_ = ::getpid();
};
INSTANTIATE_TEST_SUITE_P(Backend, ForkingCrowd, ::testing::Values("bpf", "sock_diag", "procfs"), backend_of);

// The number of descriptors that a program is started with is its exit status, ls's own among them.
int count_descriptors() {
  ::execl("/bin/sh", "sh", "-c", "exit $(ls /proc/self/fd | wc -l)", nullptr);
  return 127;
}

TEST_P(ForkingCrowd, ProgramsThatAreStartedGetNoDescriptorOfTheLibrary) {
  const int before = status_of_child(count_descriptors);
  const Crowd crowd([&] { return finds_the_listener(); });
  EXPECT_EQ(statuses_of_children(2s, before, count_descriptors), before);
  EXPECT_GT(crowd.well(), 0);
  EXPECT_EQ(crowd.wrong(), 0);
}

TEST_P(ForkingCrowd, AChildOfTheCrowdTakesSnapshotsToo) {
  if (!kChildrenMayAllocate) GTEST_SKIP() << kWhyChildrenMayNot;
  const Crowd crowd([&] { return finds_the_listener(); });
  EXPECT_EQ(statuses_of_children(2s, 0, [&] { return finds_the_listener() ? 0 : 1; }), 0);
  EXPECT_GT(crowd.well(), 0);
  EXPECT_EQ(crowd.wrong(), 0);
}

}  // namespace
}  // namespace tcptable::test
