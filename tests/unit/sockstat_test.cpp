// SPDX-License-Identifier: MIT
#include "sys/sockstat.hpp"

#include <gtest/gtest.h>

namespace tcptable::sys {
namespace {

constexpr std::string_view kSockstat =
    "sockets: used 412\n"
    "TCP: inuse 37 orphan 2 tw 15 alloc 40 mem 6\n"
    "UDP: inuse 4 mem 1\n"
    "UDPLITE: inuse 0\n"
    "RAW: inuse 0\n"
    "FRAG: inuse 0 memory 0\n";

TEST(Sockstat, TellsTheNumberBehindItsName) {
  EXPECT_EQ(number_behind(kSockstat, "sockets: used "), 412U);
  EXPECT_EQ(number_behind(kSockstat, "TCP: inuse "), 37U);
  EXPECT_EQ(number_behind(kSockstat, "UDP: inuse "), 4U);
  EXPECT_EQ(parse_time_wait_sockets(kSockstat), 15U);
}

TEST(Sockstat, TellsTheFirstNumberWhereThereAreNoWords) {
  EXPECT_EQ(number_behind("1216\t0\t9223372036854775807\n", ""), 1216U);
}

TEST(Sockstat, TellsNoNumberWhereThereIsNone) {
  EXPECT_EQ(parse_time_wait_sockets(""), std::nullopt);
  EXPECT_EQ(parse_time_wait_sockets("TCP: inuse 37 orphan 2 alloc 40\n"), std::nullopt);
  EXPECT_EQ(parse_time_wait_sockets("TCP: inuse 37 orphan 2 tw "), std::nullopt);
  EXPECT_EQ(parse_time_wait_sockets("TCP: inuse 37 orphan 2 tw many"), std::nullopt);
  EXPECT_EQ(parse_time_wait_sockets("TCP: inuse 37 orphan 2 tw -1"), std::nullopt);
}

TEST(Sockstat, TellsTheFirstWordsOfTheLastLineThatBeginsSo) {
  EXPECT_EQ(words_of_last_line(kSockstat, "TCP:", 3), "TCP: inuse 37");
  EXPECT_EQ(words_of_last_line("Tcp: A B C\nTcp: 1 2 3\nUdp: A\n", "Tcp:", 3), "Tcp: 1 2");
  EXPECT_EQ(words_of_last_line("Tcp: A B C\nTcp: 1 2 3", "Tcp:", 9), "Tcp: 1 2 3");
  EXPECT_EQ(words_of_last_line(kSockstat, "TCP6:", 3), "");
  EXPECT_EQ(words_of_last_line("xTCP: 1\n", "TCP:", 2), "");
}

TEST(Sockstat, TellsNoNumberThatDoesNotFit) {
  EXPECT_EQ(parse_time_wait_sockets("TCP: tw 18446744073709551616 alloc 1"), std::nullopt);
  EXPECT_EQ(parse_time_wait_sockets("TCP: tw 18446744073709551615 alloc 1"), 18446744073709551615U);
}

}  // namespace
}  // namespace tcptable::sys
