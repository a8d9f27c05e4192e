// SPDX-License-Identifier: MIT
// Every mapped member, over counters made up so that each has a value of its own.
#include "win32/connection/estats_values.hpp"

#include <gtest/gtest.h>

namespace {

using namespace tcptable;
using namespace tcptable::win32;

constexpr ULONG kNoValue = 0xffffffff;

TcpInfo made_up() {
  TcpInfo info;
  info.consecutive_timeouts = 3;
  info.timestamps = true;
  info.window_scaling = true;
  info.send_window_scale = 7;
  info.receive_window_scale = 9;
  info.retransmission_timeout_us = 204'400;
  info.send_mss = 1'448;
  info.advertised_mss = 1'436;
  info.rtt_us = 20'700;
  info.rtt_variation_us = 4'300;
  info.slow_start_threshold = 20;
  info.congestion_window = 10;
  info.reordering = 5;
  info.segments_retransmitted = 17;
  info.bytes_acked = 1'000'001;  // the SYN too
  info.bytes_received = 2'000'000;
  info.segments_out = 801;
  info.segments_in = 802;
  info.unsent_bytes = 5'000;
  info.minimum_rtt_us = 19'400;
  info.data_segments_in = 701;
  info.data_segments_out = 702;
  info.delivery_rate = 125'000;
  info.busy_us = 900'000;
  info.peer_window_limit_us = 100'000;
  info.send_buffer_limit_us = 50'000;
  info.segments_delivered_ce = 23;
  info.bytes_sent = 1'022'000;
  info.bytes_retransmitted = 15'000;
  info.duplicates_reported = 4;
  info.peer_window = 64'000;
  info.own_window = 65'000;
  info.timeouts = 9;
  info.timeout_recoveries = 6;
  info.segments_received_ce = 29;
  return info;
}

class EstatsValues : public testing::Test {
 protected:
  EstatsValues() {
    row.state = State::established;
    row.send_queue = 12'000;  // 7,000 of them in flight
    row.receive_queue = 333;
  }
  Counted counted() const { return {row, info}; }

  SocketRow row;
  TcpInfo info = made_up();
};

TEST_F(EstatsValues, SynOpts) {
  const auto ros = syn_opts_ros(counted());
  EXPECT_EQ(ros.ActiveOpen, TRUE);
  EXPECT_EQ(ros.MssRcvd, 1'460U);
  EXPECT_EQ(ros.MssSent, 1'448U);
  info.timestamps = false;
  EXPECT_EQ(syn_opts_ros(counted()).MssRcvd, 1'448U);
}

TEST_F(EstatsValues, Data) {
  const auto rod = data_rod(counted());
  EXPECT_EQ(rod.DataBytesOut, 1'022'000U);
  EXPECT_EQ(rod.DataSegsOut, 702U);
  EXPECT_EQ(rod.DataBytesIn, 2'000'000U);
  EXPECT_EQ(rod.DataSegsIn, 701U);
  EXPECT_EQ(rod.SegsOut, 801U);
  EXPECT_EQ(rod.SegsIn, 802U);
  EXPECT_EQ(rod.ThruBytesAcked, 1'000'000U);
  EXPECT_EQ(rod.ThruBytesReceived, 2'000'000U);
  EXPECT_EQ(rod.SndUna + rod.SndNxt + rod.SndMax + rod.RcvNxt + rod.SoftErrors + rod.SoftErrorReason, 0U);
}

TEST_F(EstatsValues, SndCong) {
  const auto rod = snd_cong_rod(counted());
  EXPECT_EQ(rod.SndLimTimeRwin, 100U);
  EXPECT_EQ(rod.SndLimTimeCwnd, 750U);
  EXPECT_EQ(rod.SndLimTimeSnd, 50U);
  EXPECT_EQ(rod.CurCwnd, 14'480U);
  EXPECT_EQ(rod.CurSsthresh, 28'960U);
  EXPECT_EQ(snd_cong_ros().LimCwnd, kNoValue);
  info.slow_start_threshold = 0x7fffffff;
  EXPECT_EQ(snd_cong_rod(counted()).CurSsthresh, kNoValue);
}

TEST_F(EstatsValues, Path) {
  const auto rod = path_rod(counted());
  EXPECT_EQ(rod.Timeouts, 6U);
  EXPECT_EQ(rod.SubsequentTimeouts, 3U);
  EXPECT_EQ(rod.CurTimeoutCount, 3U);
  EXPECT_EQ(rod.PktsRetrans, 17U);
  EXPECT_EQ(rod.BytesRetrans, 15'000U);
  EXPECT_EQ(rod.EceRcvd, 23U);
  EXPECT_EQ(rod.RetranThresh, 5U);
  EXPECT_EQ(rod.DsackDups, 4U);
  EXPECT_EQ(rod.SampleRtt, 21U);
  EXPECT_EQ(rod.SmoothedRtt, 21U);
  EXPECT_EQ(rod.RttVar, 4U);
  EXPECT_EQ(rod.MinRtt, 19U);
  EXPECT_EQ(rod.CurRto, 204U);
  EXPECT_EQ(rod.CurMss, 1'448U);
  EXPECT_EQ(rod.FastRetran + rod.DupAcksIn + rod.SumRtt + rod.CountRtt + rod.MaxRtt, 0U);
}

TEST_F(EstatsValues, Queues) {
  EXPECT_EQ(send_buff_rod(counted()).CurRetxQueue, 7'000U);
  EXPECT_EQ(send_buff_rod(counted()).CurAppWQueue, 5'000U);
  EXPECT_EQ(rec_rod(counted()).CurAppRQueue, 333U);
  row.send_queue = 4'000;  // read a moment before the unsent bytes
  EXPECT_EQ(send_buff_rod(counted()).CurRetxQueue, 0U);
}

TEST_F(EstatsValues, WindowsOfBothEnds) {
  EXPECT_EQ(rec_rod(counted()).CurRwinSent, 65'000U);
  EXPECT_EQ(rec_rod(counted()).WinScaleSent, 9);
  EXPECT_EQ(rec_rod(counted()).CeRcvd, 29U);
  EXPECT_EQ(obs_rec_rod(counted()).CurRwinRcvd, 64'000U);
  EXPECT_EQ(obs_rec_rod(counted()).WinScaleRcvd, 7);
  info.window_scaling = false;
  EXPECT_EQ(rec_rod(counted()).WinScaleSent, 0xff);
  EXPECT_EQ(obs_rec_rod(counted()).WinScaleRcvd, 0xff);
}

TEST_F(EstatsValues, BandwidthIsInBits) {
  EXPECT_EQ(bandwidth_rod(counted()).OutboundBandwidth, 1'000'000U);
  EXPECT_EQ(bandwidth_rod(counted()).InboundBandwidth, 0U);
}

TEST_F(EstatsValues, FineRttIsInMicroseconds) {
  EXPECT_EQ(fine_rtt_rod(counted()).RttVar, 4'300U);
  EXPECT_EQ(fine_rtt_rod(counted()).MinRtt, 19'400U);
}

TEST_F(EstatsValues, ATimeWithoutASampleIsTheLargestNumber) {
  info.rtt_us = 0;
  info.minimum_rtt_us = kNoValue;
  EXPECT_EQ(path_rod(counted()).SampleRtt, kNoValue);
  EXPECT_EQ(path_rod(counted()).SmoothedRtt, kNoValue);
  EXPECT_EQ(path_rod(counted()).RttVar, kNoValue);
  EXPECT_EQ(path_rod(counted()).MinRtt, kNoValue);
  EXPECT_EQ(fine_rtt_rod(counted()).RttVar, kNoValue);
  EXPECT_EQ(fine_rtt_rod(counted()).MinRtt, kNoValue);
}

TEST_F(EstatsValues, AnOldKernelsCountersAreZeroAndNothingElse) {
  TcpInfo old;
  old.rtt_us = 20'000;
  old.send_mss = 1'000;
  old.congestion_window = 2;
  info = old;
  EXPECT_EQ(data_rod(counted()).DataBytesOut, 0U);
  EXPECT_EQ(data_rod(counted()).ThruBytesAcked, 0U);
  EXPECT_EQ(path_rod(counted()).SubsequentTimeouts, 0U);
  EXPECT_EQ(path_rod(counted()).MinRtt, kNoValue);
  EXPECT_EQ(path_rod(counted()).SmoothedRtt, 20U);
  EXPECT_EQ(snd_cong_rod(counted()).CurCwnd, 2'000U);
  EXPECT_EQ(opened_actively(counted()), std::nullopt);
}

TEST_F(EstatsValues, LargeValuesStopAtTheLargestNumber) {
  info.congestion_window = 4'000'000'000;
  info.bytes_retransmitted = std::uint64_t{1} << 40;
  info.peer_window_limit_us = std::uint64_t{1} << 60;
  EXPECT_EQ(snd_cong_rod(counted()).CurCwnd, kNoValue);
  EXPECT_EQ(snd_cong_rod(counted()).SndLimTimeRwin, kNoValue);
  EXPECT_EQ(snd_cong_rod(counted()).SndLimTimeCwnd, 0U);
  EXPECT_EQ(path_rod(counted()).BytesRetrans, kNoValue);
}

TEST_F(EstatsValues, TheOpenerIsToldByTheByteOfItsSyn) {
  EXPECT_EQ(opened_actively(counted()), true);
  info.bytes_acked = 1'000'000;
  EXPECT_EQ(opened_actively(counted()), false);
  EXPECT_EQ(data_rod(counted()).ThruBytesAcked, 1'000'000U);
  for (const std::uint64_t inconsistent : {999'999, 1'000'002, 0}) {
    info.bytes_acked = inconsistent;
    EXPECT_EQ(opened_actively(counted()), std::nullopt);
  }
}

TEST_F(EstatsValues, AnAcknowledgedFinIsNoByteOfData) {
  row.state = State::fin_wait2;
  info.bytes_acked = 1'000'002;
  EXPECT_EQ(opened_actively(counted()), true);
  EXPECT_EQ(data_rod(counted()).ThruBytesAcked, 1'000'000U);
  info.bytes_acked = 1'000'001;
  EXPECT_EQ(opened_actively(counted()), false);
  EXPECT_EQ(data_rod(counted()).ThruBytesAcked, 1'000'000U);
  for (const State state : {State::close_wait, State::last_ack, State::closing}) {
    row.state = state;
    EXPECT_EQ(data_rod(counted()).ThruBytesReceived, 1'999'999U);
  }
}

TEST_F(EstatsValues, WhileAFinIsOnItsWayTheOpenerIsUnknown) {
  for (const State state : {State::fin_wait1, State::last_ack, State::closing}) {
    row.state = state;
    EXPECT_EQ(opened_actively(counted()), std::nullopt);
  }
  row.state = State::syn_sent;
  EXPECT_EQ(opened_actively(counted()), true);
}

}  // namespace
