// SPDX-License-Identifier: MIT
// One line for each key.
#include "tcptable/filter/tcp_number.hpp"

namespace tool::filter {
namespace {

constexpr std::uint32_t kNoSample = UINT32_MAX;
constexpr std::uint64_t kNotPaced = UINT64_MAX;

template <typename T>
TcpNumber where_told(const std::optional<T>& number) {
  return {number, number.has_value()};
}

// `none` stands for no value at all.
template <typename T>
TcpNumber unless(T none, const std::optional<T>& number) {
  return number == none ? TcpNumber{} : where_told(number);
}

}  // namespace

TcpNumber tcp_number(Key key, const tcptable::TcpInfo& info) {
  switch (key) {
    case Key::rtt:
      return unless<std::uint32_t>(0, info.rtt_us);
    case Key::minimum_rtt:
      return unless(kNoSample, info.minimum_rtt_us);
    case Key::rto:
      return {info.retransmission_timeout_us};
    case Key::cwnd:
      return {info.congestion_window};
    case Key::mss:
      return {info.send_mss};
    case Key::bytes_in:
      return where_told(info.bytes_received);
    case Key::bytes_out:
      return where_told(info.bytes_acked);
    case Key::retransmissions:
      return {info.segments_retransmitted};
    case Key::unsent:
      return where_told(info.unsent_bytes);
    case Key::delivery_rate:
      return where_told(info.delivery_rate);
    case Key::pacing:
      return unless(kNotPaced, info.pacing_rate);
    case Key::busy:
      return where_told(info.busy_us);
    case Key::window_limited:
      return where_told(info.peer_window_limit_us);
    case Key::buffer_limited:
      return where_told(info.send_buffer_limit_us);
    default:
      return {std::nullopt, false};
  }
}

}  // namespace tool::filter
