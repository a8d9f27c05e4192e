// SPDX-License-Identifier: MIT
// The way of an event behind the public EventStream, with the kernel given: what tests call.
#pragma once

#include "owner/clock_offsets.hpp"
#include "sys/bpf/connection_trace.hpp"
#include "sys/kernel.hpp"
#include "sys/netlink_listener.hpp"

#include <tcptable/events.hpp>
#include <tcptable/history.hpp>

#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <unordered_set>
#include <vector>

namespace tcptable::api {

class EventReader {
 public:
  /// `forced_backend` as take_snapshot has it.
  static Result<std::unique_ptr<EventReader>> open(sys::Kernel& kernel, const EventQuery& query,
                                                   std::string_view forced_backend);

  EventSource source() const { return trace_ != nullptr ? EventSource::bpf : EventSource::multicast; }
  std::optional<Error> why_not_bpf() const { return why_not_bpf_; }
  int fd() const { return poll_.get(); }
  Result<std::size_t> read(std::span<Event> into);
  EventLosses losses() const;

 private:
  using Milliseconds = std::chrono::milliseconds;

  EventReader(sys::Kernel& kernel, const EventQuery& query) : kernel_(kernel), query_(query) {}

  Result<void> choose_source(std::string_view forced_backend);
  Result<void> open_closings();
  Result<void> open_poll();
  Result<void> poll_for(int fd);
  Result<void> look_at_table();
  Result<void> refresh_when_due();
  Result<void> rest(Milliseconds after_work);
  void tell_as_missing(const RememberedSocket& socket);
  Result<void> resynchronize();
  bool is_wanted(const Event& event) const;
  void complete(Event& event) const;
  void take_word(Event&& event);
  Result<void> receive_closings(std::size_t wanted);
  Result<std::size_t> take_traced(std::span<Event> into);

  sys::Kernel& kernel_;
  EventQuery query_;
  std::string_view snapshot_backend_;
  std::unique_ptr<sys::ConnectionTrace> trace_;
  owner::ClockOffsets offsets_;  // between what it tells and the caller's clocks
  std::optional<sys::NetlinkListener> closings_;
  std::optional<Error> why_not_bpf_;
  sys::UniqueFd poll_;
  sys::UniqueFd timer_;  // without BPF: when to look at the table again
  SocketHistory history_;
  std::deque<Event> waiting_;                          // learnt otherwise than by BPF, oldest first
  std::unordered_set<std::uint64_t> missing_;          // cookies: gone from the table, without a word so far
  std::unordered_set<std::uint64_t> told_as_missing_;  // cookies: told of, and the word may still come
  std::uint64_t overruns_ = 0;
  bool words_were_lost_ = false;  // and the table has not been looked at since
};

}  // namespace tcptable::api
