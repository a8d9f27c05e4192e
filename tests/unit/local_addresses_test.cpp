// SPDX-License-Identifier: MIT
// Which addresses are a namespace's own, by the kernel's texts.
#include <gtest/gtest.h>

#include <string>

#include "model/local_addresses.hpp"
#include "support/sockets.hpp"

namespace {

using tcptable::model::lists_local_ipv4;
using tcptable::model::lists_local_ipv6;
using tcptable::test::endpoint;

const std::string kTrie =
    "Main:\n"
    "  +-- 0.0.0.0/0 3 0 5\n"
    "     |-- 0.0.0.0\n"
    "        /0 universe UNICAST\n"
    "     +-- 172.17.0.0/16 2 0 2\n"
    "        |-- 172.17.0.0\n"
    "           /16 link UNICAST\n"
    "        |-- 172.17.0.2\n"
    "           /32 host LOCAL\n"
    "        |-- 172.17.255.255\n"
    "           /32 link BROADCAST\n"
    "        |-- 172.17.0.3\n"
    "           /31 link UNICAST\n"
    "           /32 host LOCAL\n";

TEST(LocalAddresses, AreThoseOfIpv4ThatAreRoutedToTheHost) {
  EXPECT_TRUE(lists_local_ipv4(kTrie, endpoint("172.17.0.2", 80)));
  EXPECT_TRUE(lists_local_ipv4(kTrie, endpoint("172.17.0.3", 0)));
  EXPECT_FALSE(lists_local_ipv4(kTrie, endpoint("172.17.0.0", 0)));
  EXPECT_FALSE(lists_local_ipv4(kTrie, endpoint("172.17.255.255", 0)));
  EXPECT_FALSE(lists_local_ipv4(kTrie, endpoint("172.17.0.4", 0)));
  EXPECT_FALSE(lists_local_ipv4("", endpoint("172.17.0.2", 0)));
}

TEST(LocalAddresses, AreThoseOfIpv6InterfacesWhole) {
  const std::string text =
      "fe800000000000000000000000000001 02 40 20 80     eth0\n"
      "fd000000000000000000000000000002 02 40 00 80     eth0\n";
  EXPECT_TRUE(lists_local_ipv6(text, endpoint("fe80::1", 0)));
  EXPECT_TRUE(lists_local_ipv6(text, endpoint("fd00::2", 80)));
  EXPECT_FALSE(lists_local_ipv6(text, endpoint("fd00::1", 80)));
  EXPECT_FALSE(lists_local_ipv6("fe80", endpoint("fe80::1", 0)));
}

}  // namespace
