// SPDX-License-Identifier: MIT
// GetTcpStatistics and GetUdpStatistics, with their Ex and Ex2.
#include "win32/export.hpp"
#include "win32/statistics/statistics_call.hpp"

#include <iphlpapi.h>

namespace {

using namespace tcptable;
using namespace tcptable::win32;

template <typename Structure>
void write_tcp_members(Structure& to, const TcpStatistics& from) {
  // Linux' own MIB says "other"; its algorithm is RFC 6298's, which is Van Jacobson's (tcp_rtt_estimator).
  to.RtoAlgorithm = TcpRtoAlgorithmVanj;
  to.dwRtoMin = wrapped(from.rto_min_ms);
  to.dwRtoMax = wrapped(from.rto_max_ms);
  to.dwMaxConn = wrapped(from.max_connections);
  to.dwActiveOpens = wrapped(from.active_opens);
  to.dwPassiveOpens = wrapped(from.passive_opens);
  to.dwAttemptFails = wrapped(from.attempt_fails);
  to.dwEstabResets = wrapped(from.established_resets);
  to.dwCurrEstab = from.established;
  to.dwRetransSegs = wrapped(from.retransmitted_segments);
  to.dwInErrs = wrapped(from.in_errors);
  to.dwOutRsts = wrapped(from.out_resets);
  to.dwNumConns = from.connections;
}

void write_tcp(MIB_TCPSTATS& to, const TcpStatistics& from) {
  write_tcp_members(to, from);
  to.dwInSegs = wrapped(from.in_segments);
  to.dwOutSegs = wrapped(from.out_segments);
}

void write_tcp2(MIB_TCPSTATS2& to, const TcpStatistics& from) {
  write_tcp_members(to, from);
  to.dw64InSegs = from.in_segments;
  to.dw64OutSegs = from.out_segments;
}

template <typename Structure>
void write_udp_members(Structure& to, const UdpStatistics& from) {
  to.dwNoPorts = wrapped(from.no_ports);
  to.dwInErrors = wrapped(from.in_errors);
  to.dwNumAddrs = from.sockets;
}

void write_udp(MIB_UDPSTATS& to, const UdpStatistics& from) {
  write_udp_members(to, from);
  to.dwInDatagrams = wrapped(from.in_datagrams);
  to.dwOutDatagrams = wrapped(from.out_datagrams);
}

void write_udp2(MIB_UDPSTATS2& to, const UdpStatistics& from) {
  write_udp_members(to, from);
  to.dw64InDatagrams = from.in_datagrams;
  to.dw64OutDatagrams = from.out_datagrams;
}

}  // namespace

TCPTABLE_WIN32_EXPORT ULONG WINAPI GetTcpStatisticsEx(PMIB_TCPSTATS Statistics, ULONG Family) {
  return statistics_call(Statistics, Family, tcp_statistics, write_tcp);
}

TCPTABLE_WIN32_EXPORT ULONG WINAPI GetTcpStatistics(PMIB_TCPSTATS Statistics) {
  return GetTcpStatisticsEx(Statistics, kAfInet);
}

TCPTABLE_WIN32_EXPORT ULONG WINAPI GetTcpStatisticsEx2(PMIB_TCPSTATS2 Statistics, ULONG Family) {
  return statistics_call(Statistics, Family, tcp_statistics, write_tcp2);
}

TCPTABLE_WIN32_EXPORT ULONG WINAPI GetUdpStatisticsEx(PMIB_UDPSTATS Statistics, ULONG Family) {
  return statistics_call(Statistics, Family, udp_statistics, write_udp);
}

TCPTABLE_WIN32_EXPORT ULONG WINAPI GetUdpStatistics(PMIB_UDPSTATS Stats) {
  return GetUdpStatisticsEx(Stats, kAfInet);
}

TCPTABLE_WIN32_EXPORT ULONG WINAPI GetUdpStatisticsEx2(PMIB_UDPSTATS2 Statistics, ULONG Family) {
  return statistics_call(Statistics, Family, udp_statistics, write_udp2);
}
