// SPDX-License-Identifier: MIT
// The texts of /proc/net/snmp, netstat and snmp6, and from their counters to our structures. Pure.
#pragma once

#include <tcptable/statistics.hpp>

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace tcptable::model {

/// By the name that `nstat` gives: "TcpInSegs", "IpExtInOctets", "Udp6InDatagrams". Negative numbers have the
/// upper bits set.
using Counters = std::map<std::string, std::uint64_t, std::less<>>;

/// Adds what /proc/net/snmp or netstat has: pairs of lines, names and then their values, that begin with the
/// same word. Errc::malformed_reply when a name has no value.
Result<void> add_snmp(Counters& counters, std::string_view text);

/// Adds what /proc/net/snmp6 has: a name and a value a line.
Result<void> add_snmp6(Counters& counters, std::string_view text);

/// The counters of each structure; its other members are left as they are. Errc::malformed_reply when one is
/// missing that every kernel has.
Result<TcpStatistics> tcp_counters(const Counters& counters);
Result<UdpStatistics> udp_counters(const Counters& counters, Family family);
Result<IpStatistics> ip_counters(const Counters& counters, Family family);
Result<IcmpStatistics> icmp_counters(const Counters& counters, Family family);

}  // namespace tcptable::model
