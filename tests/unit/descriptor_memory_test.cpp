// SPDX-License-Identifier: MIT
// What is remembered of processes' descriptors, and in which order it suggests to look.
#include "owner/descriptor_memory.hpp"

#include <gtest/gtest.h>

#include "owner/process_text.hpp"

namespace tcptable::test {
namespace {

using owner::DescriptorMemory;
using owner::Seat;

TEST(DescriptorMemory, ASocketIsWhereItWasSeenLast) {
  DescriptorMemory memory;
  EXPECT_EQ(memory.seat_of(7), std::nullopt);
  memory.note({100, 3}, 7);
  EXPECT_EQ(memory.seat_of(7), (Seat{100, 3}));
  memory.note({200, 5}, 7);
  EXPECT_EQ(memory.seat_of(7), (Seat{200, 5}));
}

TEST(DescriptorMemory, ANumberThatIsAnotherSocketsNowTakesTheOldOneAway) {
  DescriptorMemory memory;
  memory.note({100, 3}, 7);
  memory.note({100, 3}, 8);
  EXPECT_EQ(memory.seat_of(7), std::nullopt);
  EXPECT_EQ(memory.seat_of(8), (Seat{100, 3}));
  memory.note({100, 3}, 0);  // a file now
  EXPECT_EQ(memory.seat_of(8), std::nullopt);
}

TEST(DescriptorMemory, ForgettingOneHolderLeavesTheOther) {
  DescriptorMemory memory;
  memory.note({100, 3}, 7);
  memory.note({200, 3}, 7);
  memory.forget_process(100);
  EXPECT_EQ(memory.seat_of(7), (Seat{200, 3}));
  memory.forget_seat({200, 3});
  EXPECT_EQ(memory.seat_of(7), std::nullopt);
  EXPECT_FALSE(memory.knows(100));
  EXPECT_TRUE(memory.knows(200));
}

TEST(DescriptorMemory, TheLowestFreeNumberIsTheNextThatTheKernelGives) {
  DescriptorMemory memory;
  EXPECT_EQ(memory.lowest_free(100), 0);
  for (const std::int32_t fd : {0, 1, 4}) memory.note({100, fd}, 0);
  EXPECT_EQ(memory.lowest_free(100), 2);
  memory.note({100, 2}, 9);
  EXPECT_EQ(memory.lowest_free(100), 3);
  memory.note({100, 3}, 10);
  EXPECT_EQ(memory.lowest_free(100), 5);
  memory.forget_seat({100, 1});
  EXPECT_EQ(memory.lowest_free(100), 1);
}

TEST(DescriptorMemory, TheNumbersThatChangedLastComeFirst) {
  DescriptorMemory memory;
  EXPECT_TRUE(memory.recent(100).empty());
  for (const std::int32_t fd : {0, 1, 2, 3}) memory.note({100, fd}, static_cast<std::uint32_t>(10 + fd));
  EXPECT_EQ(memory.recent(100), (std::vector<std::int32_t>{3, 2}));
  memory.note({100, 0}, 10);  // nothing new
  EXPECT_EQ(memory.recent(100), (std::vector<std::int32_t>{3, 2}));
  memory.note({100, 1}, 99);
  EXPECT_EQ(memory.recent(100), (std::vector<std::int32_t>{1, 3}));
  memory.forget_seat({100, 1});
  EXPECT_EQ(memory.recent(100), (std::vector<std::int32_t>{3}));
}

// A first look notes all of a process's numbers, and the last of them says nothing of what it did last.
TEST(DescriptorMemory, TheNumberThatWasFoundComesBeforeThoseThatChanged) {
  DescriptorMemory memory;
  for (const std::int32_t fd : {0, 1, 2, 3}) memory.note({100, fd}, static_cast<std::uint32_t>(10 + fd));
  memory.mark_active({100, 1});
  EXPECT_EQ(memory.recent(100), (std::vector<std::int32_t>{1, 3}));
  memory.mark_active({100, 3});
  EXPECT_EQ(memory.recent(100), (std::vector<std::int32_t>{3, 1}));
  memory.note({100, 1}, 99);
  EXPECT_EQ(memory.recent(100), (std::vector<std::int32_t>{1, 3}));
}

TEST(DescriptorMemory, TheProcessThatWasActiveLastComesFirst) {
  DescriptorMemory memory;
  for (const std::int32_t pid : {100, 200, 300}) memory.note({pid, 0}, 0);
  EXPECT_EQ(memory.pids(), (std::vector<std::int32_t>{100, 200, 300}));
  memory.mark_active({200, 0});
  memory.mark_active({300, 0});
  memory.note({400, 0}, 0);  // only met
  EXPECT_EQ(memory.pids(), (std::vector<std::int32_t>{300, 200, 100, 400}));
  memory.forget_process(300);
  EXPECT_EQ(memory.pids(), (std::vector<std::int32_t>{200, 100, 400}));
}

TEST(DescriptorMemory, AProcessThatMayNotBeReadIsKnownAndHasNothing) {
  DescriptorMemory memory;
  memory.remember(100, 1000);
  memory.remember(200, std::nullopt);
  EXPECT_TRUE(memory.knows(100));
  EXPECT_EQ(memory.uid_of(100), 1000U);
  EXPECT_EQ(memory.uid_of(200), std::nullopt);
  EXPECT_EQ(memory.uid_of(300), std::nullopt);
  EXPECT_EQ(memory.pids().size(), 2U);
}

TEST(ProcessText, TheEffectiveUserIsTheSecondOfFour) {
  EXPECT_EQ(owner::parse_effective_uid("Name:\tx\nUmask:\t0022\nUid:\t1\t2\t3\t4\nGid:\t5\t6\t7\t8\n"), 2U);
  EXPECT_EQ(owner::parse_effective_uid("Name:\tUid:\t9\n"), std::nullopt);
  EXPECT_EQ(owner::parse_effective_uid("Name:\tx\nUid:\t1"), std::nullopt);
  EXPECT_EQ(owner::parse_effective_uid(""), std::nullopt);
}

}  // namespace
}  // namespace tcptable::test
