// SPDX-License-Identifier: MIT
#include "api/statistics.hpp"

#include <fcntl.h>

#include <tcptable/snapshot.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <new>

#include "api/network_counts.hpp"
#include "model/counters.hpp"
#include "sys/file.hpp"

namespace tcptable {
namespace api {
namespace {

constexpr Step kStep = Step::read_statistics;

using Parse = Result<void> (*)(model::Counters&, std::string_view);

// The thread's own namespace: /proc/net is the process's, and a thread may have moved.
Result<void> add_file(sys::Kernel& kernel, const char* path, Parse parse, model::Counters& counters) {
  const auto text = sys::read_whole(kernel, {AT_FDCWD, path}, kStep);
  if (!text) return tl::unexpected(text.error());
  return parse(counters, *text);
}

Result<model::Counters> read_ipv4(sys::Kernel& kernel) {
  model::Counters counters;
  auto added = add_file(kernel, "/proc/thread-self/net/snmp", model::add_snmp, counters);
  if (added) added = add_file(kernel, "/proc/thread-self/net/netstat", model::add_snmp, counters);
  if (!added) return tl::unexpected(added.error());
  return counters;
}

Result<model::Counters> read_counters(sys::Kernel& kernel, Family family) {
  if (family == Family::ipv4) return read_ipv4(kernel);
  model::Counters counters;
  auto added = add_file(kernel, "/proc/thread-self/net/snmp6", model::add_snmp6, counters);
  if (!added) return tl::unexpected(added.error());
  return counters;
}

// /proc/sys/net is that of the calling thread's namespace.
Result<std::uint64_t> read_setting(sys::Kernel& kernel, const char* path) {
  std::array<char, 32> buffer{};
  const auto text = sys::read_small(kernel, {AT_FDCWD, path}, buffer, kStep);
  if (!text) return tl::unexpected(text.error());
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error != std::errc{}) return tl::unexpected(Error{Errc::malformed_reply, kStep, 0});
  return value;
}

Result<void> add_settings(sys::Kernel& kernel, Family family, IpStatistics& statistics) {
  const bool ipv4 = family == Family::ipv4;
  const auto forwarding =
      read_setting(kernel, ipv4 ? "/proc/sys/net/ipv4/ip_forward" : "/proc/sys/net/ipv6/conf/all/forwarding");
  if (!forwarding) return tl::unexpected(forwarding.error());
  const auto ttl = read_setting(
      kernel, ipv4 ? "/proc/sys/net/ipv4/ip_default_ttl" : "/proc/sys/net/ipv6/conf/default/hop_limit");
  if (!ttl) return tl::unexpected(ttl.error());
  const auto reassembly =
      read_setting(kernel, ipv4 ? "/proc/sys/net/ipv4/ipfrag_time" : "/proc/sys/net/ipv6/ip6frag_time");
  if (!reassembly) return tl::unexpected(reassembly.error());
  statistics.forwarding = *forwarding != 0;
  statistics.default_ttl = *ttl;
  statistics.reassembly_seconds = *reassembly;
  return {};
}

Result<void> add_counts(sys::Kernel& kernel, Family family, IpStatistics& statistics) {
  const auto interfaces = count_interfaces(kernel);
  if (!interfaces) return tl::unexpected(interfaces.error());
  const auto addresses = count_addresses(kernel, family);
  if (!addresses) return tl::unexpected(addresses.error());
  const auto routes = count_routes(kernel, family);
  if (!routes) return tl::unexpected(routes.error());
  statistics.interfaces = *interfaces;
  statistics.addresses = *addresses;
  statistics.routes = *routes;
  return {};
}

Result<Snapshot> sockets_of(Protocol protocol, Family family) {
  Query query;
  query.tcp = protocol == Protocol::tcp;
  query.udp = !query.tcp;
  query.ipv4 = family == Family::ipv4;
  query.ipv6 = !query.ipv4;
  query.states = StateSet::all().without(State::listen);
  query.owners = query.cookies = query.inodes = query.uids = query.queues = false;
  return take_snapshot(query);
}

bool counts_as_established(const SocketRow& row) {
  return row.state == State::established || row.state == State::close_wait;
}

// Runs out of memory as every public function does.
template <typename Body>
auto without_exceptions(const Body& body) -> decltype(body()) {
  try {
    return body();
  } catch (const std::bad_alloc&) {
    return tl::unexpected(Error{Errc::no_memory, kStep, 0});
  }
}

}  // namespace

Result<TcpStatistics> tcp_counters(sys::Kernel& kernel) {
  const auto counters = read_counters(kernel, Family::ipv4);
  if (!counters) return tl::unexpected(counters.error());
  return model::tcp_counters(*counters);
}

Result<UdpStatistics> udp_counters(sys::Kernel& kernel, Family family) {
  const auto counters = read_counters(kernel, family);
  if (!counters) return tl::unexpected(counters.error());
  return model::udp_counters(*counters, family);
}

Result<IpStatistics> ip_statistics(sys::Kernel& kernel, Family family) {
  const auto counters = read_counters(kernel, family);
  if (!counters) return tl::unexpected(counters.error());
  auto statistics = model::ip_counters(*counters, family);
  if (!statistics) return statistics;
  auto added = add_settings(kernel, family, *statistics);
  if (added) added = add_counts(kernel, family, *statistics);
  if (!added) return tl::unexpected(added.error());
  return statistics;
}

Result<IcmpStatistics> icmp_statistics(sys::Kernel& kernel, Family family) {
  const auto counters = read_counters(kernel, family);
  if (!counters) return tl::unexpected(counters.error());
  return model::icmp_counters(*counters, family);
}

}  // namespace api

Result<TcpStatistics> tcp_statistics(Family family) {
  return api::without_exceptions([&]() -> Result<TcpStatistics> {
    auto statistics = api::tcp_counters(sys::real_kernel());
    if (!statistics) return statistics;
    const auto sockets = api::sockets_of(Protocol::tcp, family);
    if (!sockets) return tl::unexpected(sockets.error());
    const auto rows = sockets->rows();
    statistics->connections = static_cast<std::uint32_t>(rows.size());
    statistics->established =
        static_cast<std::uint32_t>(std::count_if(rows.begin(), rows.end(), api::counts_as_established));
    return statistics;
  });
}

Result<UdpStatistics> udp_statistics(Family family) {
  return api::without_exceptions([&]() -> Result<UdpStatistics> {
    auto statistics = api::udp_counters(sys::real_kernel(), family);
    if (!statistics) return statistics;
    const auto sockets = api::sockets_of(Protocol::udp, family);
    if (!sockets) return tl::unexpected(sockets.error());
    statistics->sockets = static_cast<std::uint32_t>(sockets->rows().size());
    return statistics;
  });
}

Result<IpStatistics> ip_statistics(Family family) {
  return api::without_exceptions([&] { return api::ip_statistics(sys::real_kernel(), family); });
}

Result<IcmpStatistics> icmp_statistics(Family family) {
  return api::without_exceptions([&] { return api::icmp_statistics(sys::real_kernel(), family); });
}

}  // namespace tcptable
