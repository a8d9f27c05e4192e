// SPDX-License-Identifier: MIT
// What the kernel tells, as events: records of the BPF programs, and sock_diag's words of destroyed sockets.
// Pure.
#pragma once

#include "owner/clock_offsets.hpp"
#include "sys/bpf/trace_records.h"

#include <tcptable/connection.hpp>
#include <tcptable/events.hpp>

#include <optional>
#include <span>

namespace tcptable::api {

/// The two clocks at one moment.
struct Clocks {
  std::chrono::system_clock::time_point time;
  std::chrono::steady_clock::time_point monotonic_time;
  owner::ClockOffsets offsets = {};  ///< Of the reader's clocks, against those that records are told by.
};

/// Its owner_status is not_requested where the record's socket is older than the programs.
Event event_from_record(const tcptable_event& record, const Clocks& now);

/// One of sockets that never had a port is no event: nullopt. Its owner_status is not_requested.
Result<std::optional<Event>> event_from_destroyed(std::span<const std::byte> payload, const Clocks& now);

}  // namespace tcptable::api
