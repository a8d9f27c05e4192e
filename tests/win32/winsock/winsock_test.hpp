// SPDX-License-Identifier: MIT
// What the socket tests share. They are written as Windows programs are.
#pragma once

#include <gtest/gtest.h>
#include <winsock2.h>
#include <ws2tcpip.h>

/// In a network namespace whose loopback is down, connections that nobody refuses are waited for for minutes.
inline bool has_loopback() {
  SOCKADDR_IN address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(9);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const SOCKET probe = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
  const bool connects = connect(probe, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  closesocket(probe);
  return connects;
}

class Winsock : public testing::Test {
 protected:
  void SetUp() override {
    WSADATA data;
    ASSERT_EQ(WSAStartup(MAKEWORD(2, 2), &data), 0);
    if (!has_loopback()) GTEST_SKIP() << "needs the loopback interface";
  }
  void TearDown() override { EXPECT_EQ(WSACleanup(), 0); }
};

/// A listener on the loopback address of `family` with a port of the kernel's choice; `address` gets where it
/// listens.
inline SOCKET listen_on_loopback(int family, SOCKADDR_STORAGE* address, int* size) {
  SOCKET listener = socket(family, SOCK_STREAM, IPPROTO_TCP);
  *address = SOCKADDR_STORAGE{};
  address->ss_family = static_cast<SHORT>(family);
  if (family == AF_INET) {
    reinterpret_cast<SOCKADDR_IN*>(address)->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    *size = sizeof(SOCKADDR_IN);
  } else {
    reinterpret_cast<SOCKADDR_IN6*>(address)->sin6_addr = in6addr_loopback;
    *size = sizeof(SOCKADDR_IN6);
  }
  EXPECT_EQ(bind(listener, reinterpret_cast<sockaddr*>(address), *size), 0) << WSAGetLastError();
  EXPECT_EQ(listen(listener, SOMAXCONN), 0);
  *size = sizeof *address;
  EXPECT_EQ(getsockname(listener, reinterpret_cast<sockaddr*>(address), size), 0);
  return listener;
}

/// A connected pair on the loopback interface.
struct ConnectedPair {
  explicit ConnectedPair(int family = AF_INET) {
    SOCKADDR_STORAGE address;
    int size = 0;
    listener = listen_on_loopback(family, &address, &size);
    client = socket(family, SOCK_STREAM, IPPROTO_TCP);
    EXPECT_EQ(connect(client, reinterpret_cast<sockaddr*>(&address), size), 0) << WSAGetLastError();
    server = accept(listener, nullptr, nullptr);
    EXPECT_NE(server, INVALID_SOCKET);
  }
  ~ConnectedPair() {
    for (SOCKET s : {listener, client, server}) closesocket(s);
  }
  ConnectedPair(const ConnectedPair&) = delete;
  ConnectedPair& operator=(const ConnectedPair&) = delete;

  SOCKET listener, client, server;
};
