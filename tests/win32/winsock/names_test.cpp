// SPDX-License-Identifier: MIT
#include <cstring>
#include <string>
#include <thread>

#include "win32/winsock/winsock_test.hpp"

namespace {

TEST(AddressText, InetNtoaNeedsNoStartAndReadsTheUnion) {
  struct in_addr address;
  address.S_un.S_addr = inet_addr("10.1.2.3");
  EXPECT_STREQ(inet_ntoa(address), "10.1.2.3");
  EXPECT_EQ(address.S_un.S_un_b.s_b4, 3);
  EXPECT_EQ(address.s_net, 10);
  EXPECT_EQ(inet_addr("no address"), INADDR_NONE);
}

TEST(AddressText, InetNtoaHasOneTextAThreadWhichItsNextCallOverwrites) {
  IN_ADDR first;
  IN_ADDR second;
  first.s_addr = inet_addr("10.0.0.1");
  second.s_addr = inet_addr("10.0.0.2");
  const char* text = inet_ntoa(first);
  const char* others = nullptr;
  std::thread([&] { others = inet_ntoa(second); }).join();
  EXPECT_NE(others, text);
  EXPECT_STREQ(text, "10.0.0.1");
  EXPECT_EQ(inet_ntoa(second), text);
  EXPECT_STREQ(text, "10.0.0.2");
}

TEST(Ipv6Address, KindsAreTold) {
  const auto address = [](const char* text) {
    IN6_ADDR parsed;
    EXPECT_EQ(inet_pton(AF_INET6, text, &parsed), 1);
    return parsed;
  };
  const IN6_ADDR link_local = address("fe80::1");
  const IN6_ADDR multicast = address("ff02::1");
  const IN6_ADDR mapped = address("::ffff:10.0.0.1");
  const IN6_ADDR any = IN6ADDR_ANY_INIT;
  EXPECT_TRUE(IN6_IS_ADDR_UNSPECIFIED(&any));
  EXPECT_FALSE(IN6_IS_ADDR_UNSPECIFIED(&in6addr_loopback));
  EXPECT_TRUE(IN6_IS_ADDR_LOOPBACK(&in6addr_loopback));
  EXPECT_FALSE(IN6_IS_ADDR_LOOPBACK(&in6addr_any));
  EXPECT_TRUE(IN6_IS_ADDR_LINKLOCAL(&link_local));
  EXPECT_FALSE(IN6_IS_ADDR_LINKLOCAL(&multicast));
  EXPECT_TRUE(IN6_IS_ADDR_MULTICAST(&multicast));
  EXPECT_FALSE(IN6_IS_ADDR_MULTICAST(&mapped));
  EXPECT_TRUE(IN6_IS_ADDR_V4MAPPED(&mapped));
  EXPECT_FALSE(IN6_IS_ADDR_V4MAPPED(&link_local));
  EXPECT_TRUE(IN6_ADDR_EQUAL(&any, &in6addr_any));
  EXPECT_FALSE(IN6_ADDR_EQUAL(&link_local, &multicast));
  EXPECT_EQ(mapped.u.Word[5], 0xffff);
  EXPECT_EQ(mapped.s6_addr[12], 10);
}

TEST(AddressText, BothFamiliesGoThereAndBack) {
  char text[INET6_ADDRSTRLEN];
  IN6_ADDR six;
  ASSERT_EQ(inet_pton(AF_INET6, "fe80::1:2", &six), 1);
  EXPECT_STREQ(inet_ntop(AF_INET6, &six, text, sizeof text), "fe80::1:2");
  IN_ADDR four;
  ASSERT_EQ(InetPton(AF_INET, "192.0.2.1", &four), 1);
  EXPECT_STREQ(InetNtop(AF_INET, &four, text, sizeof text), "192.0.2.1");
  EXPECT_EQ(inet_pton(AF_INET, "192.0.2.256", &four), 0);
  EXPECT_EQ(inet_pton(99, "192.0.2.1", &four), -1);
  EXPECT_EQ(WSAGetLastError(), WSAEAFNOSUPPORT);
}

TEST(AddressText, TooSmallABufferIsRefused) {
  const IN_ADDR four{};
  char text[7];
  EXPECT_EQ(inet_ntop(AF_INET, &four, text, sizeof text), nullptr);
  EXPECT_EQ(WSAGetLastError(), WSA_INVALID_PARAMETER);
}

TEST(AddressText, WideTextHasTheCompilersWchar) {
  wchar_t text[INET6_ADDRSTRLEN];
  IN6_ADDR six;
  ASSERT_EQ(InetPtonW(AF_INET6, L"2001:db8::5", &six), 1);
  EXPECT_EQ(std::wstring(InetNtopW(AF_INET6, &six, text, INET6_ADDRSTRLEN)), L"2001:db8::5");
  EXPECT_EQ(InetPtonW(AF_INET6, L"2001:db8::\u0665", &six), 0);
}

TEST(ByteOrder, TakesDwordsAsRealSourcesPassThem) {
  const DWORD port = 0x5000;
  EXPECT_EQ(ntohs(static_cast<u_short>(port)), 0x50);
  EXPECT_EQ(htonl(0x7f000001), 0x0100007fU);
  EXPECT_EQ(sizeof(u_long), 4U);
}

TEST_F(Winsock, NumericLookUpGivesWindowsFamiliesAndLayout) {
  ADDRINFOA hints{};
  hints.ai_family = AF_INET6;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_CANONNAME;
  PADDRINFOA list = nullptr;
  ASSERT_EQ(getaddrinfo("::1", "8080", &hints, &list), 0);
  EXPECT_EQ(list->ai_family, AF_INET6);
  EXPECT_EQ(list->ai_addr->sa_family, AF_INET6);
  EXPECT_EQ(list->ai_addrlen, sizeof(SOCKADDR_IN6));
  EXPECT_STREQ(list->ai_canonname, "::1");
  EXPECT_EQ(ntohs(reinterpret_cast<SOCKADDR_IN6*>(list->ai_addr)->sin6_port), 8080);
  char host[NI_MAXHOST];
  char service[NI_MAXSERV];
  EXPECT_EQ(getnameinfo(list->ai_addr, static_cast<int>(list->ai_addrlen), host, sizeof host, service,
                        sizeof service, NI_NUMERICHOST | NI_NUMERICSERV),
            0);
  EXPECT_STREQ(host, "::1");
  EXPECT_STREQ(service, "8080");
  freeaddrinfo(list);
}

TEST_F(Winsock, FailedLookUpGivesASocketCode) {
  ADDRINFOA hints{};
  hints.ai_flags = AI_NUMERICHOST;
  PADDRINFOA list = nullptr;
  EXPECT_EQ(getaddrinfo("no number", nullptr, &hints, &list), WSAHOST_NOT_FOUND);
  EXPECT_STREQ(gai_strerrorA(WSAHOST_NOT_FOUND), "No such host is known. ");
  EXPECT_STREQ(gai_strerrorW(WSAHOST_NOT_FOUND), L"No such host is known. ");
  EXPECT_EQ(list, nullptr);
  hints.ai_flags = 0x40000000;
  EXPECT_EQ(getaddrinfo("::1", nullptr, &hints, &list), WSAEINVAL);
}

}  // namespace
