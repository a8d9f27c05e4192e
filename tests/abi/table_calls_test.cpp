// SPDX-License-Identifier: MIT
// Every table function answers when called from C and when called from C++. What the rows hold is tested
// elsewhere.
#include "table_calls.h"

#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <vector>

namespace {

// A bound socket of the family; a stream socket listens, so that it has a row. Not open where the family is
// missing.
class LoopbackSocket {
 public:
  LoopbackSocket(int family, int type) : socket_(::socket(family, type, 0)) {
    if (socket_ == INVALID_SOCKET) return;
    bound_ = family == AF_INET ? bind_ipv4() : bind_ipv6();
    if (bound_ && type == SOCK_STREAM) bound_ = ::listen(socket_, 1) == 0;
  }
  LoopbackSocket(const LoopbackSocket&) = delete;
  LoopbackSocket& operator=(const LoopbackSocket&) = delete;
  ~LoopbackSocket() {
    if (socket_ != INVALID_SOCKET) ::closesocket(socket_);
  }

  bool bound() const { return bound_; }

 private:
  bool bind_ipv4() {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.S_un.S_addr = ::htonl(INADDR_LOOPBACK);
    return ::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0;
  }
  bool bind_ipv6() {
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_addr.s6_addr[15] = 1;
    return ::bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0;
  }

  SOCKET socket_;
  bool bound_ = false;
};

class Winsock {
 public:
  Winsock() { result_ = ::WSAStartup(MAKEWORD(2, 2), &data_); }
  Winsock(const Winsock&) = delete;
  Winsock& operator=(const Winsock&) = delete;
  ~Winsock() {
    if (result_ == 0) ::WSACleanup();
  }

 private:
  WSADATA data_;
  int result_;
};

class TableFunction : public testing::TestWithParam<TableCall> {};

TEST_P(TableFunction, AsksForASizeAndThenFillsTheTable) {
  const TableCall& function = GetParam();
  const Winsock winsock;
  const LoopbackSocket listener(function.family, SOCK_STREAM);
  const LoopbackSocket datagrams(function.family, SOCK_DGRAM);
  if (!listener.bound() || !datagrams.bound())
    GTEST_SKIP() << "needs a loopback address of family " << function.family;

  DWORD size = 0;
  ASSERT_EQ(function.call(nullptr, &size), ERROR_INSUFFICIENT_BUFFER);
  std::vector<ULONGLONG> buffer;
  DWORD result = ERROR_INSUFFICIENT_BUFFER;
  while (result == ERROR_INSUFFICIENT_BUFFER) {
    buffer.resize(size / sizeof(ULONGLONG) + 1);
    result = function.call(buffer.data(), &size);
  }
  ASSERT_EQ(result, NO_ERROR);
  DWORD entries = 0;
  std::memcpy(&entries, buffer.data(), sizeof(entries));
  EXPECT_GE(entries, 1U);
}

std::string name_of(const testing::TestParamInfo<TableCall>& info) {
  return info.param.name;
}

INSTANTIATE_TEST_SUITE_P(FromC, TableFunction, testing::ValuesIn(table_calls_from_c), name_of);
INSTANTIATE_TEST_SUITE_P(FromCxx, TableFunction, testing::ValuesIn(table_calls_from_cxx), name_of);

}  // namespace
