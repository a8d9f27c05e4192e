// SPDX-License-Identifier: MIT
// SetTcpEntry for a file that has the system's socket headers, which Windows' don't go with.
#pragma once

#include <tcptable/connection.hpp>

namespace tcptable::test {

enum class Closing { done, not_found, other };

/// Asks for the connection to be closed, an IPv4 one of TCP.
Closing set_tcp_entry(const SocketKey& key);

}  // namespace tcptable::test
