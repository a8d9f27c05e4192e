// SPDX-License-Identifier: MIT
// Which of several holders a socket is blamed on. Pure.
#pragma once

#include <tcptable/owner.hpp>

#include <cstdint>
#include <tuple>

namespace tcptable::owner {

/// systemd holds the sockets of socket-activated services beside the service itself.
inline bool is_service_manager(const Process& process) {
  return process.name == "systemd" || (process.pid == 1 && process.name == "init");
}

/// The holder of lowest rank is the owner: the oldest, and not the service manager where another holds the
/// socket too.
inline std::tuple<bool, std::uint64_t, std::int32_t> rank_of(const Process& process) {
  return {is_service_manager(process), process.start_time, process.pid};
}

}  // namespace tcptable::owner
