// SPDX-License-Identifier: MIT
// What the three imitations have in common: the choice of rows, their order, and the old names of states.
#pragma once

#include <tcptable/snapshot.hpp>

#include <functional>
#include <string_view>
#include <vector>

namespace tool {

using HabitRows = std::vector<const tcptable::SocketRow*>;
using RowTest = std::function<bool(const tcptable::SocketRow&)>;

/// By protocol (`first` before the other), family, listeners first, then by local and remote port and
/// address.
HabitRows habit_rows(const tcptable::Snapshot& snapshot, tcptable::Protocol first, const RowTest& is_shown);

/// A TCP listener, or a UDP socket without a peer.
bool waits_for_peers(const tcptable::SocketRow& row);

/// "LISTEN", "FIN_WAIT2", ...: as netstat and lsof call it; empty for a UDP socket without a peer.
std::string_view bsd_state(const tcptable::SocketRow& row);

/// What /proc/net/tcp, which netstat and lsof read, has for it: 0 for a listener, not its backlog's limit.
std::uint32_t bsd_send_queue(const tcptable::SocketRow& row);

/// ::ffff:a.b.c.d as a.b.c.d; others as they are, without scope.
tcptable::Endpoint shown_as_ipv4(tcptable::Endpoint endpoint);

/// One line on standard error where it is hidden who holds one of these sockets, which were asked for.
void say_what_is_hidden(const HabitRows& rows, std::size_t unreadable);

}  // namespace tool
