// SPDX-License-Identifier: MIT
// What is told of network namespaces that can't be entered, or that vanish on the way.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "api/take_snapshot.hpp"
#include "backend/network_namespaces.hpp"
#include "support/child_process.hpp"
#include "support/fault_kernel.hpp"
#include "support/network_namespace.hpp"
#include "support/sockets.hpp"

namespace tcptable::test {
namespace {

class OtherNamespaces : public ::testing::Test {
 protected:
  void SetUp() override {
    if (const auto reason = enter_network_namespace()) GTEST_SKIP() << *reason;
    neighbour_ = std::make_unique<Child>([]() -> std::string {
      const auto reason = enter_network_namespace();
      return reason ? *reason : "";
    });
    if (!neighbour_->report().empty()) GTEST_SKIP() << neighbour_->report();
    query_.namespaces = Namespaces::all;
    query_.owners = false;
    listener_ = listen_on(loopback(Family::ipv4));
  }

  Result<Snapshot> snapshot() { return api::take_snapshot(kernel_, query_, ""); }

  std::unique_ptr<Child> neighbour_;
  FaultKernel kernel_{sys::real_kernel()};
  Query query_;
  Fd listener_;
};

TEST_F(OtherNamespaces, ThatMayNotBeEnteredAreCountedWithTheReason) {
  kernel_.fail_call("set_namespace", EPERM);
  const auto got = snapshot();
  ASSERT_TRUE(got) << to_string(got.error());
  const auto all = got->network_namespaces();
  ASSERT_GE(all.size(), 2U);
  EXPECT_FALSE(all[0].not_entered);
  // Those of other tests, which run at the same time, may vanish before they would be entered.
  std::size_t refused = 0;
  for (const NetworkNamespace& other : all.subspan(1)) {
    if (other.not_entered) ++refused;
    if (other.pid != neighbour_->pid()) continue;
    ASSERT_TRUE(other.not_entered);
    EXPECT_EQ(*other.not_entered, (Error{Errc::not_permitted, Step::enter_namespace, EPERM}));
  }
  EXPECT_GE(refused, 1U);
  EXPECT_EQ(got->completeness().namespaces_not_entered, refused);
  EXPECT_EQ(got->rows().size(), 1U);
}

TEST_F(OtherNamespaces, WhoseFilesMeanAnotherByNowAreLeftOut) {
  kernel_.fail_call("set_namespace", EINVAL);
  const auto got = snapshot();
  ASSERT_TRUE(got) << to_string(got.error());
  EXPECT_EQ(got->completeness().namespaces_not_entered, 0U);
  EXPECT_EQ(got->rows().size(), 1U);
}

TEST_F(OtherNamespaces, LackOfDescriptorsIsAnErrorAndLeavesNoneOpen) {
  for (const char* call : {"openat", "set_namespace", "getdents64", "socket"}) {
    FaultKernel kernel(sys::real_kernel());
    kernel.fail_call(call, EMFILE);
    const auto got = api::take_snapshot(kernel, query_, "");
    EXPECT_FALSE(got) << call;
    EXPECT_EQ(kernel.open_descriptors(), 0U) << call;
  }
}

TEST_F(OtherNamespaces, AreListedWithThePidThatLivesThere) {
  const auto list = backend::list_network_namespaces(kernel_);
  ASSERT_TRUE(list);
  const auto& all = list->namespaces;
  const auto lives = [&](const backend::ListedNamespace& one) { return one.told.pid == neighbour_->pid(); };
  EXPECT_EQ(std::count_if(all.begin(), all.end(), lives), 1);
  EXPECT_EQ(backend::current_network_namespace(kernel_), all[0].told.inode);
}

}  // namespace
}  // namespace tcptable::test
