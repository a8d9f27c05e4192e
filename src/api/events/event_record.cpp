// SPDX-License-Identifier: MIT
#include "api/events/event_record.hpp"

#include "backend/bpf/row_record.hpp"
#include "backend/sock_diag/diag_message.hpp"
#include "owner/process_record.hpp"

namespace tcptable::api {
namespace {

using std::chrono::nanoseconds;

EventKind kind_of(const tcptable_event& record) {
  switch (record.kind) {
    case TCPTABLE_LISTENING:
      return EventKind::listening;
    case TCPTABLE_CONNECTED:
      return EventKind::connected;
    case TCPTABLE_ACCEPTED:
      return EventKind::accepted;
    case TCPTABLE_CONNECT_FAILED:
      return EventKind::connect_failed;
    default:
      return EventKind::closed;
  }
}

OwnerStatus owner_status_of(const tcptable_event& record) {
  switch (record.owner) {
    case TCPTABLE_PROCESS:
      return record.process.pid == 0 ? OwnerStatus::other_pid_namespace : OwnerStatus::known;
    case TCPTABLE_NO_PROCESS:
      return OwnerStatus::kernel;
    default:
      return OwnerStatus::not_requested;
  }
}

void set_times(Event& event, std::uint64_t at, const Clocks& now) {
  event.monotonic_time =
      std::chrono::steady_clock::time_point(nanoseconds(at) + nanoseconds(now.offsets.monotonic));
  event.time = now.time - std::chrono::duration_cast<std::chrono::system_clock::duration>(
                              now.monotonic_time - event.monotonic_time);
}

bool is_end_of_connection(const Event& event) {
  return event.kind == EventKind::closed && event.row.remote.port != 0;
}

Traffic traffic_from(const TcpInfo& info) {
  Traffic traffic;
  traffic.bytes_received = info.bytes_received.value_or(0);
  traffic.bytes_sent = info.bytes_sent.value_or(0) - info.bytes_retransmitted.value_or(0);
  traffic.rtt_us = info.rtt_us;
  traffic.segments_retransmitted = info.segments_retransmitted;
  return traffic;
}

}  // namespace

Event event_from_record(const tcptable_event& record, const Clocks& now) {
  Event event;
  event.kind = kind_of(record);
  event.row = backend::row_from_record(record.socket, {}, {});
  event.row.inode = 0;
  event.row.uid = record.uid;
  event.row.owner_status = owner_status_of(record);
  if (event.row.owner_status == OwnerStatus::known)
    event.owner = owner::process_from(record.process, now.offsets.boottime);
  set_times(event, record.at, now);
  event.connect_error = record.error;
  if (event.kind != EventKind::closed) return event;
  if (record.opened_at != 0) event.duration = nanoseconds(record.at - record.opened_at);
  if (is_end_of_connection(event)) {
    event.traffic =
        Traffic{record.bytes_received, record.bytes_sent, record.rtt_us, record.segments_retransmitted};
  }
  return event;
}

Result<std::optional<Event>> event_from_destroyed(std::span<const std::byte> payload, const Clocks& now) {
  const auto protocol = backend::protocol_of_destroyed(payload);
  if (!protocol) return std::optional<Event>();
  const auto details = backend::parse_diag_details(payload, *protocol);
  if (!details) return tl::unexpected(details.error());
  if (details->row.local.port == 0 && details->row.remote.port == 0) return std::optional<Event>();
  Event event;
  event.source = EventSource::multicast;
  event.row = details->row;
  if (*protocol == Protocol::tcp) event.row.state = State::close;  // that of every one by now
  event.row.uid.reset();
  event.time = now.time;
  event.monotonic_time = now.monotonic_time;
  // A socket that was disconnected first has forgotten its peer, and what it counted.
  if (details->tcp_info && is_end_of_connection(event)) event.traffic = traffic_from(*details->tcp_info);
  return event;
}

}  // namespace tcptable::api
