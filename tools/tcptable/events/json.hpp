// SPDX-License-Identifier: MIT
// Events for programs: NDJSON, as docs/events.md says.
#pragma once

#include <tcptable/events.hpp>
#include <tcptable/snapshot.hpp>

#include <string>

#include "tcptable/events/end.hpp"
#include "tcptable/output/chunked_output.hpp"

namespace tool {

/// A snapshot with the event's socket and its owner: what prints or matches rows takes it.
tcptable::Snapshot snapshot_of(const tcptable::Event& event);

/// One line.
void print_event_json(const tcptable::Event& event, ChunkedOutput& out);

/// The last line.
void print_end_json(const EventTotals& totals, ChunkedOutput& out);

}  // namespace tool
