// SPDX-License-Identifier: MIT
// Loading the BPF programs takes longer than a small host's whole table does without them.
#pragma once

#include "sys/kernel.hpp"

#include <memory>

namespace tcptable::sys {

/// What is to be done, with the walks or without.
struct TableWork {
  Walks walks = Walks::of_descriptors_and_tables;
  bool filtered = false;  ///< The kernel's dump would sort most rows out.
  bool owners = true;
};

/// The walks for the table that is to be taken now. They are loaded when doing without has cost this process,
/// this table included, as much as loading: a process that asks again and again is never far behind the
/// better choice. Where /proc shows no processes, they are worth it at once. Errors: as forced_walks.
Result<std::shared_ptr<SocketWalks>> walks_where_worth(Kernel& kernel, TableWork work);

/// The walks, at whatever cost. Errors: as shared_walks; Errc::not_supported where /proc is another pid
/// namespace's than the caller's own: the walks number processes by the latter, and whoever looked a pid up
/// in /proc would find a stranger.
Result<std::shared_ptr<SocketWalks>> forced_walks(Kernel& kernel, Walks wanted);

/// Sockets of all kinds, and TIME_WAIT, in the calling thread's network namespace (/proc/net/sockstat); 0
/// where that can't be read.
std::size_t sockets_in_use(Kernel& kernel);

}  // namespace tcptable::sys
