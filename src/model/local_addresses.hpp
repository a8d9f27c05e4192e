// SPDX-License-Identifier: MIT
// The texts that say which addresses are a network namespace's own: /proc/PID/net/fib_trie
// (net/ipv4/fib_trie.c) and if_inet6 (net/ipv6/addrconf.c). Pure.
#pragma once

#include <tcptable/endpoint.hpp>

#include <string_view>

namespace tcptable::model {

/// Of an IPv4 endpoint; its port says nothing.
bool lists_local_ipv4(std::string_view fib_trie, const Endpoint& endpoint);
/// Of an IPv6 endpoint; likewise, and its scope.
bool lists_local_ipv6(std::string_view if_inet6, const Endpoint& endpoint);

}  // namespace tcptable::model
