// SPDX-License-Identifier: MIT
// Listeners of all network namespaces; an address tells which of them it is.
#include "tcptable/who/server.hpp"

#include <tcptable/process.hpp>
#include <tcptable/snapshot.hpp>

#include <tuple>

#include "tcptable/filter/endpoint_pattern.hpp"
#include "tcptable/filter/narrow.hpp"

namespace tool::who {
namespace {

using tcptable::Endpoint;
using tcptable::SocketRow;

// Listeners on the port, and UDP sockets without a peer.
tcptable::Query query_for(const filter::EndpointPattern& place) {
  tcptable::Query query;
  query.udp = true;
  query.namespaces = tcptable::Namespaces::all;
  query.states = {tcptable::State::listen, tcptable::State::close};
  const filter::EndpointPattern port{std::nullopt, place.ports};
  std::ignore = filter::narrow(filter::make_test(filter::EndpointTest{filter::Key::local, {port}}), query);
  return query;
}

Endpoint address_of(const filter::Prefix& prefix) {
  Endpoint endpoint;
  endpoint.family = prefix.family;
  endpoint.address = prefix.address;
  return endpoint;
}

}  // namespace

bool takes_any_address(const SocketRow& row, tcptable::Family family) {
  if (!is_unspecified(row.local)) return false;
  if (row.local.family == family) return true;
  return row.local.family == tcptable::Family::ipv6 && row.ipv6_only != tcptable::Ipv6Only::yes;
}

std::optional<tcptable::Process> server_at(std::string_view place) {
  const auto pattern = filter::parse_endpoint(place, filter::system_names());
  if (!pattern || !pattern->prefix || !pattern->ports) return std::nullopt;
  const auto snapshot = tcptable::take_snapshot(query_for(*pattern));
  if (!snapshot) return std::nullopt;
  const Endpoint address = address_of(*pattern->prefix);
  const filter::EndpointPattern port{std::nullopt, pattern->ports};
  for (const SocketRow& row : snapshot->rows()) {
    const tcptable::Process* owner = snapshot->owner(row);
    if (owner == nullptr || row.remote.port != 0 || !filter::fits(port, row.local)) continue;
    if (!takes_any_address(row, address.family) && !filter::fits(*pattern, row.local)) continue;
    if (tcptable::has_local_address(*owner, address).value_or(false)) return *owner;
  }
  return std::nullopt;
}

}  // namespace tool::who
