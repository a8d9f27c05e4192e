// SPDX-License-Identifier: MIT
#include "backend/sock_diag/tcp_info_attribute.hpp"

#include <linux/tcp.h>

#include <cstring>

namespace tcptable::backend {
namespace {

// Where members begin that the headers at build time may not have yet (include/uapi/linux/tcp.h). The
// structure only ever grows at its end.
constexpr std::size_t kPeerWindow = 228;
constexpr std::size_t kOwnWindow = 232;
constexpr std::size_t kTimeouts = 240;
constexpr std::size_t kTimeoutRecoveries = 242;
constexpr std::size_t kReceivedCe = 248;
constexpr std::size_t kOldestSize = offsetof(tcp_info, tcpi_pacing_rate);

template <typename T>
void read_at(std::span<const std::byte> bytes, std::size_t offset, std::optional<T>& member) {
  if (bytes.size() < offset + sizeof(T)) return;
  std::memcpy(&member.emplace(), bytes.data() + offset, sizeof(T));
}

void read_oldest(const tcp_info& from, TcpInfo& to) {
  to.consecutive_timeouts = from.tcpi_retransmits;
  to.timestamps = (from.tcpi_options & TCPI_OPT_TIMESTAMPS) != 0;
  to.window_scaling = (from.tcpi_options & TCPI_OPT_WSCALE) != 0;
  to.send_window_scale = from.tcpi_snd_wscale;
  to.receive_window_scale = from.tcpi_rcv_wscale;
  to.retransmission_timeout_us = from.tcpi_rto;
  to.send_mss = from.tcpi_snd_mss;
  to.advertised_mss = from.tcpi_advmss;
  to.rtt_us = from.tcpi_rtt;
  to.rtt_variation_us = from.tcpi_rttvar;
  to.slow_start_threshold = from.tcpi_snd_ssthresh;
  to.congestion_window = from.tcpi_snd_cwnd;
  to.reordering = from.tcpi_reordering;
  to.segments_retransmitted = from.tcpi_total_retrans;
}

void read_newer(std::span<const std::byte> bytes, TcpInfo& to) {
  read_at(bytes, offsetof(tcp_info, tcpi_pacing_rate), to.pacing_rate);
  read_at(bytes, offsetof(tcp_info, tcpi_bytes_acked), to.bytes_acked);
  read_at(bytes, offsetof(tcp_info, tcpi_bytes_received), to.bytes_received);
  read_at(bytes, offsetof(tcp_info, tcpi_segs_out), to.segments_out);
  read_at(bytes, offsetof(tcp_info, tcpi_segs_in), to.segments_in);
  read_at(bytes, offsetof(tcp_info, tcpi_notsent_bytes), to.unsent_bytes);
  read_at(bytes, offsetof(tcp_info, tcpi_min_rtt), to.minimum_rtt_us);
  read_at(bytes, offsetof(tcp_info, tcpi_data_segs_in), to.data_segments_in);
  read_at(bytes, offsetof(tcp_info, tcpi_data_segs_out), to.data_segments_out);
  read_at(bytes, offsetof(tcp_info, tcpi_delivery_rate), to.delivery_rate);
  read_at(bytes, offsetof(tcp_info, tcpi_busy_time), to.busy_us);
  read_at(bytes, offsetof(tcp_info, tcpi_rwnd_limited), to.peer_window_limit_us);
  read_at(bytes, offsetof(tcp_info, tcpi_sndbuf_limited), to.send_buffer_limit_us);
  read_at(bytes, offsetof(tcp_info, tcpi_delivered_ce), to.segments_delivered_ce);
  read_at(bytes, offsetof(tcp_info, tcpi_bytes_sent), to.bytes_sent);
  read_at(bytes, offsetof(tcp_info, tcpi_bytes_retrans), to.bytes_retransmitted);
  read_at(bytes, offsetof(tcp_info, tcpi_dsack_dups), to.duplicates_reported);
  read_at(bytes, kPeerWindow, to.peer_window);
  read_at(bytes, kOwnWindow, to.own_window);
  read_at(bytes, kTimeouts, to.timeouts);
  read_at(bytes, kTimeoutRecoveries, to.timeout_recoveries);
  read_at(bytes, kReceivedCe, to.segments_received_ce);
}

}  // namespace

std::optional<TcpInfo> parse_tcp_info(std::span<const std::byte> bytes) {
  if (bytes.size() < kOldestSize) return std::nullopt;
  tcp_info oldest{};
  std::memcpy(&oldest, bytes.data(), kOldestSize);
  TcpInfo result;
  read_oldest(oldest, result);
  read_newer(bytes, result);
  return result;
}

}  // namespace tcptable::backend
