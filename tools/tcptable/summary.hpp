// SPDX-License-Identifier: MIT
// What the table can't say, in one line.
#pragma once

#include <tcptable/snapshot.hpp>

#include <span>
#include <string>

namespace tool {

/// "41 of 312 sockets have no owner: 14 time_wait, 27 not permitted; run as root to see the owners\n",
/// or nothing when every socket shown has its owner.
std::string closing_line(std::span<const tcptable::SocketRow* const> shown);

/// Some owner is missing that a more privileged user, or one in another namespace, could see.
bool is_partial(const tcptable::Snapshot& snapshot);

}  // namespace tool
