// SPDX-License-Identifier: MIT
#include "win32/connection/estats_values.hpp"

#include <algorithm>
#include <limits>

namespace tcptable::win32 {
namespace {

constexpr ULONG kNoValue = std::numeric_limits<ULONG>::max();
constexpr UCHAR kNoScale = std::numeric_limits<UCHAR>::max();
constexpr ULONG kTimestampOption = 12;  // bytes in every segment, padding included
constexpr ULONG kNoThreshold = 0x7fffffff;

ULONG saturated(std::uint64_t value) {
  return static_cast<ULONG>(std::min<std::uint64_t>(value, kNoValue));
}

ULONG rounded_ms(std::uint32_t microseconds) {
  return static_cast<ULONG>((std::uint64_t{microseconds} + 500) / 1000);
}

ULONG whole_ms(std::uint64_t microseconds) {
  return saturated(microseconds / 1000);
}

ULONG segments_as_bytes(std::uint32_t segments, const TcpInfo& info) {
  return saturated(std::uint64_t{segments} * info.send_mss);
}

ULONG threshold_bytes(const TcpInfo& info) {
  if (info.slow_start_threshold >= kNoThreshold) return kNoValue;
  return segments_as_bytes(info.slow_start_threshold, info);
}

bool has_rtt(const TcpInfo& info) {
  return info.rtt_us != 0;
}

std::uint32_t minimum_rtt_us(const TcpInfo& info) {
  return has_rtt(info) ? info.minimum_rtt_us.value_or(kNoValue) : kNoValue;
}

bool peer_has_finished(State state) {
  return state == State::close_wait || state == State::last_ack || state == State::closing;
}

// Sent and not yet acknowledged.
std::uint64_t in_flight(const Counted& from) {
  const std::uint32_t unsent = from.info.unsent_bytes.value_or(0);
  return from.row.send_queue > unsent ? from.row.send_queue - unsent : 0;
}

std::uint64_t less(std::uint64_t value, std::uint64_t amount) {
  return value > amount ? value - amount : 0;
}

// The kernel counts SYN and FIN as bytes, RFC 4898 doesn't.
std::uint64_t data_acked(const Counted& from) {
  const std::uint64_t syn = opened_actively(from).value_or(false) ? 1 : 0;
  const std::uint64_t fin = from.row.state == State::fin_wait2 ? 1 : 0;
  return less(from.info.bytes_acked.value_or(0), syn + fin);
}

std::uint64_t data_received(const Counted& from) {
  return less(from.info.bytes_received.value_or(0), peer_has_finished(from.row.state) ? 1 : 0);
}

}  // namespace

std::optional<bool> opened_actively(const Counted& from) {
  const TcpInfo& info = from.info;
  if (from.row.state == State::syn_sent) return true;
  if (!info.bytes_acked || !info.bytes_sent || !info.bytes_retransmitted || !info.unsent_bytes)
    return std::nullopt;
  // Our FIN may be unsent, in flight or acknowledged in the other states.
  std::uint64_t fin = 0;
  if (from.row.state == State::fin_wait2) {
    fin = 1;
  } else if (from.row.state != State::established && from.row.state != State::close_wait) {
    return std::nullopt;
  }
  const std::uint64_t once_sent = *info.bytes_sent - *info.bytes_retransmitted;
  const std::uint64_t more_than_data = *info.bytes_acked + in_flight(from) - once_sent - fin;
  if (more_than_data > 1) return std::nullopt;  // the queue was read a moment before the counters
  return more_than_data == 1;
}

TCP_ESTATS_SYN_OPTS_ROS_v0 syn_opts_ros(const Counted& from) {
  const ULONG options = from.info.timestamps ? kTimestampOption : 0;
  TCP_ESTATS_SYN_OPTS_ROS_v0 ros{};
  ros.ActiveOpen = opened_actively(from).value_or(false) ? TRUE : FALSE;
  ros.MssRcvd = from.info.send_mss + options;
  ros.MssSent = from.info.advertised_mss + options;
  return ros;
}

TCP_ESTATS_DATA_ROD_v0 data_rod(const Counted& from) {
  TCP_ESTATS_DATA_ROD_v0 rod{};
  rod.DataBytesOut = from.info.bytes_sent.value_or(0);
  rod.DataSegsOut = from.info.data_segments_out.value_or(0);
  rod.DataBytesIn = data_received(from);
  rod.DataSegsIn = from.info.data_segments_in.value_or(0);
  rod.SegsOut = from.info.segments_out.value_or(0);
  rod.SegsIn = from.info.segments_in.value_or(0);
  rod.ThruBytesAcked = data_acked(from);
  rod.ThruBytesReceived = data_received(from);
  return rod;
}

// Nothing but a route's cwnd metric limits it.
TCP_ESTATS_SND_CONG_ROS_v0 snd_cong_ros() {
  return {kNoValue};
}

TCP_ESTATS_SND_CONG_ROD_v0 snd_cong_rod(const Counted& from) {
  const std::uint64_t peer = from.info.peer_window_limit_us.value_or(0);
  const std::uint64_t buffer = from.info.send_buffer_limit_us.value_or(0);
  TCP_ESTATS_SND_CONG_ROD_v0 rod{};
  rod.SndLimTimeRwin = whole_ms(peer);
  rod.SndLimTimeCwnd = whole_ms(less(from.info.busy_us.value_or(0), peer + buffer));
  rod.SndLimTimeSnd = whole_ms(buffer);
  rod.CurCwnd = segments_as_bytes(from.info.congestion_window, from.info);
  rod.CurSsthresh = threshold_bytes(from.info);
  return rod;
}

TCP_ESTATS_PATH_ROD_v0 path_rod(const Counted& from) {
  const TcpInfo& info = from.info;
  const ULONG minimum_us = minimum_rtt_us(info);
  const std::uint16_t first_timeouts = info.timeout_recoveries.value_or(0);
  TCP_ESTATS_PATH_ROD_v0 rod{};
  rod.Timeouts = first_timeouts;
  rod.SubsequentTimeouts = saturated(less(info.timeouts.value_or(0), first_timeouts));
  rod.CurTimeoutCount = info.consecutive_timeouts;
  rod.PktsRetrans = info.segments_retransmitted;
  rod.BytesRetrans = saturated(info.bytes_retransmitted.value_or(0));
  rod.EceRcvd = info.segments_delivered_ce.value_or(0);
  rod.RetranThresh = info.reordering;
  rod.DsackDups = info.duplicates_reported.value_or(0);
  rod.SampleRtt = rod.SmoothedRtt = has_rtt(info) ? rounded_ms(info.rtt_us) : kNoValue;
  rod.RttVar = has_rtt(info) ? rounded_ms(info.rtt_variation_us) : kNoValue;
  rod.MinRtt = minimum_us == kNoValue ? kNoValue : rounded_ms(minimum_us);
  rod.CurRto = rounded_ms(info.retransmission_timeout_us);
  rod.CurMss = info.send_mss;
  return rod;
}

TCP_ESTATS_SEND_BUFF_ROD_v0 send_buff_rod(const Counted& from) {
  TCP_ESTATS_SEND_BUFF_ROD_v0 rod{};
  rod.CurRetxQueue = in_flight(from);
  rod.CurAppWQueue = from.info.unsent_bytes.value_or(0);
  return rod;
}

TCP_ESTATS_REC_ROD_v0 rec_rod(const Counted& from) {
  TCP_ESTATS_REC_ROD_v0 rod{};
  rod.CurRwinSent = from.info.own_window.value_or(0);
  rod.CeRcvd = from.info.segments_received_ce.value_or(0);
  rod.CurAppRQueue = from.row.receive_queue;
  rod.WinScaleSent = from.info.window_scaling ? from.info.receive_window_scale : kNoScale;
  return rod;
}

TCP_ESTATS_OBS_REC_ROD_v0 obs_rec_rod(const Counted& from) {
  TCP_ESTATS_OBS_REC_ROD_v0 rod{};
  rod.CurRwinRcvd = from.info.peer_window.value_or(0);
  rod.WinScaleRcvd = from.info.window_scaling ? from.info.send_window_scale : kNoScale;
  return rod;
}

TCP_ESTATS_BANDWIDTH_ROD_v0 bandwidth_rod(const Counted& from) {
  TCP_ESTATS_BANDWIDTH_ROD_v0 rod{};
  rod.OutboundBandwidth = from.info.delivery_rate.value_or(0) * 8;
  return rod;
}

TCP_ESTATS_FINE_RTT_ROD_v0 fine_rtt_rod(const Counted& from) {
  TCP_ESTATS_FINE_RTT_ROD_v0 rod{};
  rod.RttVar = has_rtt(from.info) ? from.info.rtt_variation_us : kNoValue;
  rod.MinRtt = minimum_rtt_us(from.info);
  return rod;
}

}  // namespace tcptable::win32
