// SPDX-License-Identifier: MIT
// Fields that belong together share a line.
#include "tcptable/top/tcp_details.hpp"

#include <fmt/format.h>

#include <optional>
#include <string>

namespace tool::top {
namespace {

using tcptable::TcpInfo;

constexpr std::uint32_t kNoThreshold = 0x7fffffff;

std::string milliseconds(std::uint64_t microseconds) {
  return fmt::format("{:.3f} ms", static_cast<double>(microseconds) / 1000);
}

class Writer {
 public:
  explicit Writer(std::vector<Detail>& details) : details_(details) {}

  void add(Label label, std::string_view text) { details_.push_back({label, escape(text)}); }

  template <typename Number>
  void add(Label label, const std::optional<Number>& number, const char* unit = "") {
    if (number) add(label, fmt::format("{}{}", *number, unit));
  }
  void add_time(Label label, const std::optional<std::uint64_t>& microseconds) {
    if (microseconds) add(label, milliseconds(*microseconds));
  }

 private:
  std::vector<Detail>& details_;
};

void add_times(Writer& writer, const TcpInfo& info) {
  writer.add("rtt", info.rtt_us == 0 ? std::string("no sample yet")
                                     : fmt::format("{}, varies by {}", milliseconds(info.rtt_us),
                                                   milliseconds(info.rtt_variation_us)));
  if (info.minimum_rtt_us && *info.minimum_rtt_us != UINT32_MAX)
    writer.add("least rtt", milliseconds(*info.minimum_rtt_us));
  writer.add("rto", milliseconds(info.retransmission_timeout_us));
  writer.add_time("busy", info.busy_us);
  writer.add_time("peer limits", info.peer_window_limit_us);
  writer.add_time("buffer limits", info.send_buffer_limit_us);
}

void add_windows(Writer& writer, const TcpInfo& info) {
  writer.add("cwnd", fmt::format("{} segments", info.congestion_window));
  writer.add("ssthresh", info.slow_start_threshold >= kNoThreshold
                             ? std::string("none")
                             : fmt::format("{} segments", info.slow_start_threshold));
  writer.add("mss", fmt::format("{} out, {} in", info.send_mss, info.advertised_mss));
  writer.add("peer's window", info.peer_window, " bytes");
  writer.add("own window", info.own_window, " bytes");
  writer.add("options", fmt::format("timestamps {}, scaling {}", info.timestamps ? "on" : "off",
                                    info.window_scaling ? fmt::format("{} out, {} in", info.send_window_scale,
                                                                      info.receive_window_scale)
                                                        : "off"));
}

void add_bytes(Writer& writer, const TcpInfo& info) {
  writer.add("bytes in", info.bytes_received);
  writer.add("bytes sent", info.bytes_sent);
  writer.add("bytes acked", info.bytes_acked);
  writer.add("sent again", info.bytes_retransmitted, " bytes");
  writer.add("unsent", info.unsent_bytes, " bytes");
  if (info.delivery_rate) writer.add("delivery rate", fmt::format("{} bytes/s", *info.delivery_rate));
}

void add_segments(Writer& writer, const TcpInfo& info) {
  writer.add("segments in", info.segments_in);
  writer.add("... with data", info.data_segments_in);
  writer.add("segments out", info.segments_out);
  writer.add("... with data", info.data_segments_out);
  writer.add("retransmitted", fmt::format("{} segments", info.segments_retransmitted));
  writer.add("duplicates", info.duplicates_reported);
  writer.add("reordering", fmt::format("{} segments", info.reordering));
  writer.add("timeouts now", std::to_string(info.consecutive_timeouts));
  writer.add("timeouts", info.timeouts);
  writer.add("... in runs", info.timeout_recoveries);
  writer.add("ECN marks out", info.segments_delivered_ce);
  writer.add("ECN marks in", info.segments_received_ce);
}

}  // namespace

void add_tcp_info(std::vector<Detail>& details, const TcpInfo& info) {
  Writer writer(details);
  add_times(writer, info);
  add_windows(writer, info);
  add_bytes(writer, info);
  add_segments(writer, info);
}

}  // namespace tool::top
