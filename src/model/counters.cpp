// SPDX-License-Identifier: MIT
#include "model/counters.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <span>

namespace tcptable::model {
namespace {

constexpr Error kMalformed{Errc::malformed_reply, Step::read_statistics, 0};

std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

// The next word, empty at the end.
std::string_view take_word(std::string_view& line) {
  constexpr std::string_view kBlanks = " \t";
  line.remove_prefix(std::min(line.find_first_not_of(kBlanks), line.size()));
  const std::string_view word = line.substr(0, line.find_first_of(kBlanks));
  line.remove_prefix(word.size());
  return word;
}

std::optional<std::uint64_t> parse_counter(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return negative ? std::uint64_t{0} - value : value;
}

// One pair of lines.
Result<void> add_group(Counters& counters, std::string_view names, std::string_view values) {
  std::string_view group = take_word(names);
  if (!group.ends_with(':') || take_word(values) != group) return tl::unexpected(kMalformed);
  group.remove_suffix(1);
  for (std::string_view name = take_word(names); !name.empty(); name = take_word(names)) {
    const auto value = parse_counter(take_word(values));
    if (!value) return tl::unexpected(kMalformed);
    counters[std::string(group) + std::string(name)] = *value;
  }
  return {};
}

// Where a structure's member comes from, as the two families' counters are called behind the protocol's name.
template <typename Statistics>
struct Source {
  std::uint64_t Statistics::*member;
  std::string_view ipv4;
  std::string_view ipv6 = ipv4;
};

template <typename Statistics>
Result<Statistics> fill(const Counters& counters, std::span<const Source<Statistics>> sources,
                        std::string_view protocol, Family family = Family::ipv4) {
  Statistics statistics;
  for (const Source<Statistics>& source : sources) {
    const std::string_view name = family == Family::ipv4 ? source.ipv4 : source.ipv6;
    const auto found = counters.find(std::string(protocol) + std::string(name));
    if (found == counters.end()) return tl::unexpected(kMalformed);
    statistics.*source.member = found->second;
  }
  return statistics;
}

constexpr Source<TcpStatistics> kTcp[]{
    {&TcpStatistics::active_opens, "ActiveOpens"},
    {&TcpStatistics::passive_opens, "PassiveOpens"},
    {&TcpStatistics::attempt_fails, "AttemptFails"},
    {&TcpStatistics::established_resets, "EstabResets"},
    {&TcpStatistics::in_segments, "InSegs"},
    {&TcpStatistics::out_segments, "OutSegs"},
    {&TcpStatistics::retransmitted_segments, "RetransSegs"},
    {&TcpStatistics::in_errors, "InErrs"},
    {&TcpStatistics::out_resets, "OutRsts"},
    {&TcpStatistics::rto_min_ms, "RtoMin"},
    {&TcpStatistics::rto_max_ms, "RtoMax"},
    {&TcpStatistics::max_connections, "MaxConn"},
};

constexpr Source<UdpStatistics> kUdp[]{
    {&UdpStatistics::in_datagrams, "InDatagrams"},
    {&UdpStatistics::no_ports, "NoPorts"},
    {&UdpStatistics::in_errors, "InErrors"},
    {&UdpStatistics::out_datagrams, "OutDatagrams"},
};

constexpr Source<IpStatistics> kIp[]{
    {&IpStatistics::in_receives, "InReceives"},
    {&IpStatistics::in_header_errors, "InHdrErrors"},
    {&IpStatistics::in_address_errors, "InAddrErrors"},
    {&IpStatistics::forwarded, "ForwDatagrams", "OutForwDatagrams"},
    {&IpStatistics::in_unknown_protocols, "InUnknownProtos"},
    {&IpStatistics::in_discards, "InDiscards"},
    {&IpStatistics::in_delivers, "InDelivers"},
    {&IpStatistics::in_no_routes, "ExtInNoRoutes", "InNoRoutes"},
    {&IpStatistics::in_octets, "ExtInOctets", "InOctets"},
    {&IpStatistics::out_requests, "OutRequests"},
    {&IpStatistics::out_discards, "OutDiscards"},
    {&IpStatistics::out_no_routes, "OutNoRoutes"},
    {&IpStatistics::out_octets, "ExtOutOctets", "OutOctets"},
    {&IpStatistics::reassembly_timeouts, "ReasmTimeout"},
    {&IpStatistics::reassembly_required, "ReasmReqds"},
    {&IpStatistics::reassembled, "ReasmOKs"},
    {&IpStatistics::reassembly_fails, "ReasmFails"},
    {&IpStatistics::fragmented, "FragOKs"},
    {&IpStatistics::fragmentation_fails, "FragFails"},
    {&IpStatistics::fragments_created, "FragCreates"},
};

std::optional<std::uint64_t> find(const Counters& counters, std::string_view name) {
  const auto found = counters.find(name);
  return found == counters.end() ? std::nullopt : std::optional(found->second);
}

// "Icmp" + "InMsgs"; the types are apart ("IcmpMsgInType8") for IPv4, and present only once they were seen.
Result<IcmpStatistics::Direction> icmp_direction(const Counters& counters, Family family,
                                                 std::string_view direction) {
  const std::string group = family == Family::ipv4 ? "Icmp" : "Icmp6";
  const auto messages = counters.find(group + std::string(direction) + "Msgs");
  const auto errors = counters.find(group + std::string(direction) + "Errors");
  if (messages == counters.end() || errors == counters.end()) return tl::unexpected(kMalformed);
  IcmpStatistics::Direction result;
  result.messages = messages->second;
  result.errors = errors->second;
  const std::string types = (family == Family::ipv4 ? "IcmpMsg" : "Icmp6") + std::string(direction) + "Type";
  for (std::size_t type = 0; type < result.by_type.size(); ++type) {
    const auto found = counters.find(types + std::to_string(type));
    if (found != counters.end()) result.by_type[type] = found->second;
  }
  return result;
}

}  // namespace

Result<void> add_snmp(Counters& counters, std::string_view text) {
  while (!text.empty()) {
    const std::string_view names = take_line(text);
    const std::string_view values = take_line(text);
    if (auto added = add_group(counters, names, values); !added) return added;
  }
  return {};
}

Result<void> add_snmp6(Counters& counters, std::string_view text) {
  while (!text.empty()) {
    std::string_view line = take_line(text);
    const std::string_view name = take_word(line);
    const auto value = parse_counter(take_word(line));
    if (name.empty() || !value) return tl::unexpected(kMalformed);
    counters[std::string(name)] = *value;
  }
  return {};
}

Result<TcpStatistics> tcp_counters(const Counters& counters) {
  auto statistics = fill<TcpStatistics>(counters, kTcp, "Tcp");
  if (!statistics) return statistics;
  statistics->listen_overflows = find(counters, "TcpExtListenOverflows");
  statistics->listen_drops = find(counters, "TcpExtListenDrops");
  statistics->syn_cookies_sent = find(counters, "TcpExtSyncookiesSent");
  return statistics;
}

Result<UdpStatistics> udp_counters(const Counters& counters, Family family) {
  return fill<UdpStatistics>(counters, kUdp, family == Family::ipv4 ? "Udp" : "Udp6", family);
}

Result<IpStatistics> ip_counters(const Counters& counters, Family family) {
  return fill<IpStatistics>(counters, kIp, family == Family::ipv4 ? "Ip" : "Ip6", family);
}

Result<IcmpStatistics> icmp_counters(const Counters& counters, Family family) {
  const auto in = icmp_direction(counters, family, "In");
  if (!in) return tl::unexpected(in.error());
  const auto out = icmp_direction(counters, family, "Out");
  if (!out) return tl::unexpected(out.error());
  return IcmpStatistics{*in, *out};
}

}  // namespace tcptable::model
