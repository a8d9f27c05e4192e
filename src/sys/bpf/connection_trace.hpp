// SPDX-License-Identifier: MIT
// The BPF programs that follow TCP connections from their beginning to their end. They need CAP_BPF,
// CAP_PERFMON, Linux 6.2 and its BTF; what they cost: docs/decisions/0008-events.md.
#pragma once

#include "sys/bpf/trace_records.h"

#include <tcptable/error.hpp>

#include <cstddef>
#include <functional>
#include <memory>

namespace tcptable::sys {

struct TraceSizes {
  std::uint32_t connections = 0;  ///< That are followed at the same time; of others the process isn't known.
  std::uint32_t buffer = 0;       ///< For events that wait to be taken, in bytes; rounded up.
};

/// Of the network namespace of the thread that made it. Not safe to use from several threads at once.
class ConnectionTrace {
 public:
  using Sink = std::function<void(const tcptable_event&)>;

  virtual ~ConnectionTrace() = default;

  /// Ready for reading when there are events.
  virtual int fd() const = 0;
  /// Hands over the oldest events, `most` at most, and says how many.
  virtual Result<std::size_t> take(std::size_t most, const Sink& sink) = 0;
  /// Events for which there was no room.
  virtual std::uint64_t lost() const = 0;
};

/// Follows what begins from now on. Errors: not_supported (the kernel, or built without BPF), not_permitted.
Result<std::unique_ptr<ConnectionTrace>> trace_connections(const TraceSizes& sizes);

}  // namespace tcptable::sys
