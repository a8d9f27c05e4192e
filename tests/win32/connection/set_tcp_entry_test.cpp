// SPDX-License-Identifier: MIT
// SetTcpEntry closes the connection that is meant and nothing else, and says so when it closed none.
#include "support/closing.hpp"
#include "win32/connection/connection_test.hpp"

namespace {

class SetTcpEntryTest : public TableTest {};

class SetTcpEntryClosing : public SetTcpEntryTest {
 protected:
  void SetUp() override {
    SetTcpEntryTest::SetUp();
    if (const auto reason = tcptable::test::reason_against_closing()) GTEST_SKIP() << *reason;
  }
};

DWORD close_by(MIB_TCPROW row) {
  row.dwState = MIB_TCP_STATE_DELETE_TCB;
  return SetTcpEntry(&row);
}

TEST_F(SetTcpEntryTest, NoRowIsInvalid) {
  EXPECT_EQ(SetTcpEntry(nullptr), code(ERROR_INVALID_PARAMETER));
}

TEST_F(SetTcpEntryTest, EveryOtherStateIsInvalidAndNothingIsDone) {
  Pair pair;
  for (const DWORD state : {0U, 1U, 2U, 5U, 11U, 13U, 100U, 0xffffffffU}) {
    pair.client_row.dwState = state;
    EXPECT_EQ(SetTcpEntry(&pair.client_row), code(ERROR_INVALID_PARAMETER)) << state;
  }
  MIB_TCPROW zero{};
  EXPECT_EQ(SetTcpEntry(&zero), code(ERROR_INVALID_PARAMETER));
  EXPECT_TRUE(loopback::is_alive(pair.client));
}

TEST_F(SetTcpEntryClosing, TheConnectionMeantIsClosedAndItsNeighboursLive) {
  Pair pair;
  const loopback::Socket neighbour = loopback::connect_to("127.0.0.1", pair.listener.local_port());
  const loopback::Socket accepted = loopback::accept_from(pair.listener);
  EXPECT_EQ(close_by(pair.server_row), code(NO_ERROR));
  EXPECT_FALSE(loopback::is_alive(pair.server));
  EXPECT_FALSE(loopback::is_alive(pair.client));
  EXPECT_TRUE(loopback::is_alive(neighbour));
  EXPECT_TRUE(loopback::is_alive(accepted));
  EXPECT_TRUE(loopback::is_alive(pair.listener));
  EXPECT_EQ(close_by(pair.server_row), code(ERROR_MR_MID_NOT_FOUND));
}

TEST_F(SetTcpEntryClosing, ARowOfALargerTableWillDo) {
  Pair pair;
  for (MIB_TCPROW2 row : tcp_table2()) {
    if (row.dwLocalPort != pair.client_row.dwLocalPort) continue;
    row.dwState = MIB_TCP_STATE_DELETE_TCB;
    EXPECT_EQ(SetTcpEntry(reinterpret_cast<MIB_TCPROW*>(&row)), code(NO_ERROR));
  }
  EXPECT_FALSE(loopback::is_alive(pair.client));
}

TEST_F(SetTcpEntryClosing, TheUpperHalfOfAPortIsIgnored) {
  Pair pair;
  pair.client_row.dwLocalPort |= 0xabcd0000;
  pair.client_row.dwRemotePort |= 0x12340000;
  EXPECT_EQ(close_by(pair.client_row), code(NO_ERROR));
}

TEST_F(SetTcpEntryClosing, AnIpv4ConnectionOfADualStackListenerIsClosed) {
  const loopback::Socket listener = loopback::listen_dual_stack();
  const loopback::Socket client = loopback::connect_to("127.0.0.1", listener.local_port());
  const loopback::Socket server = loopback::accept_from(listener);
  EXPECT_EQ(close_by(row_between(listener.local_port(), client.local_port())), code(NO_ERROR));
  EXPECT_FALSE(loopback::is_alive(server));
  EXPECT_TRUE(loopback::is_alive(listener));
}

TEST_F(SetTcpEntryClosing, WhatTheKernelHoldsAloneIsClosedToo) {
  bool time_wait_stays = false;
  for (const std::string state : {"time_wait", "syn_recv", "fin_wait2", "last_ack"}) {
    SCOPED_TRACE(state);
    const loopback::HeldConnection held(state);
    const MIB_TCPROW row = row_between(held.local_port(), held.remote_port());
    const DWORD closed = close_by(row);
    const bool stays = state == "time_wait" && closed == code(ERROR_NOT_SUPPORTED);
    time_wait_stays = time_wait_stays || stays;
    if (stays) continue;
    EXPECT_EQ(closed, code(NO_ERROR));
    EXPECT_EQ(close_by(row), code(ERROR_MR_MID_NOT_FOUND));
  }
  if (time_wait_stays) GTEST_SKIP() << "needs a kernel that closes TIME_WAIT: 6.1 does, 5.10 does not";
}

TEST_F(SetTcpEntryTest, NoConnectionIsNotFoundAndTheListenerOnItsPortLives) {
  Pair pair;
  loopback::reset(pair.client);
  EXPECT_EQ(close_by(pair.server_row), code(ERROR_MR_MID_NOT_FOUND));
  EXPECT_EQ(close_by(row_between(1, 1)), code(ERROR_MR_MID_NOT_FOUND));
  EXPECT_TRUE(loopback::is_alive(pair.listener));
}

TEST_F(SetTcpEntryTest, AListenerIsNoConnectionAndLives) {
  const loopback::Socket listener = loopback::listen_on("127.0.0.1");
  EXPECT_EQ(close_by(listener_row(listener)), code(ERROR_MR_MID_NOT_FOUND));
  EXPECT_TRUE(loopback::is_alive(listener));
  EXPECT_GT(loopback::connect_to("127.0.0.1", listener.local_port()).fd(), -1);
}

TEST_F(SetTcpEntryClosing, AnOrdinaryUserIsDeniedAndNothingIsClosed) {
  Pair pair;
  const auto denied = loopback::as_nobody([&] { return close_by(pair.client_row); });
  if (!denied) GTEST_SKIP() << "needs root and a second user id";
  EXPECT_EQ(*denied, code(ERROR_ACCESS_DENIED));
  EXPECT_EQ(*loopback::as_nobody([] { return close_by(row_between(1, 1)); }), code(ERROR_MR_MID_NOT_FOUND));
  EXPECT_TRUE(loopback::is_alive(pair.client));
}

TEST_F(SetTcpEntryTest, AKernelThatCanNotCloseIsNotSupportedAndTheConnectionLives) {
  if (const auto reason = tcptable::test::reason_against_refusing()) GTEST_SKIP() << *reason;
  Pair pair;
  EXPECT_EQ(close_by(pair.client_row), code(ERROR_NOT_SUPPORTED));
  EXPECT_EQ(close_by(pair.server_row), code(ERROR_NOT_SUPPORTED));
  EXPECT_EQ(close_by(row_between(1, 1)), code(ERROR_MR_MID_NOT_FOUND));
  loopback::send_bytes(pair.client, 10);
  EXPECT_EQ(loopback::receive_bytes(pair.server, 10), 10U);
}

TEST_F(SetTcpEntryTest, AMultipathSubflowIsNotSupportedAndTheConnectionLives) {
  const auto pair = loopback::multipath_connection();
  if (!pair) GTEST_SKIP() << "needs Multipath TCP in the kernel (CONFIG_MPTCP)";
  const std::uint16_t server_port = pair->listener.local_port();
  const std::uint16_t client_port = pair->client.local_port();
  EXPECT_EQ(close_by(row_between(client_port, server_port)), code(ERROR_NOT_SUPPORTED));
  EXPECT_EQ(close_by(row_between(server_port, client_port)), code(ERROR_NOT_SUPPORTED));
  loopback::send_bytes(pair->client, 10);
  EXPECT_EQ(loopback::receive_bytes(pair->server, 10), 10U);
}

}  // namespace
