// SPDX-License-Identifier: MIT
#include "tcptable/events/json.hpp"

#include <fmt/format.h>
#include <string.h>
#include <time.h>

#include "tcptable/list/json_output.hpp"
#include "tcptable/output/json_text.hpp"

namespace tool {
namespace {

using std::chrono::duration_cast;
using std::chrono::microseconds;

// RFC 3339: "2026-11-24T22:45:12.345678Z".
std::string utc_text(std::chrono::system_clock::time_point time) {
  const auto since_1970 = duration_cast<microseconds>(time.time_since_epoch()).count();
  const auto seconds = static_cast<time_t>(since_1970 / 1'000'000);
  tm utc{};
  gmtime_r(&seconds, &utc);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:06}Z", utc.tm_year + 1900, utc.tm_mon + 1,
                     utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec, since_1970 % 1'000'000);
}

void write_number(const char* key, std::uint64_t number, JsonWriter& writer) {
  writer.Key(key);
  writer.Uint64(number);
}

void write_string(const char* key, std::string_view word, JsonWriter& writer) {
  writer.Key(key);
  write_word(writer, word);
}

void write_failure(int error, JsonWriter& writer) {
  const char* name = error == 0 ? nullptr : ::strerrorname_np(error);
  writer.Key("error");
  if (name == nullptr) {
    writer.Null();
  } else {
    write_word(writer, name);
  }
}

void write_traffic(const tcptable::Traffic& traffic, JsonWriter& writer) {
  write_number("bytes_received", traffic.bytes_received, writer);
  write_number("bytes_sent", traffic.bytes_sent, writer);
  write_number("rtt_us", traffic.rtt_us, writer);
  write_number("segments_retransmitted", traffic.segments_retransmitted, writer);
}

std::uint64_t whole_microseconds(std::chrono::nanoseconds duration) {
  return static_cast<std::uint64_t>(duration_cast<microseconds>(duration).count());
}

}  // namespace

tcptable::Snapshot snapshot_of(const tcptable::Event& event) {
  tcptable::Snapshot::Parts parts;
  parts.rows = {event.row};
  if (event.owner) {
    parts.processes = {*event.owner};
    parts.holders = {0};
    parts.rows.front().first_holder = 0;
    parts.rows.front().holder_count = 1;
  }
  return tcptable::Snapshot(std::move(parts));
}

void print_event_json(const tcptable::Event& event, ChunkedOutput& out) {
  JsonSink sink{out};
  JsonWriter writer(sink);
  writer.StartObject();
  write_number("schema", 1, writer);
  write_string("event", to_string(event.kind), writer);
  write_string("time", utc_text(event.time), writer);
  write_number("monotonic_us", whole_microseconds(event.monotonic_time.time_since_epoch()), writer);
  write_string("source", to_string(event.source), writer);
  const tcptable::Snapshot snapshot = snapshot_of(event);
  writer.Key("socket");
  write_socket(snapshot, snapshot.rows().front(), writer);
  if (event.kind == tcptable::EventKind::connect_failed) write_failure(event.connect_error, writer);
  if (event.duration) {
    write_number("duration_us", whole_microseconds(*event.duration), writer);
    writer.Key("duration_is_minimum");
    writer.Bool(event.duration_is_minimum);
  }
  if (event.traffic) write_traffic(*event.traffic, writer);
  writer.EndObject();
  out.append("\n");
}

void print_end_json(const EventTotals& totals, ChunkedOutput& out) {
  JsonSink sink{out};
  JsonWriter writer(sink);
  writer.StartObject();
  write_number("schema", 1, writer);
  write_string("event", "end", writer);
  write_string("time", utc_text(std::chrono::system_clock::now()), writer);
  write_number("shown", totals.shown, writer);
  write_number("seen", totals.seen, writer);
  write_number("dropped", totals.losses.dropped, writer);
  write_number("overruns", totals.losses.overruns, writer);
  writer.EndObject();
  out.append("\n");
}

}  // namespace tool
