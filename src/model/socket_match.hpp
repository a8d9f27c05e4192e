// SPDX-License-Identifier: MIT
// Whether a socket that the kernel answered with is the one that was asked for. The kernel's look-up is the
// one by which it finds a packet's socket, so it may answer with a listener instead of the connection, or
// with a socket bound to the wildcard address.
#pragma once

#include <tcptable/connection.hpp>

namespace tcptable::model {

/// a.b.c.d for ::ffff:a.b.c.d, every other endpoint unchanged.
Endpoint unmapped(const Endpoint& endpoint);

/// True for an endpoint that names nothing: no address and no port.
bool is_nowhere(const Endpoint& endpoint);

/// The socket has the key's endpoints, all of both, and its interface and cookie where the key has them.
bool is_named_by(const SocketRow& row, const SocketKey& key);

/// The socket would get what arrives for the key's local endpoint from its remote one: it is named by the
/// key; or, where the key has no remote endpoint, and for UDP in any case, it is bound to that port with the
/// wildcard address or with no peer.
bool serves(const SocketRow& row, const SocketKey& key);

}  // namespace tcptable::model
