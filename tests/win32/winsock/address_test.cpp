// SPDX-License-Identifier: MIT
#include "win32/winsock/address.hpp"

#include <gtest/gtest.h>

namespace {

using namespace tcptable::win32;

TEST(SocketAddress, OnlyTheNumberOfAfInet6Differs) {
  EXPECT_EQ(linux_family(23), 10);
  EXPECT_EQ(windows_family(10), 23);
  EXPECT_EQ(linux_family(2), 2);
  EXPECT_EQ(windows_family(2), 2);
  EXPECT_EQ(linux_family(0), 0);
}

TEST(SocketAddress, IsTranslatedOnBothWays) {
  unsigned char given[28] = {23, 0, 1, 2, 3};
  AddressBytes address{};
  ASSERT_TRUE(copy_in(address, given, sizeof given));
  EXPECT_EQ(family_of_address(address.bytes), 10);
  unsigned char taken[28] = {};
  int size = sizeof taken;
  ASSERT_TRUE(copy_out(taken, &size, address));
  EXPECT_EQ(std::memcmp(given, taken, sizeof given), 0);
}

TEST(SocketAddress, ImpossibleSizesAreRefused) {
  unsigned char bytes[200] = {};
  AddressBytes address{};
  EXPECT_FALSE(copy_in(address, nullptr, 16));
  EXPECT_FALSE(copy_in(address, bytes, 1));
  EXPECT_FALSE(copy_in(address, bytes, -5));
  EXPECT_FALSE(copy_in(address, bytes, 129));
  address.size = 16;
  int room = 15;
  EXPECT_FALSE(copy_out(bytes, &room, address));
}

}  // namespace
