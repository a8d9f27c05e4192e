// SPDX-License-Identifier: MIT
// Each system call of a search for one owner fails in turn: an error, or the right owner, or a reason; no
// descriptor is lost, and the next search is as good as new.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>

#include "api/owner_finder.hpp"
#include "support/fault_kernel.hpp"
#include "support/network_namespace.hpp"
#include "support/sockets.hpp"
#include "support/temporary_directory.hpp"

namespace tcptable::test {
namespace {

class OwnerFinderFaults : public ::testing::Test {
 protected:
  void SetUp() override {
    if (const auto reason = enter_network_namespace()) GTEST_SKIP() << *reason;
    std::filesystem::create_symlink("/proc/" + std::to_string(::getpid()),
                                    proc_.path() / std::to_string(::getpid()));
    kernel_.redirect("/proc", proc_.path());
    listener_ = listen_on(loopback(Family::ipv4));
    key_ = {Protocol::tcp, local_endpoint(listener_.get()), nowhere(Family::ipv4)};
  }

  Result<SocketOwner> ask(api::FinderState& state) { return api::find_owners_of(state, {&key_, 1}).front(); }

  void expect_right_or_explained(const Result<SocketOwner>& answer) {
    if (!answer) return;
    if (answer->owner) {
      EXPECT_EQ(answer->owner->pid, ::getpid());
    } else {
      EXPECT_NE(answer->row.owner_status, OwnerStatus::known);
      EXPECT_NE(answer->row.owner_status, OwnerStatus::not_requested);
    }
  }

  TemporaryDirectory proc_;
  FaultKernel kernel_{sys::real_kernel()};
  Fd listener_;
  SocketKey key_;
};

TEST_F(OwnerFinderFaults, EachCallFailsOnceWithEachErrno) {
  kernel_.fail_nth(0, 0);
  api::FinderState sound{kernel_, std::nullopt};
  const auto answer = ask(sound);
  ASSERT_TRUE(answer);
  ASSERT_TRUE(answer->owner);
  const int calls = kernel_.calls();
  ASSERT_GT(calls, 10);
  for (const int error : {EINTR, ENOMEM, EMFILE, EPERM, ENOENT, EIO}) {
    for (int nth = 1; nth <= calls; ++nth) {
      SCOPED_TRACE(std::string(strerrorname_np(error)) + " in call " + std::to_string(nth));
      api::FinderState state{kernel_, std::nullopt};
      kernel_.fail_nth(nth, error);
      expect_right_or_explained(ask(state));
      const auto again = ask(state);
      ASSERT_TRUE(again && again->owner);
      EXPECT_EQ(again->owner->pid, ::getpid());
      EXPECT_FALSE(kernel_.closed_twice());
      EXPECT_LE(kernel_.open_descriptors(), 2U);  // each state keeps its /proc
    }
    EXPECT_EQ(kernel_.open_descriptors(), 1U);
  }
}

TEST_F(OwnerFinderFaults, ARememberedOwnerCostsFewCalls) {
  api::FinderState state{kernel_, std::nullopt};
  ask(state);
  kernel_.fail_nth(0, 0);
  ASSERT_TRUE(ask(state)->owner);
  EXPECT_LE(kernel_.calls(), 12);
}

}  // namespace
}  // namespace tcptable::test
