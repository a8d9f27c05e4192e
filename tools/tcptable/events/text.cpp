// SPDX-License-Identifier: MIT
#include "tcptable/events/text.hpp"

#include <fmt/format.h>
#include <time.h>

#include <system_error>
#include <vector>

#include "tcptable/output/place.hpp"
#include "tcptable/output/quantity.hpp"

namespace tool {
namespace {

using std::chrono::duration_cast;
using std::chrono::microseconds;
using tcptable::Event;
using tcptable::EventKind;

std::string time_of_day(std::chrono::system_clock::time_point time) {
  const auto since_1970 = duration_cast<microseconds>(time.time_since_epoch()).count();
  const auto seconds = static_cast<time_t>(since_1970 / 1'000'000);
  tm local{};
  localtime_r(&seconds, &local);
  return fmt::format("{:02}:{:02}:{:02}.{:06}", local.tm_hour, local.tm_min, local.tm_sec,
                     since_1970 % 1'000'000);
}

std::string_view arrow(const Event& event) {
  switch (event.kind) {
    case EventKind::accepted:
      return "<-";
    case EventKind::closed:
      return "<->";
    default:
      return "->";
  }
}

std::string places(const Event& event) {
  std::string text = place_text(event.row.local);
  if (event.row.protocol == tcptable::Protocol::udp) text = "udp " + text;
  if (event.row.remote.port == 0 && is_unspecified(event.row.remote)) return text;
  return fmt::format("{} {} {}", text, arrow(event), place_text(event.row.remote));
}

std::string owner_text(const Event& event) {
  return event.owner ? process_text(*event.owner) : fmt::format("- ({})", to_string(event.row.owner_status));
}

std::string failure_text(int error) {
  return error == 0 ? "given up" : std::generic_category().message(error);
}

std::string details(const Event& event) {
  std::vector<std::string> parts;
  if (event.kind == EventKind::connect_failed) parts.push_back(failure_text(event.connect_error));
  if (event.duration) {
    parts.push_back(fmt::format("after {}{}", event.duration_is_minimum ? "at least " : "",
                                duration_text(duration_cast<microseconds>(*event.duration))));
  }
  if (event.traffic) {
    parts.push_back(size_text(event.traffic->bytes_received) + " received");
    parts.push_back(size_text(event.traffic->bytes_sent) + " sent");
    if (event.traffic->rtt_us != 0)
      parts.push_back("rtt " + duration_text(microseconds(event.traffic->rtt_us)));
    if (event.traffic->segments_retransmitted != 0)
      parts.push_back(fmt::format("{} retransmitted", event.traffic->segments_retransmitted));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace

std::string event_line(const Event& event) {
  std::string line = fmt::format("{}  {:<14}  {:<44}  {}", time_of_day(event.time), to_string(event.kind),
                                 places(event), owner_text(event));
  if (const std::string more = details(event); !more.empty()) line += "  " + more;
  return line + "\n";
}

}  // namespace tool
