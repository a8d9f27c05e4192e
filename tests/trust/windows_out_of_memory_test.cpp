// SPDX-License-Identifier: MIT
// Each allocation of each call of the C ABI fails in turn, once and for good: the right answer or a code,
// and nothing lost.
#include <gtest/gtest.h>

#include <cstdlib>
#include <new>

#include "support/failing_allocations.hpp"
#include "support/network_namespace.hpp"
#include "support/sockets.hpp"
#include "trust/open_descriptors.hpp"
#include "trust/windows_calls.hpp"

namespace tcptable::test {
namespace {

class WindowsOutOfMemory : public ::testing::TestWithParam<WindowsCall> {
 protected:
  void SetUp() override {
    if (const auto reason = enter_small_network_namespace()) GTEST_SKIP() << *reason;
    // On a busy machine owners take so long that BPF is worth loading, which keeps descriptors from then on.
    ::setenv("TCPTABLE_BACKEND", "sock_diag", 1);
    listener_ = listen_on(loopback(Family::ipv4));
    expect_owner();
    ASSERT_EQ(GetParam().run(), "right");
  }

  void TearDown() override { ::unsetenv("TCPTABLE_BACKEND"); }

  Fd listener_;
};

// The call's own words for its answer may run out of memory, too; its functions throw nothing.
bool is_right_or_code(const WindowsCall& call) try {
  const std::string verdict = call.run();
  return verdict == "right" || verdict == "code";
} catch (const std::bad_alloc&) {
  return true;
}

// How many allocations the call makes.
int sweep(const WindowsCall& call, Failing failing) {
  constexpr int kMost = 20'000;
  for (int count = 0; count < kMost; ++count) {
    const int descriptors = open_descriptors();
    bool well = false;
    {
      const FailingAllocations failing_now(count, failing);
      well = is_right_or_code(call);
    }
    EXPECT_TRUE(well) << "after " << count;
    EXPECT_EQ(open_descriptors(), descriptors) << "after " << count;
    if (::testing::Test::HasFailure()) return 0;
    if (!FailingAllocations::has_failed()) return count;
  }
  ADD_FAILURE() << "never succeeded";
  return 0;
}

TEST_P(WindowsOutOfMemory, IsACodeAndLosesNothing) {
  for (const Failing failing : {Failing::one, Failing::all_from_it}) {
    long living = living_allocations();
    const int allocations = sweep(GetParam(), failing);
    // What is kept from call to call may have been made anew, and larger.
    if (living_allocations() != living) {
      living = living_allocations();
      sweep(GetParam(), failing);
    }
    EXPECT_EQ(living_allocations(), living);
    RecordProperty("allocations", allocations);
    EXPECT_EQ(GetParam().run(), "right");
  }
}

INSTANTIATE_TEST_SUITE_P(Call, WindowsOutOfMemory,
                         ::testing::ValuesIn(windows_calls().begin(), windows_calls().end()),
                         [](const auto& call) {
                           std::string name = call.param.name;
                           std::erase(name, ' ');
                           return name;
                         });

}  // namespace
}  // namespace tcptable::test
