// SPDX-License-Identifier: MIT
// The kernel's protocol counters, of the calling thread's network namespace since that was made (RFC 1213,
// RFC 4022, RFC 4113 and RFC 4293 as Linux keeps them: /proc/net/snmp, snmp6 and netstat, net/ipv4/proc.c).
#pragma once

#include <tcptable/endpoint.hpp>
#include <tcptable/error.hpp>

#include <array>
#include <cstdint>
#include <optional>

namespace tcptable {

struct TcpStatistics {
  // Linux counts both families together.
  std::uint64_t active_opens = 0;
  std::uint64_t passive_opens = 0;
  std::uint64_t attempt_fails = 0;
  std::uint64_t established_resets = 0;
  std::uint64_t in_segments = 0;
  std::uint64_t out_segments = 0;  ///< Without those that only repeat.
  std::uint64_t retransmitted_segments = 0;
  std::uint64_t in_errors = 0;
  std::uint64_t out_resets = 0;
  std::uint64_t rto_min_ms = 0;
  std::uint64_t rto_max_ms = 0;
  /// -1 (all bits set): no fixed limit, which is what Linux always says.
  std::uint64_t max_connections = 0;
  // Of no RFC: Linux's own (TcpExt in /proc/net/netstat); absent where a kernel doesn't keep them.
  std::optional<std::uint64_t> listen_overflows;  ///< Connections refused as an accept queue was full.
  std::optional<std::uint64_t> listen_drops;      ///< These, and others that a listener could not take.
  std::optional<std::uint64_t> syn_cookies_sent;
  // Of the family that was asked for, counted now.
  std::uint32_t established = 0;  ///< ESTABLISHED and CLOSE_WAIT (tcpCurrEstab).
  std::uint32_t connections = 0;  ///< Every state but listen.
};

/// Each counter is the family's own.
struct UdpStatistics {
  std::uint64_t in_datagrams = 0;
  std::uint64_t no_ports = 0;   ///< Datagrams to ports that nobody listens on.
  std::uint64_t in_errors = 0;  ///< Also those for which a socket had no room.
  std::uint64_t out_datagrams = 0;
  std::uint32_t sockets = 0;  ///< Bound now.
};

/// Each counter is the family's own.
struct IpStatistics {
  bool forwarding = false;
  std::uint64_t default_ttl = 0;  ///< IPv6: the hop limit of new interfaces.
  std::uint64_t in_receives = 0;
  std::uint64_t in_header_errors = 0;
  std::uint64_t in_address_errors = 0;
  std::uint64_t forwarded = 0;
  std::uint64_t in_unknown_protocols = 0;
  std::uint64_t in_discards = 0;
  std::uint64_t in_delivers = 0;
  std::uint64_t in_no_routes = 0;  ///< Received to be forwarded, and no way known.
  std::uint64_t in_octets = 0;
  std::uint64_t out_requests = 0;
  std::uint64_t out_discards = 0;
  std::uint64_t out_no_routes = 0;
  std::uint64_t out_octets = 0;
  std::uint64_t reassembly_seconds = 0;   ///< How long the fragments of a packet are waited for.
  std::uint64_t reassembly_timeouts = 0;  ///< How many times in vain.
  std::uint64_t reassembly_required = 0;
  std::uint64_t reassembled = 0;
  std::uint64_t reassembly_fails = 0;
  std::uint64_t fragmented = 0;
  std::uint64_t fragmentation_fails = 0;
  std::uint64_t fragments_created = 0;
  std::uint32_t interfaces = 0;
  std::uint32_t addresses = 0;
  std::uint32_t routes = 0;  ///< Of the main table: what `ip route` lists.
};

struct IcmpStatistics {
  struct Direction {
    std::uint64_t messages = 0;
    std::uint64_t errors = 0;
    std::array<std::uint64_t, 256> by_type{};  ///< Indexed by the ICMP or ICMPv6 type.
  };
  Direction in;
  Direction out;
};

/// Errc::not_supported: a kernel without the family, or without /proc/net. Counts of sockets come from
/// take_snapshot, and fail as it does. Safe to call from several threads.
TCPTABLE_API Result<TcpStatistics> tcp_statistics(Family family);
TCPTABLE_API Result<UdpStatistics> udp_statistics(Family family);
TCPTABLE_API Result<IpStatistics> ip_statistics(Family family);
TCPTABLE_API Result<IcmpStatistics> icmp_statistics(Family family);

}  // namespace tcptable
