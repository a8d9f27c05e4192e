// SPDX-License-Identifier: MIT
// What the kernel counts for one TCP connection: struct tcp_info (linux/tcp.h) in names and units of its own.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace tcptable {

/// The two names at the end come with it from sock_diag, but are no part of struct tcp_info.
///
/// Members without std::optional are as old as Linux 2.6.37; one that has it is absent where the kernel is
/// older than the member (the release stands behind it). Counters start with the connection; those of 32 bits
/// wrap. "Segments" are as the wire carries them, not as segmentation offload hands them over.
struct TcpInfo {
  std::uint8_t consecutive_timeouts = 0;  ///< Retransmission timeouts since data was last acknowledged.
  bool timestamps = false;                ///< Both ends use the timestamp option (RFC 7323).
  bool window_scaling = false;            ///< Both ends sent a window scale.
  std::uint8_t send_window_scale = 0;     ///< The peer's shift count.
  std::uint8_t receive_window_scale = 0;  ///< Ours.

  std::uint32_t retransmission_timeout_us = 0;
  std::uint32_t send_mss = 0;        ///< Bytes of data in a full segment to the peer, options deducted.
  std::uint32_t advertised_mss = 0;  ///< Likewise, of a segment from the peer.
  std::uint32_t rtt_us = 0;          ///< Smoothed round-trip time; 0 before the first sample.
  std::uint32_t rtt_variation_us = 0;
  std::uint32_t slow_start_threshold = 0;  ///< Segments; 2^31 - 1 while there is none.
  std::uint32_t congestion_window = 0;     ///< Segments.
  std::uint32_t reordering = 0;            ///< Duplicate acknowledgements that mean loss.
  std::uint32_t segments_retransmitted = 0;

  std::optional<std::uint64_t> pacing_rate;        ///< 3.15. Bytes a second; 2^64 - 1: not paced.
  std::optional<std::uint64_t> bytes_acked;        ///< 4.1. A SYN or FIN counts as one byte.
  std::optional<std::uint64_t> bytes_received;     ///< 4.1. In order, each once; a FIN counts as one byte.
  std::optional<std::uint32_t> segments_out;       ///< 4.2
  std::optional<std::uint32_t> segments_in;        ///< 4.2
  std::optional<std::uint32_t> unsent_bytes;       ///< 4.6. Written by the process and not yet sent once.
  std::optional<std::uint32_t> minimum_rtt_us;     ///< 4.6. Within the last minutes; 2^32 - 1: no sample yet.
  std::optional<std::uint32_t> data_segments_in;   ///< 4.6
  std::optional<std::uint32_t> data_segments_out;  ///< 4.6. Retransmitted ones too.
  std::optional<std::uint64_t> delivery_rate;      ///< 4.9. Bytes a second, the last estimate.
  std::optional<std::uint64_t> busy_us;            ///< 4.10. Time with data to send or unacknowledged.
  std::optional<std::uint64_t>
      peer_window_limit_us;  ///< 4.10. Part of it in which the peer's window was full.
  std::optional<std::uint64_t> send_buffer_limit_us;   ///< 4.10. Part of it short of send buffer.
  std::optional<std::uint32_t> segments_delivered_ce;  ///< 4.18. Acknowledged with a congestion mark echoed.
  std::optional<std::uint64_t> bytes_sent;             ///< 4.19. Data only; retransmitted data counts again.
  std::optional<std::uint64_t> bytes_retransmitted;    ///< 4.19
  std::optional<std::uint32_t> duplicates_reported;    ///< 4.19. Segments that a D-SACK said came twice.
  std::optional<std::uint32_t> peer_window;            ///< 5.4. Bytes, scaled: the peer's last advertisement.
  std::optional<std::uint32_t> own_window;             ///< 6.2. Bytes, scaled: our last advertisement.
  std::optional<std::uint16_t> timeouts;               ///< 6.7. Retransmission timeouts in all.
  std::optional<std::uint16_t> timeout_recoveries;     ///< 6.7. Runs of them, each begun by a first one.
  std::optional<std::uint32_t> segments_received_ce;   ///< 6.18. Received with a congestion mark.

  /// "cubic", "bbr", ... (INET_DIAG_CONG): at most 15 bytes.
  std::string congestion_control;
  /// The upper layer protocol in the kernel (INET_DIAG_ULP_INFO), at most 15 bytes: "tls" is kernel TLS,
  /// "mptcp" a subflow of a Multipath TCP connection, "smc" or "espintcp" may occur. Empty: none.
  /// Linux 6.18 tells it to everybody, older kernels only where the caller has CAP_NET_ADMIN in the network
  /// namespace.
  std::string upper_layer;
};

}  // namespace tcptable
