// SPDX-License-Identifier: MIT
// The statistics behind the public functions, with the kernel given: what tests call. TcpStatistics and
// UdpStatistics lack the counts of sockets, which are a snapshot's.
#pragma once

#include "sys/kernel.hpp"

#include <tcptable/statistics.hpp>

namespace tcptable::api {

Result<TcpStatistics> tcp_counters(sys::Kernel& kernel);
Result<UdpStatistics> udp_counters(sys::Kernel& kernel, Family family);
Result<IpStatistics> ip_statistics(sys::Kernel& kernel, Family family);
Result<IcmpStatistics> icmp_statistics(sys::Kernel& kernel, Family family);

}  // namespace tcptable::api
