// SPDX-License-Identifier: MIT
// Real sockets to measure on: N established loopback sockets over P processes, in a network namespace of
// their own.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bench {

struct FarmSize {
  unsigned sockets = 20'000;  ///< Established sockets in all; both ends of each connection count.
  unsigned processes = 10;
  unsigned plain_files = 0;  ///< Descriptors that each process has besides, which are no sockets.
};

/// How many connections the process of that number holds, both ends of each: as many as every other, or one
/// more.
unsigned connections_of(FarmSize size, unsigned process);

/// Moves the calling process into a new network namespace with its loopback up; an explanation on failure.
std::optional<std::string> enter_new_network_namespace();

/// The processes that hold the sockets. They die with this object.
class SocketFarm {
 public:
  /// Starts the processes and waits until all sockets are there; an explanation in `failure` otherwise.
  explicit SocketFarm(FarmSize size);
  ~SocketFarm();
  SocketFarm(const SocketFarm&) = delete;
  SocketFarm& operator=(const SocketFarm&) = delete;

  const std::optional<std::string>& failure() const { return failure_; }
  const std::vector<pid_t>& pids() const { return pids_; }

 private:
  std::vector<pid_t> pids_;
  std::optional<std::string> failure_;
};

}  // namespace bench
