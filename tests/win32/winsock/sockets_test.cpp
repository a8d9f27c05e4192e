// SPDX-License-Identifier: MIT
#include <cstring>
#include <thread>

#include "win32/winsock/winsock_test.hpp"

namespace {

TEST(WinsockStartup, CallsBeforeItFailWithNotInitialised) {
  EXPECT_EQ(socket(AF_INET, SOCK_STREAM, 0), INVALID_SOCKET);
  EXPECT_EQ(WSAGetLastError(), WSANOTINITIALISED);
  EXPECT_EQ(GetLastError(), static_cast<DWORD>(WSANOTINITIALISED));
  EXPECT_EQ(WSACleanup(), SOCKET_ERROR);
  EXPECT_EQ(WSAGetLastError(), WSANOTINITIALISED);
}

TEST(WinsockStartup, IsCountedAndNegotiatesTheVersion) {
  WSADATA data;
  ASSERT_EQ(WSAStartup(MAKEWORD(1, 1), &data), 0);
  EXPECT_EQ(data.wVersion, MAKEWORD(1, 1));
  EXPECT_EQ(data.wHighVersion, MAKEWORD(2, 2));
  ASSERT_EQ(WSAStartup(MAKEWORD(3, 0), &data), 0);
  EXPECT_EQ(data.wVersion, MAKEWORD(2, 2));
  EXPECT_EQ(WSACleanup(), 0);
  const SOCKET s = socket(AF_INET, SOCK_DGRAM, 0);
  EXPECT_NE(s, INVALID_SOCKET) << "one start is still there";
  EXPECT_EQ(closesocket(s), 0);
  EXPECT_EQ(WSACleanup(), 0);
  EXPECT_EQ(WSAStartup(MAKEWORD(0, 9), &data), WSAVERNOTSUPPORTED);
  EXPECT_EQ(WSAStartup(MAKEWORD(2, 2), nullptr), WSAEFAULT);
}

class Echo : public Winsock, public testing::WithParamInterface<int> {};

TEST_P(Echo, TcpCarriesBytesBothWays) {
  const ConnectedPair pair(GetParam());
  char text[8] = {};
  EXPECT_EQ(send(pair.client, "hello", 6, 0), 6);
  EXPECT_EQ(recv(pair.server, text, 6, MSG_WAITALL), 6);
  EXPECT_STREQ(text, "hello");
  EXPECT_EQ(send(pair.server, "back", 5, 0), 5);
  EXPECT_EQ(recv(pair.client, text, sizeof text, 0), 5);
  EXPECT_STREQ(text, "back");
}

TEST_P(Echo, AddressesHaveWindowsFamilyNumbers) {
  const ConnectedPair pair(GetParam());
  SOCKADDR_STORAGE address;
  int size = sizeof address;
  EXPECT_EQ(getpeername(pair.client, reinterpret_cast<sockaddr*>(&address), &size), 0);
  EXPECT_EQ(address.ss_family, GetParam());
  EXPECT_EQ(size, static_cast<int>(GetParam() == AF_INET ? sizeof(SOCKADDR_IN) : sizeof(SOCKADDR_IN6)));
}

INSTANTIATE_TEST_SUITE_P(Families, Echo, testing::Values(AF_INET, AF_INET6));

TEST_F(Winsock, UdpDatagramThatIsTooLongFillsTheBufferAndSaysSo) {
  SOCKET receiver = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
  SOCKADDR_IN address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = inet_addr("127.0.0.1");
  int size = sizeof address;
  ASSERT_EQ(bind(receiver, reinterpret_cast<sockaddr*>(&address), size), 0);
  ASSERT_EQ(getsockname(receiver, reinterpret_cast<sockaddr*>(&address), &size), 0);
  SOCKET sender = socket(AF_INET, SOCK_DGRAM, IPPROTO_UDP);
  ASSERT_EQ(sendto(sender, "12345678", 8, 0, reinterpret_cast<sockaddr*>(&address), size), 8);
  char buffer[4];
  SOCKADDR_IN from{};
  size = sizeof from;
  EXPECT_EQ(recvfrom(receiver, buffer, sizeof buffer, 0, reinterpret_cast<sockaddr*>(&from), &size),
            SOCKET_ERROR);
  EXPECT_EQ(WSAGetLastError(), WSAEMSGSIZE);
  EXPECT_EQ(std::memcmp(buffer, "1234", 4), 0);
  EXPECT_EQ(from.sin_family, AF_INET);
  closesocket(sender);
  closesocket(receiver);
}

TEST_F(Winsock, SendToAClosedConnectionIsAnErrorAndNoSignal) {
  const ConnectedPair pair;
  EXPECT_EQ(shutdown(pair.client, SD_SEND), 0);
  EXPECT_EQ(send(pair.client, "x", 1, 0), SOCKET_ERROR);
  EXPECT_EQ(WSAGetLastError(), WSAESHUTDOWN);
}

TEST_F(Winsock, NonBlockingCallsSayThatTheyWouldBlock) {
  const ConnectedPair pair;
  u_long on = 1;
  ASSERT_EQ(ioctlsocket(pair.client, FIONBIO, &on), 0);
  char byte;
  EXPECT_EQ(recv(pair.client, &byte, 1, 0), SOCKET_ERROR);
  EXPECT_EQ(WSAGetLastError(), WSAEWOULDBLOCK);
}

TEST_F(Winsock, FionreadTellsWhatWaits) {
  const ConnectedPair pair;
  ASSERT_EQ(send(pair.server, "abc", 3, 0), 3);
  char bytes[3];
  ASSERT_EQ(recv(pair.client, bytes, 3, MSG_PEEK | MSG_WAITALL), 3);
  u_long waiting = 0;
  EXPECT_EQ(ioctlsocket(pair.client, FIONREAD, &waiting), 0);
  EXPECT_EQ(waiting, 3U);
  EXPECT_EQ(ioctlsocket(pair.client, 12345, &waiting), SOCKET_ERROR);
  EXPECT_EQ(WSAGetLastError(), WSAEINVAL);
}

TEST_F(Winsock, ReceiveTimeoutIsInMillisecondsAndTimesOut) {
  const ConnectedPair pair;
  DWORD timeout = 30;
  ASSERT_EQ(
      setsockopt(pair.client, SOL_SOCKET, SO_RCVTIMEO, reinterpret_cast<char*>(&timeout), sizeof timeout), 0);
  char byte;
  EXPECT_EQ(recv(pair.client, &byte, 1, 0), SOCKET_ERROR);
  EXPECT_EQ(WSAGetLastError(), WSAETIMEDOUT);
}

TEST_F(Winsock, ConnectToAPortWithoutListenerIsRefused) {
  SOCKADDR_STORAGE address;
  int size = 0;
  closesocket(listen_on_loopback(AF_INET, &address, &size));
  SOCKET s = socket(AF_INET, SOCK_STREAM, 0);
  EXPECT_EQ(connect(s, reinterpret_cast<sockaddr*>(&address), size), SOCKET_ERROR);
  EXPECT_EQ(WSAGetLastError(), WSAECONNREFUSED);
  closesocket(s);
}

TEST_F(Winsock, SelectKeepsTheReadySocketsOnly) {
  const ConnectedPair a;
  const ConnectedPair b;
  ASSERT_EQ(send(a.server, "x", 1, 0), 1);
  fd_set readable;
  FD_ZERO(&readable);
  FD_SET(a.client, &readable);
  FD_SET(b.client, &readable);
  timeval timeout{5, 0};
  EXPECT_EQ(select(0, &readable, nullptr, nullptr, &timeout), 1);
  EXPECT_TRUE(FD_ISSET(a.client, &readable));
  EXPECT_FALSE(FD_ISSET(b.client, &readable));
  timeout = {0, 1000};
  FD_ZERO(&readable);
  FD_SET(b.client, &readable);
  EXPECT_EQ(select(0, &readable, nullptr, nullptr, &timeout), 0);
  EXPECT_EQ(readable.fd_count, 0U);
  EXPECT_EQ(select(0, nullptr, nullptr, nullptr, &timeout), SOCKET_ERROR);
  EXPECT_EQ(WSAGetLastError(), WSAEINVAL);
}

TEST_F(Winsock, WhatIsNoSocketIsRefused) {
  char byte;
  EXPECT_EQ(recv(INVALID_SOCKET, &byte, 1, 0), SOCKET_ERROR);
  EXPECT_EQ(WSAGetLastError(), WSAENOTSOCK);
  EXPECT_EQ(closesocket(0), SOCKET_ERROR) << "standard input is nobody's socket";
  EXPECT_EQ(closesocket(INVALID_SOCKET), SOCKET_ERROR);
  EXPECT_EQ(WSAGetLastError(), WSAENOTSOCK);
  EXPECT_EQ(socket(77, SOCK_STREAM, 0), INVALID_SOCKET);
  EXPECT_EQ(WSAGetLastError(), WSAEAFNOSUPPORT);
}

TEST_F(Winsock, LastErrorBelongsToTheThread) {
  WSASetLastError(WSAEINTR);
  std::thread([] { EXPECT_EQ(WSAGetLastError(), 0); }).join();
  EXPECT_EQ(WSAGetLastError(), WSAEINTR);
}

TEST_F(Winsock, HostNameIsTheSystems) {
  char name[256] = {};
  EXPECT_EQ(gethostname(name, sizeof name), 0);
  EXPECT_NE(name[0], 0);
  EXPECT_EQ(gethostname(nullptr, 10), SOCKET_ERROR);
  EXPECT_EQ(WSAGetLastError(), WSAEFAULT);
}

}  // namespace
