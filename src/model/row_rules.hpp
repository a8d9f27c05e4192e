// SPDX-License-Identifier: MIT
// Rules about single rows that every backend shares.
#pragma once

#include <tcptable/socket_row.hpp>

#include <cstdint>
#include <optional>

namespace tcptable::model {

/// The uid that a row of the kernel's tables really tells. Mini-sockets and request sockets say 0 for
/// "unknown", and so do orphans before Linux 6.17 (sock_i_uid, net/core/sock.c); these have inode 0.
std::optional<std::uint32_t> known_uid(State state, std::uint32_t inode, std::uint32_t uid);

/// fe80::/10.
bool is_link_local(const Endpoint& endpoint);

/// A connection that its listener's process has not yet accepted: no inode, and no state that only a close
/// leads to.
bool waits_for_accept(const SocketRow& row);

/// Why a row without inode or holder can have no owner; nullopt where it should have one.
std::optional<OwnerStatus> ownerless_status(const SocketRow& row);

}  // namespace tcptable::model
