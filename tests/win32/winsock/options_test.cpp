// SPDX-License-Identifier: MIT
#include "win32/winsock/winsock_test.hpp"

namespace {

int option(SOCKET s, int level, int name) {
  int value = -1;
  int size = sizeof value;
  EXPECT_EQ(getsockopt(s, level, name, reinterpret_cast<char*>(&value), &size), 0) << WSAGetLastError();
  EXPECT_EQ(size, static_cast<int>(sizeof value));
  return value;
}

void set_option(SOCKET s, int level, int name, int value) {
  EXPECT_EQ(setsockopt(s, level, name, reinterpret_cast<const char*>(&value), sizeof value), 0)
      << WSAGetLastError();
}

TEST_F(Winsock, OptionsKeepWhatIsSet) {
  SOCKET s = socket(AF_INET6, SOCK_STREAM, 0);
  set_option(s, SOL_SOCKET, SO_KEEPALIVE, 1);
  EXPECT_EQ(option(s, SOL_SOCKET, SO_KEEPALIVE), 1);
  set_option(s, IPPROTO_TCP, TCP_NODELAY, 1);
  EXPECT_EQ(option(s, IPPROTO_TCP, TCP_NODELAY), 1);
  set_option(s, IPPROTO_IPV6, IPV6_V6ONLY, 1);
  EXPECT_EQ(option(s, IPPROTO_IPV6, IPV6_V6ONLY), 1);
  EXPECT_EQ(option(s, SOL_SOCKET, SO_TYPE), SOCK_STREAM);
  DWORD timeout = 1500;
  EXPECT_EQ(setsockopt(s, SOL_SOCKET, SO_SNDTIMEO, reinterpret_cast<char*>(&timeout), sizeof timeout), 0);
  EXPECT_EQ(option(s, SOL_SOCKET, SO_SNDTIMEO), 1500);
  closesocket(s);
}

TEST_F(Winsock, ExclusiveUseIsTheOppositeOfReuse) {
  SOCKET s = socket(AF_INET, SOCK_STREAM, 0);
  EXPECT_EQ(option(s, SOL_SOCKET, SO_EXCLUSIVEADDRUSE), 1);
  set_option(s, SOL_SOCKET, SO_REUSEADDR, 1);
  EXPECT_EQ(option(s, SOL_SOCKET, SO_EXCLUSIVEADDRUSE), 0);
  closesocket(s);
}

TEST_F(Winsock, LingerHasShortMembers) {
  SOCKET s = socket(AF_INET, SOCK_STREAM, 0);
  linger value{1, 7};
  EXPECT_EQ(setsockopt(s, SOL_SOCKET, SO_LINGER, reinterpret_cast<char*>(&value), sizeof value), 0);
  value = {};
  int size = sizeof value;
  EXPECT_EQ(getsockopt(s, SOL_SOCKET, SO_LINGER, reinterpret_cast<char*>(&value), &size), 0);
  EXPECT_EQ(size, 4);
  EXPECT_EQ(value.l_onoff, 1);
  EXPECT_EQ(value.l_linger, 7);
  closesocket(s);
}

TEST_F(Winsock, FailedNonBlockingConnectShowsInTheExceptSetAndInSoError) {
  SOCKADDR_STORAGE address;
  int size = 0;
  closesocket(listen_on_loopback(AF_INET, &address, &size));
  SOCKET s = socket(AF_INET, SOCK_STREAM, 0);
  u_long on = 1;
  ASSERT_EQ(ioctlsocket(s, FIONBIO, &on), 0);
  ASSERT_EQ(connect(s, reinterpret_cast<sockaddr*>(&address), size), SOCKET_ERROR);
  if (WSAGetLastError() == WSAEWOULDBLOCK) {
    fd_set failed;
    FD_ZERO(&failed);
    FD_SET(s, &failed);
    timeval timeout{5, 0};
    EXPECT_EQ(select(0, nullptr, nullptr, &failed, &timeout), 1);
    EXPECT_EQ(option(s, SOL_SOCKET, SO_ERROR), WSAECONNREFUSED);
  } else {
    EXPECT_EQ(WSAGetLastError(), WSAECONNREFUSED) << "loopback may refuse at once";
  }
  closesocket(s);
}

TEST_F(Winsock, UnknownOptionsAreRefused) {
  SOCKET s = socket(AF_INET, SOCK_STREAM, 0);
  int value = 1;
  EXPECT_EQ(setsockopt(s, SOL_SOCKET, 0x7777, reinterpret_cast<char*>(&value), sizeof value), SOCKET_ERROR);
  EXPECT_EQ(WSAGetLastError(), WSAENOPROTOOPT);
  EXPECT_EQ(setsockopt(s, SOL_SOCKET, SO_ERROR, reinterpret_cast<char*>(&value), sizeof value), SOCKET_ERROR);
  EXPECT_EQ(WSAGetLastError(), WSAENOPROTOOPT);
  int size = 1;
  EXPECT_EQ(getsockopt(s, SOL_SOCKET, SO_TYPE, reinterpret_cast<char*>(&value), &size), SOCKET_ERROR);
  EXPECT_EQ(WSAGetLastError(), WSAEFAULT);
  closesocket(s);
}

}  // namespace
