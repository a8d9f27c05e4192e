// SPDX-License-Identifier: MIT
// The list in which the readers of a walk by BPF bring their processes together.
#include "owner/process_list.hpp"

#include <gtest/gtest.h>

namespace tcptable::test {
namespace {

using owner::ProcessList;

TEST(ProcessListing, AProcessThatIsListedAnewHasThePlaceThatItHad) {
  ProcessList list;
  const std::uint32_t place = list.index_of({100, 7, "server"});
  EXPECT_NE(list.index_of({101, 7, "worker"}), place);
  EXPECT_EQ(list.index_of({100, 7, "server"}), place);
  EXPECT_EQ(list.processes().size(), 2U);
}

TEST(ProcessListing, AProcessWithThePidOfOneThatHasExitedHasAPlaceOfItsOwn) {
  ProcessList list;
  const std::uint32_t gone = list.index_of({100, 7, "gone"});
  const std::uint32_t anew = list.index_of({100, 8, "anew"});
  ASSERT_NE(gone, anew);
  EXPECT_EQ(list.processes()[gone].name, "gone");
  EXPECT_EQ(list.processes()[anew].name, "anew");
  EXPECT_EQ(list.index_of({100, 7, "gone"}), gone);
}

TEST(ProcessListing, GrowsWithoutLosingAPlace) {
  constexpr std::int32_t kMany = 1000;
  ProcessList list;
  for (std::int32_t pid = 0; pid < kMany; ++pid) list.index_of({pid, 7, "first"});
  for (std::int32_t pid = 0; pid < kMany; ++pid) list.index_of({pid, 8, "second"});
  for (std::int32_t pid = 0; pid < kMany; ++pid) {
    const Process& process = list.processes()[list.index_of({pid, 8, "second"})];
    EXPECT_EQ(process.pid, pid);
    EXPECT_EQ(process.name, "second");
  }
  EXPECT_EQ(list.processes().size(), 2U * kMany);
}

}  // namespace
}  // namespace tcptable::test
