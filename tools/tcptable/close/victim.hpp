// SPDX-License-Identifier: MIT
// A socket that is to be closed, and whether it may be.
#pragma once

#include <tcptable/connection.hpp>
#include <tcptable/owner_finder.hpp>
#include <tcptable/snapshot.hpp>

#include <cstdint>
#include <optional>
#include <set>
#include <string>

namespace tool::close {

/// What the caller's own connection is known by.
struct OwnSession {
  std::set<std::int32_t> ancestors;           ///< This process, what started it, and so on.
  std::optional<tcptable::SocketKey> by_ssh;  ///< What SSH_CONNECTION says.
};

OwnSession own_session();

/// "CLIENT PORT SERVER PORT", seen from the server; nullopt for another text.
std::optional<tcptable::SocketKey> parse_ssh_connection(const std::string& text);

/// Is it the connection by which the caller is logged in? Then closing it would take away the caller's
/// terminal.
bool belongs_to(const OwnSession& session, const tcptable::Snapshot& snapshot,
                const tcptable::SocketRow& row);

/// Closes exactly the socket that the row shows, if it still belongs to the owner that the row shows. An
/// error is a few words.
std::optional<std::string> close_row(const tcptable::Snapshot& snapshot, const tcptable::SocketRow& row,
                                     tcptable::OwnerFinder& finder);

}  // namespace tool::close
