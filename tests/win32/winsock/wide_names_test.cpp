// SPDX-License-Identifier: MIT
// Names and addresses in wide characters, and addresses as text.
#include <gtest/gtest.h>

#include <string>

#include "winsock_test.hpp"

namespace {

TEST_F(Winsock, WideNamesAreLookedUp) {
  ADDRINFOW hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_flags = AI_NUMERICHOST | AI_CANONNAME;
  hints.ai_socktype = SOCK_STREAM;
  PADDRINFOW found = nullptr;
  ASSERT_EQ(GetAddrInfoW(L"::1", L"8080", &hints, &found), 0);
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->ai_family, AF_INET6);
  EXPECT_EQ(found->ai_addrlen, sizeof(SOCKADDR_IN6));
  EXPECT_EQ(reinterpret_cast<SOCKADDR_IN6*>(found->ai_addr)->sin6_port, htons(8080));
  EXPECT_STREQ(found->ai_canonname, L"::1");
  wchar_t host[NI_MAXHOST];
  wchar_t service[NI_MAXSERV];
  const int length = static_cast<int>(found->ai_addrlen);
  EXPECT_EQ(GetNameInfoW(found->ai_addr, length, host, NI_MAXHOST, service, NI_MAXSERV,
                         NI_NUMERICHOST | NI_NUMERICSERV),
            0);
  EXPECT_STREQ(host, L"::1");
  EXPECT_STREQ(service, L"8080");
  EXPECT_EQ(GetNameInfoW(found->ai_addr, length, host, 2, nullptr, 0, NI_NUMERICHOST), WSAEFAULT);
  FreeAddrInfoW(found);
}

TEST_F(Winsock, WideLookUpsFailByCode) {
  ADDRINFOW hints{};
  hints.ai_flags = AI_NUMERICHOST;
  PADDRINFOW found = nullptr;
  EXPECT_EQ(GetAddrInfoW(L"no address", nullptr, &hints, &found), WSAHOST_NOT_FOUND);
  EXPECT_EQ(WSAGetLastError(), WSAHOST_NOT_FOUND);
  EXPECT_EQ(GetAddrInfoW(L"::1", nullptr, &hints, nullptr), WSAEFAULT);
  FreeAddrInfoW(nullptr);
}

std::string text_of(SOCKADDR* address, std::size_t size) {
  char text[64];
  DWORD length = sizeof(text);
  const int result = WSAAddressToStringA(address, static_cast<DWORD>(size), nullptr, text, &length);
  if (result != 0) return "error " + std::to_string(WSAGetLastError());
  EXPECT_EQ(length, std::string(text).size() + 1);
  return text;
}

TEST_F(Winsock, AddressesBecomeText) {
  SOCKADDR_IN ipv4{};
  ipv4.sin_family = AF_INET;
  ipv4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(text_of(reinterpret_cast<SOCKADDR*>(&ipv4), sizeof(ipv4)), "127.0.0.1");
  ipv4.sin_port = htons(80);
  EXPECT_EQ(text_of(reinterpret_cast<SOCKADDR*>(&ipv4), sizeof(ipv4)), "127.0.0.1:80");
  SOCKADDR_IN6 ipv6{};
  ipv6.sin6_family = AF_INET6;
  ipv6.sin6_addr = in6addr_loopback;
  EXPECT_EQ(text_of(reinterpret_cast<SOCKADDR*>(&ipv6), sizeof(ipv6)), "::1");
  ipv6.sin6_port = htons(443);
  ipv6.sin6_scope_id = 3;
  EXPECT_EQ(text_of(reinterpret_cast<SOCKADDR*>(&ipv6), sizeof(ipv6)), "[::1%3]:443");
  EXPECT_EQ(text_of(reinterpret_cast<SOCKADDR*>(&ipv6), sizeof(SOCKADDR_IN)), "error 10022");
}

TEST_F(Winsock, AnAddresssTextTellsTheLengthThatItNeeds) {
  SOCKADDR_IN ipv4{};
  ipv4.sin_family = AF_INET;
  wchar_t text[8] = L"x";
  DWORD length = 7;
  EXPECT_EQ(WSAAddressToStringW(reinterpret_cast<SOCKADDR*>(&ipv4), sizeof(ipv4), nullptr, text, &length),
            SOCKET_ERROR);
  EXPECT_EQ(WSAGetLastError(), WSAEFAULT);
  EXPECT_EQ(length, 8U);
  EXPECT_STREQ(text, L"x");
  EXPECT_EQ(WSAAddressToStringW(reinterpret_cast<SOCKADDR*>(&ipv4), sizeof(ipv4), nullptr, text, &length), 0);
  EXPECT_STREQ(text, L"0.0.0.0");
}

// The address and back again, or the code.
std::string there_and_back(const char* text, int family) {
  SOCKADDR_STORAGE address{};
  int length = sizeof(address);
  auto* const generic = reinterpret_cast<SOCKADDR*>(&address);
  if (WSAStringToAddressA(const_cast<char*>(text), family, nullptr, generic, &length) != 0)
    return "error " + std::to_string(WSAGetLastError());
  return text_of(generic, static_cast<std::size_t>(length));
}

TEST_F(Winsock, TextsBecomeAddresses) {
  for (const char* text : {"127.0.0.1", "127.0.0.1:80"}) EXPECT_EQ(there_and_back(text, AF_INET), text);
  for (const char* text : {"::1", "fe80::1%7", "[::1]:443", "[fe80::1%4294967295]:65535"})
    EXPECT_EQ(there_and_back(text, AF_INET6), text);
  EXPECT_EQ(there_and_back("[::1]", AF_INET6), "::1");
}

TEST_F(Winsock, WhatIsNoAddressIsRefused) {
  for (const char* text : {"", "127.0.0.256", "127.0.0.1:", "127.0.0.1:65536", "127.0.0.1:8x", "::1"})
    EXPECT_EQ(there_and_back(text, AF_INET), "error 10022") << text;
  for (const char* text : {"", "[::1", "[::1]443", "[::1]:-1", "fe80::1%", "fe80::1%eth0", "127.0.0.1"})
    EXPECT_EQ(there_and_back(text, AF_INET6), "error 10022") << text;
  EXPECT_EQ(there_and_back("127.0.0.1", AF_UNIX), "error 10022");
}

TEST_F(Winsock, AWideTextsAddressTellsTheLengthThatItNeeds) {
  SOCKADDR_IN6 address{};
  auto* const generic = reinterpret_cast<SOCKADDR*>(&address);
  wchar_t text[] = L"[::1]:80";
  int length = sizeof(SOCKADDR_IN);
  EXPECT_EQ(WSAStringToAddressW(text, AF_INET6, nullptr, generic, &length), SOCKET_ERROR);
  EXPECT_EQ(WSAGetLastError(), WSAEFAULT);
  EXPECT_EQ(length, static_cast<int>(sizeof(SOCKADDR_IN6)));
  EXPECT_EQ(address.sin6_port, 0);
  EXPECT_EQ(WSAStringToAddressW(text, AF_INET6, nullptr, generic, &length), 0);
  EXPECT_EQ(address.sin6_family, AF_INET6);
  EXPECT_EQ(address.sin6_port, htons(80));
}

}  // namespace
