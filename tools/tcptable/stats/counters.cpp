// SPDX-License-Identifier: MIT
#include "tcptable/stats/counters.hpp"

#include <tuple>
#include <utility>

namespace tool::stats {
namespace {

using tcptable::Family;
using tcptable::TcpStatistics;

using Counters = std::vector<Counter>;

template <typename Statistics>
struct Source {
  std::string_view name;
  std::uint64_t Statistics::*member;
};

constexpr Source<TcpStatistics> kTcp[]{{"active_opens", &TcpStatistics::active_opens},
                                       {"passive_opens", &TcpStatistics::passive_opens},
                                       {"attempt_fails", &TcpStatistics::attempt_fails},
                                       {"established_resets", &TcpStatistics::established_resets},
                                       {"segments_in", &TcpStatistics::in_segments},
                                       {"segments_out", &TcpStatistics::out_segments},
                                       {"segments_retransmitted", &TcpStatistics::retransmitted_segments},
                                       {"errors_in", &TcpStatistics::in_errors},
                                       {"resets_out", &TcpStatistics::out_resets}};

using tcptable::UdpStatistics;
constexpr Source<UdpStatistics> kUdp[]{{"datagrams_in", &UdpStatistics::in_datagrams},
                                       {"no_ports", &UdpStatistics::no_ports},
                                       {"errors_in", &UdpStatistics::in_errors},
                                       {"datagrams_out", &UdpStatistics::out_datagrams}};

using tcptable::IpStatistics;
constexpr Source<IpStatistics> kIp[]{
    {"received", &IpStatistics::in_receives},       {"delivered", &IpStatistics::in_delivers},
    {"forwarded", &IpStatistics::forwarded},        {"sent", &IpStatistics::out_requests},
    {"discards_in", &IpStatistics::in_discards},    {"discards_out", &IpStatistics::out_discards},
    {"no_routes_out", &IpStatistics::out_no_routes}};

template <typename Statistics, typename Table>
void add(Counters& counters, std::string_view protocol, const Statistics& statistics, const Table& table) {
  for (const auto& source : table) counters.push_back({protocol, source.name, statistics.*source.member});
}

void add_linux_own(Counters& counters, const TcpStatistics& tcp) {
  for (const auto& [name, value] : {std::pair{"listen_overflows", tcp.listen_overflows},
                                    {"listen_drops", tcp.listen_drops},
                                    {"syn_cookies_sent", tcp.syn_cookies_sent}}) {
    if (value) counters.push_back({"tcp", name, *value});
  }
}

}  // namespace

tcptable::Result<Counters> all_counters() {
  Counters counters;
  const auto tcp = tcptable::tcp_statistics(Family::ipv4);
  if (!tcp) return tl::unexpected(tcp.error());
  add(counters, "tcp", *tcp, kTcp);
  add_linux_own(counters, *tcp);
  for (const auto& [family, udp_name, ip_name] :
       {std::tuple{Family::ipv4, "udp", "ip"}, {Family::ipv6, "udp6", "ip6"}}) {
    const auto udp = tcptable::udp_statistics(family);
    const auto ip = tcptable::ip_statistics(family);
    if (family == Family::ipv6 && (!udp || !ip)) break;  // a kernel without IPv6
    if (!udp) return tl::unexpected(udp.error());
    if (!ip) return tl::unexpected(ip.error());
    add(counters, udp_name, *udp, kUdp);
    add(counters, ip_name, *ip, kIp);
  }
  return counters;
}

}  // namespace tool::stats
