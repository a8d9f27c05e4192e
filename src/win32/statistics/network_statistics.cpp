// SPDX-License-Identifier: MIT
// GetIpStatistics and GetIcmpStatistics, with their Ex.
#include "win32/export.hpp"
#include "win32/statistics/statistics_call.hpp"

#include <iphlpapi.h>

#include <algorithm>

namespace {

using namespace tcptable;
using namespace tcptable::win32;

void write_ip(MIB_IPSTATS& to, const IpStatistics& from) {
  to.Forwarding = from.forwarding ? MIB_IP_FORWARDING : MIB_IP_NOT_FORWARDING;
  to.dwDefaultTTL = wrapped(from.default_ttl);
  to.dwInReceives = wrapped(from.in_receives);
  to.dwInHdrErrors = wrapped(from.in_header_errors);
  to.dwInAddrErrors = wrapped(from.in_address_errors);
  to.dwForwDatagrams = wrapped(from.forwarded);
  to.dwInUnknownProtos = wrapped(from.in_unknown_protocols);
  to.dwInDiscards = wrapped(from.in_discards);
  to.dwInDelivers = wrapped(from.in_delivers);
  to.dwOutRequests = wrapped(from.out_requests);
  to.dwRoutingDiscards = 0;  // Linux keeps no such counter
  to.dwOutDiscards = wrapped(from.out_discards);
  to.dwOutNoRoutes = wrapped(from.out_no_routes);
  to.dwReasmTimeout = wrapped(from.reassembly_seconds);
  to.dwReasmReqds = wrapped(from.reassembly_required);
  to.dwReasmOks = wrapped(from.reassembled);
  to.dwReasmFails = wrapped(from.reassembly_fails);
  to.dwFragOks = wrapped(from.fragmented);
  to.dwFragFails = wrapped(from.fragmentation_fails);
  to.dwFragCreates = wrapped(from.fragments_created);
  to.dwNumIf = from.interfaces;
  to.dwNumAddr = from.addresses;
  to.dwNumRoutes = from.routes;
}

void write_direction(MIBICMPSTATS& to, const IcmpStatistics::Direction& from) {
  const auto of_type = [&](ICMP4_TYPE type) { return wrapped(from.by_type[static_cast<std::size_t>(type)]); };
  to.dwMsgs = wrapped(from.messages);
  to.dwErrors = wrapped(from.errors);
  to.dwDestUnreachs = of_type(ICMP4_DST_UNREACH);
  to.dwTimeExcds = of_type(ICMP4_TIME_EXCEEDED);
  to.dwParmProbs = of_type(ICMP4_PARAM_PROB);
  to.dwSrcQuenchs = of_type(ICMP4_SOURCE_QUENCH);
  to.dwRedirects = of_type(ICMP4_REDIRECT);
  to.dwEchos = of_type(ICMP4_ECHO_REQUEST);
  to.dwEchoReps = of_type(ICMP4_ECHO_REPLY);
  to.dwTimestamps = of_type(ICMP4_TIMESTAMP_REQUEST);
  to.dwTimestampReps = of_type(ICMP4_TIMESTAMP_REPLY);
  to.dwAddrMasks = of_type(ICMP4_MASK_REQUEST);
  to.dwAddrMaskReps = of_type(ICMP4_MASK_REPLY);
}

void write_direction_by_type(MIBICMPSTATS_EX& to, const IcmpStatistics::Direction& from) {
  to.dwMsgs = wrapped(from.messages);
  to.dwErrors = wrapped(from.errors);
  std::transform(from.by_type.begin(), from.by_type.end(), to.rgdwTypeCount, wrapped);
}

void write_icmp(MIB_ICMP& to, const IcmpStatistics& from) {
  write_direction(to.stats.icmpInStats, from.in);
  write_direction(to.stats.icmpOutStats, from.out);
}

void write_icmp_by_type(MIB_ICMP_EX& to, const IcmpStatistics& from) {
  write_direction_by_type(to.icmpInStats, from.in);
  write_direction_by_type(to.icmpOutStats, from.out);
}

}  // namespace

TCPTABLE_WIN32_EXPORT ULONG WINAPI GetIpStatisticsEx(PMIB_IPSTATS Statistics, ULONG Family) {
  return statistics_call(Statistics, Family, ip_statistics, write_ip);
}

TCPTABLE_WIN32_EXPORT ULONG WINAPI GetIpStatistics(PMIB_IPSTATS Statistics) {
  return GetIpStatisticsEx(Statistics, kAfInet);
}

TCPTABLE_WIN32_EXPORT ULONG WINAPI GetIcmpStatistics(PMIB_ICMP Statistics) {
  return statistics_call(Statistics, kAfInet, icmp_statistics, write_icmp);
}

TCPTABLE_WIN32_EXPORT ULONG WINAPI GetIcmpStatisticsEx(PMIB_ICMP_EX Statistics, ULONG Family) {
  return statistics_call(Statistics, Family, icmp_statistics, write_icmp_by_type);
}
