// SPDX-License-Identifier: MIT
// The statistics of real transfers over the loopback, where every figure can be checked.
#include "win32/connection/estats_call.hpp"

namespace {

class EstatsTest : public TableTest {};

constexpr ULONG kNoSample = 0xffffffff;

TEST_F(EstatsTest, BytesAndSegmentsAreThoseOfTheTransfer) {
  const Pair pair;
  enable<Data>(pair.client_row);
  enable<Data>(pair.server_row);
  loopback::send_bytes(pair.client, 100'000);
  ASSERT_EQ(loopback::receive_bytes(pair.server, 100'000), 100'000U);
  loopback::send_bytes(pair.server, 5'000);
  ASSERT_EQ(loopback::receive_bytes(pair.client, 5'000), 5'000U);
  const auto client = eventually([&] { return rod_of<Data>(pair.client_row); },
                                 [](const auto& rod) { return rod.ThruBytesAcked == 100'000; });
  const auto server = eventually([&] { return rod_of<Data>(pair.server_row); },
                                 [](const auto& rod) { return rod.ThruBytesAcked == 5'000; });
  EXPECT_EQ(client.DataBytesOut, 100'000U);
  EXPECT_EQ(client.ThruBytesAcked, 100'000U);
  EXPECT_EQ(client.DataBytesIn, 5'000U);
  EXPECT_EQ(client.ThruBytesReceived, 5'000U);
  EXPECT_EQ(server.DataBytesOut, 5'000U);
  EXPECT_EQ(server.ThruBytesAcked, 5'000U);
  EXPECT_EQ(server.DataBytesIn, 100'000U);
  EXPECT_EQ(server.ThruBytesReceived, 100'000U);
  EXPECT_GT(client.DataSegsOut, 1U);
  EXPECT_EQ(client.DataSegsOut, server.DataSegsIn);
  EXPECT_EQ(server.DataSegsOut, client.DataSegsIn);
  EXPECT_GT(client.SegsOut, client.DataSegsOut);
  EXPECT_GT(client.SegsIn, 0U);
}

TEST_F(EstatsTest, AFinIsNoByteOfData) {
  for (const char* state : {"fin_wait2", "close_wait"}) {
    SCOPED_TRACE(state);
    const loopback::HeldConnection held(state);
    const MIB_TCPROW row = row_between(held.local_port(), held.remote_port());
    enable<Data>(row);
    const auto data = rod_of<Data>(row);
    EXPECT_EQ(data.ThruBytesAcked, 0U);
    EXPECT_EQ(data.ThruBytesReceived, 0U);
    EXPECT_EQ(ros_of<SynOpts>(row).ActiveOpen, std::string(state) == "fin_wait2" ? TRUE : FALSE);
  }
}

TEST_F(EstatsTest, TheOpenerIsKnownOnBothEndsWithAndWithoutData) {
  const Pair pair;
  for (int round = 0; round < 3; ++round) {
    EXPECT_EQ(ros_of<SynOpts>(pair.client_row).ActiveOpen, TRUE);
    EXPECT_EQ(ros_of<SynOpts>(pair.server_row).ActiveOpen, FALSE);
    loopback::send_bytes(pair.client, 3'000);
    loopback::send_bytes(pair.server, 70'000);
  }
}

TEST_F(EstatsTest, SegmentSizesAreThoseOfTheHandshake) {
  constexpr ULONG kLoopbackMss = 65536 - 40;
  const Pair pair;
  const auto client = ros_of<SynOpts>(pair.client_row);
  EXPECT_EQ(client.MssSent, kLoopbackMss - 1);  // a datagram's length has 16 bits
  EXPECT_GT(client.MssRcvd, 1'000U);
  EXPECT_LE(client.MssRcvd, kLoopbackMss);
}

TEST_F(EstatsTest, LostSegmentsAreCountedUntilTheyArrive) {
  const Pair pair;
  enable<Path>(pair.client_row);
  enable<SendBuff>(pair.client_row);
  EXPECT_EQ(rod_of<Path>(pair.client_row).PktsRetrans, 0U);
  loopback::lose_arrivals(pair.server);
  loopback::send_bytes(pair.client, 1'000);
  const auto lost = eventually([&] { return rod_of<Path>(pair.client_row); },
                               [](const auto& rod) { return rod.CurTimeoutCount >= 2; });
  EXPECT_GE(lost.CurTimeoutCount, 2U);
  EXPECT_GE(lost.PktsRetrans, 2U);
  EXPECT_EQ(lost.BytesRetrans, lost.PktsRetrans * 1'000);
  EXPECT_EQ(rod_of<SendBuff>(pair.client_row).CurRetxQueue, 1'000U);
  EXPECT_EQ(rod_of<SendBuff>(pair.client_row).CurAppWQueue, 0U);

  loopback::take_arrivals(pair.server);
  ASSERT_EQ(loopback::receive_bytes(pair.server, 1'000), 1'000U);
  const auto found = eventually([&] { return rod_of<Path>(pair.client_row); },
                                [](const auto& rod) { return rod.CurTimeoutCount == 0; });
  EXPECT_EQ(found.CurTimeoutCount, 0U);
  EXPECT_GE(found.PktsRetrans, lost.PktsRetrans);
  EXPECT_EQ(rod_of<SendBuff>(pair.client_row).CurRetxQueue, 0U);
  // Linux 6.7 and later tell timeouts.
  if (found.Timeouts == 0) GTEST_SKIP() << "needs Linux 6.7 for the timeouts in sum";
  EXPECT_EQ(found.Timeouts, 1U);
  EXPECT_GE(found.SubsequentTimeouts, 1U);
}

TEST_F(EstatsTest, TimesAndWindowsAreThoseThatTheSocketsHolderSees) {
  const Pair pair;
  loopback::send_bytes(pair.client, 50'000);
  loopback::receive_bytes(pair.server, 50'000);
  enable<Path>(pair.client_row);
  enable<SndCong>(pair.client_row);
  enable<FineRtt>(pair.client_row);
  std::this_thread::sleep_for(std::chrono::milliseconds(60));  // until nothing more changes
  const auto own = loopback::own_info(pair.client);
  const auto path = rod_of<Path>(pair.client_row);
  const auto fine = rod_of<FineRtt>(pair.client_row);
  const auto congestion = rod_of<SndCong>(pair.client_row);
  EXPECT_EQ(path.CurMss, own.send_mss);
  EXPECT_EQ(path.CurRto, (own.timeout_us + 500) / 1000);
  EXPECT_EQ(path.SmoothedRtt, (own.rtt_us + 500) / 1000);
  EXPECT_EQ(path.RttVar, (own.rtt_variation_us + 500) / 1000);
  EXPECT_EQ(path.RetranThresh, 3U);
  EXPECT_EQ(fine.RttVar, own.rtt_variation_us);
  EXPECT_GT(fine.MinRtt, 0U);
  EXPECT_LE(fine.MinRtt, own.rtt_us);
  EXPECT_EQ(congestion.CurCwnd, own.congestion_window * own.send_mss);
  EXPECT_EQ(congestion.CurSsthresh, kNoSample);  // nothing was lost yet
  EXPECT_EQ(ros_of<SndCong>(pair.client_row).LimCwnd, kNoSample);
}

TEST_F(EstatsTest, UnreadAndUnsentBytesAreInTheQueues) {
  const Pair pair;
  enable<Rec>(pair.server_row);
  enable<ObsRec>(pair.client_row);
  loopback::send_bytes(pair.client, 3'000);
  const auto unread = eventually([&] { return rod_of<Rec>(pair.server_row); },
                                 [](const auto& rod) { return rod.CurAppRQueue == 3'000; });
  EXPECT_EQ(unread.CurAppRQueue, 3'000U);
  const auto peer = rod_of<ObsRec>(pair.client_row);
  EXPECT_GT(peer.CurRwinRcvd, 0U);
  EXPECT_EQ(peer.WinScaleRcvd, unread.WinScaleSent);
  EXPECT_LT(unread.WinScaleSent, 15);

  enable<SendBuff>(pair.client_row);
  enable<SndCong>(pair.client_row);
  loopback::fill_send_queue(pair.client);
  const auto stalled = eventually([&] { return rod_of<SndCong>(pair.client_row); },
                                  [](const auto& rod) { return rod.SndLimTimeRwin > 20; });
  EXPECT_GT(stalled.SndLimTimeRwin + stalled.SndLimTimeSnd, 20U);
  EXPECT_GT(rod_of<SendBuff>(pair.client_row).CurAppWQueue, 0U);
}

TEST_F(EstatsTest, TheBandwidthIsThatOfTheTransfer) {
  const Pair pair;
  const TCP_ESTATS_BANDWIDTH_RW_v0 both{TcpBoolOptEnabled, TcpBoolOptEnabled};
  ASSERT_EQ(set_estats<Bandwidth>(pair.client_row, both), code(NO_ERROR));
  for (int i = 0; i < 20; ++i) {
    loopback::send_bytes(pair.client, 60'000);
    ASSERT_EQ(loopback::receive_bytes(pair.server, 60'000), 60'000U);
  }
  const auto bandwidth = rod_of<Bandwidth>(pair.client_row);
  EXPECT_GT(bandwidth.OutboundBandwidth, 1'000'000U);
  EXPECT_LT(bandwidth.OutboundBandwidth, 10'000'000'000'000U);
}

TEST_F(EstatsTest, ATimeWithoutASampleIsTheLargestNumber) {
  const loopback::HeldConnection held("syn_sent");
  const MIB_TCPROW row = row_between(held.local_port(), held.remote_port());
  enable<Path>(row);
  enable<FineRtt>(row);
  EXPECT_EQ(rod_of<Path>(row).SampleRtt, kNoSample);
  EXPECT_EQ(rod_of<Path>(row).RttVar, kNoSample);
  EXPECT_EQ(rod_of<FineRtt>(row).MinRtt, kNoSample);
  EXPECT_EQ(ros_of<SynOpts>(row).ActiveOpen, TRUE);
}

TEST_F(EstatsTest, WhatIsNotEnabledIsZeroAndSaysSo) {
  const Pair pair;
  loopback::send_bytes(pair.client, 1'000);
  TCP_ESTATS_DATA_ROD_v0 rod;
  std::memset(&rod, 0xaa, sizeof rod);
  TCP_ESTATS_DATA_RW_v0 rw{TRUE};
  EXPECT_EQ(get_estats(pair.client_row, TcpConnectionEstatsData, bytes_of(rw), sizeof rw, nullptr, 0,
                       bytes_of(rod), sizeof rod),
            code(NO_ERROR));
  EXPECT_EQ(rw.EnableCollection, FALSE);
  EXPECT_EQ(rod.DataBytesOut, 0U);
  EXPECT_EQ(rod.ThruBytesReceived, 0U);
  enable<Data>(pair.client_row);
  EXPECT_EQ(rw_of<Data>(pair.client_row).EnableCollection, TRUE);
  EXPECT_EQ(rod_of<Data>(pair.client_row).DataBytesOut, 1'000U);  // counted before it was enabled
  EXPECT_EQ(set_estats<Data>(pair.client_row, {FALSE}), code(NO_ERROR));
  EXPECT_EQ(rw_of<Data>(pair.client_row).EnableCollection, FALSE);
  EXPECT_EQ(rod_of<Data>(pair.client_row).DataBytesOut, 0U);
}

TEST_F(EstatsTest, ASwitchIsForOneTypeOfOneConnection) {
  const Pair one;
  const Pair other;
  enable<Data>(one.client_row);
  EXPECT_EQ(rw_of<Data>(one.client_row).EnableCollection, TRUE);
  EXPECT_EQ(rw_of<Data>(one.server_row).EnableCollection, FALSE);
  EXPECT_EQ(rw_of<Path>(one.client_row).EnableCollection, FALSE);
  EXPECT_EQ(rw_of<Data>(other.client_row).EnableCollection, FALSE);
}

TEST_F(EstatsTest, ALaterConnectionOnTheSamePortsStartsSwitchedOff) {
  Pair pair;
  const std::uint16_t port = pair.client.local_port();
  enable<Data>(pair.client_row);
  loopback::reset(pair.client);
  loopback::reset(pair.server);
  const loopback::Socket again = loopback::connect_from(port, pair.listener.local_port());
  ASSERT_EQ(again.local_port(), port);
  EXPECT_EQ(rw_of<Data>(pair.client_row).EnableCollection, FALSE);
}

TEST_F(EstatsTest, BandwidthHasASwitchForEachDirection) {
  const Pair pair;
  const MIB_TCPROW& row = pair.client_row;
  EXPECT_EQ(rw_of<Bandwidth>(row).EnableCollectionOutbound, TcpBoolOptDisabled);
  EXPECT_EQ(set_estats<Bandwidth>(row, {TcpBoolOptEnabled, TcpBoolOptUnchanged}), code(NO_ERROR));
  EXPECT_EQ(rw_of<Bandwidth>(row).EnableCollectionOutbound, TcpBoolOptEnabled);
  EXPECT_EQ(rw_of<Bandwidth>(row).EnableCollectionInbound, TcpBoolOptDisabled);
  EXPECT_EQ(set_estats<Bandwidth>(row, {TcpBoolOptUnchanged, TcpBoolOptEnabled}), code(NO_ERROR));
  EXPECT_EQ(rw_of<Bandwidth>(row).EnableCollectionOutbound, TcpBoolOptEnabled);
  EXPECT_EQ(rw_of<Bandwidth>(row).EnableCollectionInbound, TcpBoolOptEnabled);
  EXPECT_EQ(set_estats<Bandwidth>(row, {TcpBoolOptDisabled, TcpBoolOptUnchanged}), code(NO_ERROR));
  EXPECT_EQ(rw_of<Bandwidth>(row).EnableCollectionOutbound, TcpBoolOptDisabled);
  EXPECT_EQ(rw_of<Bandwidth>(row).EnableCollectionInbound, TcpBoolOptEnabled);
}

TEST_F(EstatsTest, Ipv6ConnectionsHaveTheirOwnPairOfFunctions) {
  const loopback::Socket listener = loopback::listen_on("::1");
  const loopback::Socket client = loopback::connect_to("::1", listener.local_port());
  const loopback::Socket server = loopback::accept_from(listener);
  loopback::send_bytes(client, 777);
  MIB_TCP6ROW row{};
  row.LocalAddr.s6_addr[15] = row.RemoteAddr.s6_addr[15] = 1;
  row.dwLocalPort = table_port(client.local_port());
  row.dwRemotePort = table_port(listener.local_port());
  TCP_ESTATS_DATA_RW_v0 rw{TRUE};
  TCP_ESTATS_DATA_ROD_v0 rod{};
  ASSERT_EQ(SetPerTcp6ConnectionEStats(&row, TcpConnectionEstatsData, bytes_of(rw), 0, sizeof rw, 0),
            code(NO_ERROR));
  ASSERT_EQ(GetPerTcp6ConnectionEStats(&row, TcpConnectionEstatsData, nullptr, 0, 0, nullptr, 0, 0,
                                       bytes_of(rod), 0, sizeof rod),
            code(NO_ERROR));
  EXPECT_EQ(rod.DataBytesOut, 777U);
}

TEST_F(EstatsTest, AnOrdinaryUserReadsAndSwitches) {
  const Pair pair;
  loopback::send_bytes(pair.client, 55);
  const auto bytes = loopback::as_nobody([&] {
    enable<Data>(pair.client_row);
    return static_cast<unsigned>(rod_of<Data>(pair.client_row).DataBytesOut);
  });
  if (!bytes) GTEST_SKIP() << "needs root and a second user id";
  EXPECT_EQ(*bytes, 55U);
}

TEST_F(EstatsTest, ManyThreadsAndAForkSwitchAtOnce) {
  const Pair pair;
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < 100; ++round) {
        set_estats<Data>(pair.client_row, {TRUE});
        set_estats<Path>(pair.server_row, {round % 2 == 0 ? BOOLEAN{TRUE} : BOOLEAN{FALSE}});
      }
    });
  }
  unsigned enabled = 0;
  for (int i = 0; i < 10; ++i) {
    enabled += loopback::in_child([&] {
      return set_estats<Rec>(pair.client_row, {TRUE}) == NO_ERROR
                 ? rw_of<Rec>(pair.client_row).EnableCollection
                 : 0U;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(enabled, 10U);
  EXPECT_EQ(rw_of<Data>(pair.client_row).EnableCollection, TRUE);
  EXPECT_EQ(rw_of<Rec>(pair.client_row).EnableCollection, FALSE);  // a child's switch is its own
}

}  // namespace
