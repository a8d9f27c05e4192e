// SPDX-License-Identifier: MIT
// One small rule for each limit. The thresholds are where experts begin to look.
#include "tcptable/why/finding.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <optional>

#include "tcptable/output/quantity.hpp"

namespace tool::why {
namespace {

using tcptable::SocketMemory;
using tcptable::SocketRow;
using tcptable::State;
using tcptable::TcpInfo;

using Found = std::optional<Finding>;

constexpr double kMostOfTheTime = 0.5;
constexpr double kSeriousLoss = 0.01;
constexpr std::uint32_t kQueueingFactor = 4;
constexpr std::uint32_t kShortestQueueing_us = 20'000;

std::string duration(std::uint64_t us) {
  return duration_text(std::chrono::microseconds(us));
}

double share(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

Found accept_queue(const SocketRow& row, bool backlog_known) {
  if (row.state != State::listen || row.receive_queue == 0) return {};
  if (!backlog_known)
    return Finding{Limit::accepting, fmt::format("{} connections wait to be accepted", row.receive_queue)};
  // The kernel lets one more wait than the limit (sk_acceptq_is_full, include/net/sock.h).
  const bool full = row.receive_queue > row.send_queue;
  return Finding{full ? Limit::accept_queue : Limit::accepting,
                 fmt::format("{} connections wait to be accepted, the limit is {}{}", row.receive_queue,
                             row.send_queue, full ? ": more are dropped" : "")};
}

// The kernel counts drops of a connection too, but there a packet that came twice is one.
Found dropping(const SocketRow& row, const SocketMemory& memory) {
  const bool datagrams = row.protocol == tcptable::Protocol::udp;
  if (memory.drops.value_or(0) == 0 || !(datagrams || row.state == State::listen)) return {};
  std::string evidence =
      fmt::format("{} {} dropped so far", *memory.drops, datagrams ? "datagrams were" : "connections were");
  if (datagrams)
    evidence += fmt::format("; {} of the receive buffer's {} are taken", size_text(memory.received),
                            size_text(memory.receive_buffer));
  return Finding{Limit::dropping, std::move(evidence)};
}

Found not_closing(const SocketRow& row) {
  if (row.state != State::close_wait) return {};
  const std::string age =
      row.minimum_age_ms == 0
          ? std::string()
          : fmt::format(", at least {} old", duration(std::uint64_t{row.minimum_age_ms} * 1000));
  return Finding{Limit::not_closing, "the peer has closed, the process has not" + age};
}

Found not_reading(const SocketRow& row) {
  if (row.state == State::listen || row.receive_queue == 0) return {};
  // The kernel counts what datagrams take, its own bookkeeping included (sk_rmem_alloc_get,
  // include/net/sock.h).
  const bool datagrams = row.protocol == tcptable::Protocol::udp;
  return Finding{Limit::not_reading,
                 datagrams ? fmt::format("datagrams that take {} bytes were not read", row.receive_queue)
                           : fmt::format("{} bytes have arrived and were not read", row.receive_queue)};
}

Found unreachable(const TcpInfo& info) {
  if (info.consecutive_timeouts == 0) return {};
  return Finding{Limit::unreachable,
                 fmt::format("{} timeouts in a row, the next try after {}", info.consecutive_timeouts,
                             duration(info.retransmission_timeout_us))};
}

Found peer_window(const SocketRow& row, const TcpInfo& info) {
  const bool closed = info.peer_window && *info.peer_window == 0;
  if (!closed || row.send_queue == 0) return {};
  return Finding{Limit::peer_window,
                 fmt::format("the peer takes nothing now; {} bytes wait to be sent", row.send_queue)};
}

Found loss(const TcpInfo& info) {
  const std::uint64_t sent = info.data_segments_out.value_or(0);
  if (share(info.segments_retransmitted, sent) < kSeriousLoss) return {};
  return Finding{Limit::loss,
                 fmt::format("{} of {} segments were sent again ({:.1f} %)", info.segments_retransmitted,
                             sent, 100 * share(info.segments_retransmitted, sent))};
}

Found receiver(const TcpInfo& info) {
  const std::uint64_t busy = info.busy_us.value_or(0), limited = info.peer_window_limit_us.value_or(0);
  if (share(limited, busy) < kMostOfTheTime) return {};
  return Finding{Limit::receiver, fmt::format("for {} of the {} with data to send the peer's window was full",
                                              duration(limited), duration(busy))};
}

Found send_buffer(const TcpInfo& info) {
  const std::uint64_t busy = info.busy_us.value_or(0), limited = info.send_buffer_limit_us.value_or(0);
  if (share(limited, busy) < kMostOfTheTime) return {};
  return Finding{Limit::send_buffer,
                 fmt::format("for {} of the {} with data to send the send buffer was too small",
                             duration(limited), duration(busy))};
}

Found queueing(const TcpInfo& info) {
  const std::uint32_t least = info.minimum_rtt_us.value_or(0);
  if (least == 0 || info.rtt_us < kShortestQueueing_us || info.rtt_us / kQueueingFactor < least) return {};
  return Finding{Limit::queueing, fmt::format("the round trip takes {}, and took {} at best",
                                              duration(info.rtt_us), duration(least))};
}

// What the congestion window lets through in a round trip.
Finding network(const TcpInfo& info) {
  const std::uint64_t window = std::uint64_t{info.congestion_window} * info.send_mss;
  const std::uint64_t rate = info.rtt_us == 0 ? 0 : window * 1'000'000 / info.rtt_us;
  return {Limit::network, fmt::format("{} of data in a round trip of {}: {} a second", size_text(window),
                                      duration(info.rtt_us), rate_text(rate))};
}

Finding at_rest(const SocketRow& row, const TcpInfo& info) {
  const bool sending = row.send_queue != 0 || info.unsent_bytes.value_or(0) != 0;
  if (sending) return network(info);
  const std::uint64_t busy = info.busy_us.value_or(0);
  return {Limit::application,
          "nothing to send now" + (busy == 0 ? "" : "; sending took " + duration(busy) + " so far")};
}

}  // namespace

std::string_view to_string(Limit limit) {
  constexpr std::array<std::string_view, 13> kNames{
      "accept queue full", "accepting slowly",     "dropping",
      "peer unreachable",  "peer's window closed", "loss",
      "receiver",          "send buffer",          "network",
      "queueing",          "not reading",          "not closing",
      "application"};
  return kNames[static_cast<std::size_t>(limit)];
}

std::vector<Finding> findings_of(const SocketRow& row, const TcpInfo* info, const SocketMemory* memory,
                                 bool backlog_known) {
  std::vector<Finding> findings;
  const auto add = [&](Found found) {
    if (found) findings.push_back(std::move(*found));
  };
  add(accept_queue(row, backlog_known));
  if (memory != nullptr) add(dropping(row, *memory));
  add(not_closing(row));
  add(not_reading(row));
  if (info == nullptr || row.state == State::listen) return findings;
  for (const auto rule : {unreachable, loss, receiver, send_buffer, queueing}) add(rule(*info));
  add(peer_window(row, *info));
  if (findings.empty()) findings.push_back(at_rest(row, *info));
  std::stable_sort(findings.begin(), findings.end(),
                   [](const Finding& a, const Finding& b) { return a.limit < b.limit; });
  return findings;
}

bool is_trouble(Limit limit) {
  return limit != Limit::application && limit != Limit::network;
}

}  // namespace tool::why
