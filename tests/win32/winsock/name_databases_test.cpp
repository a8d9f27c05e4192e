// SPDX-License-Identifier: MIT
// Hosts, services and protocols by name and number, as older programs look them up.
#include <cstring>
#include <string>
#include <thread>

#include "win32/winsock/winsock_test.hpp"

namespace {

class NameDatabases : public Winsock {};

TEST_F(NameDatabases, AHostsAddressIsThatOfItsName) {
  const hostent* const host = gethostbyname("localhost");
  ASSERT_NE(host, nullptr) << WSAGetLastError();
  EXPECT_EQ(host->h_addrtype, AF_INET);
  EXPECT_EQ(host->h_length, 4);
  in_addr address;
  std::memcpy(&address, host->h_addr, sizeof address);
  EXPECT_EQ(address.s_net, 127);
}

TEST_F(NameDatabases, AnAddressInNumbersIsItsOwnName) {
  const hostent* const host = gethostbyname("10.1.2.3");
  ASSERT_NE(host, nullptr);
  EXPECT_STREQ(inet_ntoa(*reinterpret_cast<in_addr*>(host->h_addr_list[0])), "10.1.2.3");
  EXPECT_EQ(host->h_addr_list[1], nullptr);
}

TEST_F(NameDatabases, LoopbackHasANameInBothFamilies) {
  const ULONG address = htonl(INADDR_LOOPBACK);
  const hostent* const host = gethostbyaddr(reinterpret_cast<const char*>(&address), sizeof address, AF_INET);
  ASSERT_NE(host, nullptr) << WSAGetLastError();
  EXPECT_STREQ(host->h_name, "localhost");
  const hostent* const host6 =
      gethostbyaddr(reinterpret_cast<const char*>(&in6addr_loopback), sizeof in6addr_loopback, AF_INET6);
  if (host6 == nullptr) GTEST_SKIP() << "this system's hosts file has no ::1";
  EXPECT_EQ(host6->h_addrtype, AF_INET6);
  EXPECT_EQ(host6->h_length, 16);
}

TEST_F(NameDatabases, WhatIsNotThereHasACode) {
  EXPECT_EQ(gethostbyname("."), nullptr);
  EXPECT_NE(h_errno, 0);
  EXPECT_EQ(getservbyname("no-such-service", "tcp"), nullptr);
  EXPECT_EQ(WSAGetLastError(), WSANO_DATA);
  EXPECT_EQ(getprotobynumber(254), nullptr);
  EXPECT_EQ(WSAGetLastError(), WSANO_DATA);
  EXPECT_EQ(gethostbyaddr("1234", 4, AF_UNIX), nullptr);
  EXPECT_EQ(WSAGetLastError(), WSAEAFNOSUPPORT);
}

TEST_F(NameDatabases, ServicesAreFoundByNameAndByPort) {
  const servent* const by_name = getservbyname("domain", "udp");
  if (by_name == nullptr) GTEST_SKIP() << "no /etc/services here";
  EXPECT_EQ(ntohs(static_cast<u_short>(by_name->s_port)), 53);
  EXPECT_STREQ(by_name->s_proto, "udp");
  const servent* const by_port = getservbyport(htons(22), "tcp");
  ASSERT_NE(by_port, nullptr);
  EXPECT_STREQ(by_port->s_name, "ssh");
  EXPECT_NE(getservbyport(htons(53), nullptr), nullptr) << "of any protocol";
}

TEST_F(NameDatabases, ProtocolsAreFoundByNameAndByNumber) {
  const protoent* const tcp = getprotobyname("tcp");
  if (tcp == nullptr) GTEST_SKIP() << "no /etc/protocols here";
  EXPECT_EQ(tcp->p_proto, IPPROTO_TCP);
  const protoent* const udp = getprotobynumber(IPPROTO_UDP);
  ASSERT_NE(udp, nullptr);
  EXPECT_STREQ(udp->p_name, "udp");
}

TEST_F(NameDatabases, EachThreadHasAnAnswerOfItsOwn) {
  const hostent* const mine = gethostbyname("10.0.0.1");
  ASSERT_NE(mine, nullptr);
  const hostent* others = nullptr;
  std::thread([&] { others = gethostbyname("10.0.0.2"); }).join();
  EXPECT_NE(others, mine);
  EXPECT_STREQ(mine->h_name, "10.0.0.1");
  EXPECT_EQ(gethostbyname("10.0.0.3"), mine) << "overwritten by the next call";
}

TEST(NameDatabasesBeforeStart, NothingIsAnswered) {
  EXPECT_EQ(gethostbyname("localhost"), nullptr);
  EXPECT_EQ(WSAGetLastError(), WSANOTINITIALISED);
  EXPECT_EQ(getservbyport(htons(22), "tcp"), nullptr);
  EXPECT_EQ(WSAGetLastError(), WSANOTINITIALISED);
}

}  // namespace
