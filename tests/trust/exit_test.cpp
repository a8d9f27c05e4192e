// SPDX-License-Identifier: MIT
// A program that ends while its threads ask for tables: exit() runs what libraries do at their end beside
// threads that are inside of them.
#include "contract/snapshot_fixture.hpp"
#include "support/sockets.hpp"
#include "trust/crowd.hpp"
#include "trust/ending.hpp"

namespace tcptable::test {
namespace {

class Exit : public WithEachBackend {};
INSTANTIATE_TEST_SUITE_P(Backend, Exit, ::testing::Values("bpf", "sock_diag"), backend_of);

TEST_P(Exit, IsNoCrashWhileThreadsTakeSnapshots) {
  if (!kChildrenMayAllocate) GTEST_SKIP() << kWhyChildrenMayNot;
  const Fd listener = listen_on(loopback(Family::ipv4));
  const Query query = what_can_be_listed(everything());
  EXPECT_EQ(status_of_exits([&] { return take_snapshot(query).has_value(); }), 0);
}

}  // namespace
}  // namespace tcptable::test
