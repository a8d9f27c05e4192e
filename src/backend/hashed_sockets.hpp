// SPDX-License-Identifier: MIT
// The kernel's own count of the TCP sockets in its hash tables, of all states together
// (sock_prot_inuse_add, net/ipv4/inet_hashtables.c). Mini-sockets are not in it: those of TIME_WAIT, and of
// FIN_WAIT2 without a descriptor, are counted by themselves, and requests (SYN_RECV) nowhere.
#pragma once

#include "sys/kernel.hpp"

#include <tcptable/endpoint.hpp>
#include <tcptable/error.hpp>

#include <cstddef>
#include <optional>
#include <string_view>

namespace tcptable::backend {

/// Of the calling thread's network namespace.
Result<std::size_t> hashed_sockets(sys::Kernel& kernel, Family family);

/// Of both families.
Result<std::size_t> time_wait_sockets(sys::Kernel& kernel);

/// The number behind "TCP: inuse " (or "TCP6: inuse "), as /proc/net/sockstat and sockstat6 have it. Pure.
std::optional<std::size_t> parse_hashed_sockets(std::string_view text, Family family);

}  // namespace tcptable::backend
