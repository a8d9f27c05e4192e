// SPDX-License-Identifier: MIT
// Addresses, networks and ports as a filter writes them, and what fits them.
#pragma once

#include <tcptable/endpoint.hpp>

#include <optional>
#include <string_view>

#include "tcptable/filter/expression.hpp"
#include "tcptable/filter/name_lookup.hpp"

namespace tool::filter {

/// "443", "https", "8000-8099", "8000-" (from there on) or "-1023".
std::optional<Range> parse_ports(std::string_view text, const NameLookup& names);

/// "10.0.0.1", "10/8" (zeros are filled in where there is a prefix length), "::1", "fe80::1%eth0",
/// "[2001:db8::]/32", "*", each but a bare IPv6 address also with ":PORTS" behind; ":443"; and ss's
/// "inet:10.0.0.1" and "inet6:[::1]:22". nullopt: none of these.
std::optional<EndpointPattern> parse_endpoint(std::string_view text, const NameLookup& names);

/// Is it an address, or a network, so that the word can't mean anything else?
bool looks_like_address(std::string_view text);

/// An IPv4 prefix also fits an IPv4-mapped IPv6 address (::ffff:a.b.c.d).
bool fits(const Prefix& prefix, const tcptable::Endpoint& endpoint);
bool fits(const EndpointPattern& pattern, const tcptable::Endpoint& endpoint);

}  // namespace tool::filter
