// SPDX-License-Identifier: MIT
// The memory of switches: exact, and no larger than the connections that there are.
#include "win32/connection/collection_flags.hpp"

#include <gtest/gtest.h>

#include <set>

namespace {

using namespace tcptable;
using namespace tcptable::win32;

SocketKey key_with(std::uint64_t cookie) {
  SocketKey key;
  key.cookie = cookie;
  return key;
}

class Flags : public testing::Test {
 protected:
  std::set<std::uint64_t> gone;
  int asked = 0;
  CollectionFlags flags{[this](const SocketKey& key) {
                          ++asked;
                          return gone.contains(key.cookie);
                        },
                        8};
};

TEST_F(Flags, SwitchesAddUpAndGo) {
  EXPECT_EQ(flags.of(1), 0);
  flags.change(key_with(1), 0b011, 0);
  flags.change(key_with(1), 0b100, 0b001);
  EXPECT_EQ(flags.of(1), 0b110);
  EXPECT_EQ(flags.of(2), 0);
}

TEST_F(Flags, AConnectionWithNothingOnTakesNoPlace) {
  flags.change(key_with(1), 1, 0);
  EXPECT_EQ(flags.size(), 1U);
  flags.change(key_with(1), 0, 1);
  EXPECT_EQ(flags.size(), 0U);
  flags.change(key_with(2), 0, 1);
  EXPECT_EQ(flags.size(), 0U);
}

TEST_F(Flags, ConnectionsThatHaveGoneAreDropped) {
  for (std::uint64_t cookie = 1; cookie <= 8; ++cookie) {
    flags.change(key_with(cookie), 1, 0);
    gone.insert(cookie);
  }
  EXPECT_EQ(asked, 0);
  flags.change(key_with(9), 1, 0);
  EXPECT_EQ(flags.size(), 1U);
  EXPECT_EQ(flags.of(9), 1);
  EXPECT_EQ(flags.of(8), 0);
}

TEST_F(Flags, ConnectionsThatLiveAreKeptAndSeldomAskedFor) {
  constexpr std::uint64_t kMany = 4'000;
  for (std::uint64_t cookie = 1; cookie <= kMany; ++cookie) flags.change(key_with(cookie), 1, 0);
  EXPECT_EQ(flags.size(), kMany);
  EXPECT_LE(asked, 2 * static_cast<int>(kMany));
}

}  // namespace
