// SPDX-License-Identifier: MIT
// The programs, or the kernel's words of destroyed sockets, say what happens; what they leave open, above all
// whose a socket was, is known from looks at the table.
#include "api/events/event_reader.hpp"

#include <linux/netlink.h>
#include <linux/sock_diag.h>

#include <algorithm>
#include <utility>

#include "api/events/event_record.hpp"
#include "api/take_snapshot.hpp"
#include "backend/backend.hpp"
#include "backend/sock_diag/socket_lookup.hpp"
#include "sys/bpf/worth_loading.hpp"
#include "sys/file.hpp"

namespace tcptable::api {
namespace {

constexpr std::size_t kSmallestBuffer = 4096;
constexpr std::size_t kLargestBuffer = std::size_t{1} << 30;
// The table is looked at again after so many times what the last look took: a twentieth of one processor.
constexpr int kRestAfterWork = 20;
constexpr std::chrono::milliseconds kShortestRest(1000);
constexpr std::chrono::milliseconds kLongestRest(60'000);
// Connections that the programs can follow at a time: several times as many as there are, in the memory of
// those that there are.
constexpr std::uint32_t kFewestConnections = 1 << 16;
constexpr std::uint32_t kMostConnections = 1 << 20;

std::uint32_t connections_to_follow(sys::Kernel& kernel) {
  const auto now =
      static_cast<std::uint32_t>(std::min<std::size_t>(sys::sockets_in_use(kernel), kMostConnections));
  return std::clamp(now * 4, kFewestConnections, kMostConnections);
}

Clocks clocks_now() {
  return {std::chrono::system_clock::now(), std::chrono::steady_clock::now(), {}};
}

std::uint32_t bit(unsigned group) {
  return 1U << (group - 1);
}

std::uint32_t groups_of(const EventQuery& query, bool with_tcp) {
  std::uint32_t mask = 0;
  if (with_tcp && query.ipv4) mask |= bit(SKNLGRP_INET_TCP_DESTROY);
  if (with_tcp && query.ipv6) mask |= bit(SKNLGRP_INET6_TCP_DESTROY);
  if (query.udp && query.ipv4) mask |= bit(SKNLGRP_INET_UDP_DESTROY);
  if (query.udp && query.ipv6) mask |= bit(SKNLGRP_INET6_UDP_DESTROY);
  return mask;
}

// TIME_WAIT has no owner; a connection that has come there has been told of as closed.
Query table_query(const EventQuery& wanted) {
  Query query;
  query.tcp = wanted.tcp;
  query.udp = wanted.udp;
  query.ipv4 = wanted.ipv4;
  query.ipv6 = wanted.ipv6;
  query.states = StateSet::all().without(State::time_wait);
  query.ages = true;
  return query;
}

bool asks_for_nothing(const EventQuery& query) {
  return !(query.tcp || query.udp) || !(query.ipv4 || query.ipv6) || query.source == EventSource::dump;
}

// Turns the kernel's words into events.
class ClosingSink final : public sys::MessageSink {
 public:
  Result<void> message(const nlmsghdr& header) override {
    const auto* payload = reinterpret_cast<const std::byte*>(&header) + NLMSG_HDRLEN;
    auto event = event_from_destroyed({payload, header.nlmsg_len - NLMSG_HDRLEN}, clocks_now());
    if (!event) return tl::unexpected(event.error());
    if (*event) events.push_back(std::move(**event));
    return {};
  }

  std::vector<Event> events;
};

}  // namespace

Result<std::unique_ptr<EventReader>> EventReader::open(sys::Kernel& kernel, const EventQuery& query,
                                                       std::string_view forced_backend) {
  if (asks_for_nothing(query)) return tl::unexpected(Error{Errc::invalid_argument, Step::follow_events, 0});
  std::unique_ptr<EventReader> reader(new EventReader(kernel, query));
  // The sources first: what begins or ends after them is told, what was there before is in the table.
  auto done = reader->choose_source(forced_backend);
  if (done) done = reader->open_closings();
  if (done) done = reader->open_poll();
  if (!done) return tl::unexpected(done.error());
  const auto begin = std::chrono::steady_clock::now();
  auto seen = reader->look_at_table();
  if (!seen) return tl::unexpected(seen.error());
  done = reader->rest(std::chrono::duration_cast<Milliseconds>(std::chrono::steady_clock::now() - begin));
  if (!done) return tl::unexpected(done.error());
  return reader;
}

Result<void> EventReader::choose_source(std::string_view forced_backend) {
  snapshot_backend_ = backend::kSockDiag.name;  // it makes the cookies by which words and rows meet
  std::optional<EventSource> wanted = query_.source;
  if (!wanted && forced_backend == backend::kBpf.name) wanted = EventSource::bpf;
  if (!wanted && forced_backend == backend::kSockDiag.name) wanted = EventSource::multicast;
  if (!wanted && !forced_backend.empty())
    return tl::unexpected(Error{Errc::not_supported, Step::follow_events, 0});
  if (wanted == EventSource::multicast || !query_.tcp) {
    if (wanted == EventSource::bpf) return tl::unexpected(Error{Errc::not_supported, Step::follow_events, 0});
    return {};
  }
  const auto buffer =
      static_cast<std::uint32_t>(std::clamp(query_.buffer_size, kSmallestBuffer, kLargestBuffer));
  auto trace = kernel_.trace_connections({connections_to_follow(kernel_), buffer});
  if (trace) {
    trace_ = std::move(*trace);
    const auto offsets = owner::read_clock_offsets(kernel_, Step::follow_events);
    if (!offsets) return tl::unexpected(offsets.error());
    offsets_ = *offsets;
    return {};
  }
  if (wanted == EventSource::bpf) return tl::unexpected(trace.error());
  why_not_bpf_ = trace.error();
  return {};
}

Result<void> EventReader::open_closings() {
  const std::uint32_t mask = groups_of(query_, query_.tcp && trace_ == nullptr);
  if (mask == 0) return {};
  const auto buffer = static_cast<int>(std::clamp(query_.buffer_size, kSmallestBuffer, kLargestBuffer));
  auto listener = sys::NetlinkListener::open(kernel_, {NETLINK_SOCK_DIAG, mask, buffer});
  if (!listener) return tl::unexpected(listener.error());
  closings_.emplace(std::move(*listener));
  return {};
}

Result<void> EventReader::poll_for(int fd) {
  const int failed = kernel_.epoll_add(poll_.get(), fd);
  if (failed < 0) return tl::unexpected(sys::error_from_errno(Step::follow_events, -failed));
  return {};
}

Result<void> EventReader::open_poll() {
  const int poll = kernel_.epoll_create();
  if (poll < 0) return tl::unexpected(sys::error_from_errno(Step::follow_events, -poll));
  poll_ = sys::UniqueFd(kernel_, poll);
  Result<void> done;
  if (trace_ != nullptr) done = poll_for(trace_->fd());
  if (!done || !closings_) return done;
  const int timer = kernel_.timer_create();
  if (timer < 0) return tl::unexpected(sys::error_from_errno(Step::follow_events, -timer));
  timer_ = sys::UniqueFd(kernel_, timer);
  done = poll_for(closings_->fd());
  if (done) done = poll_for(timer_.get());
  return done;
}

Result<void> EventReader::look_at_table() {
  const auto snapshot = take_snapshot(kernel_, table_query(query_), snapshot_backend_);
  if (!snapshot) return tl::unexpected(snapshot.error());
  for (const std::uint64_t cookie : history_.learn(*snapshot)) missing_.insert(cookie);
  return {};
}

Result<void> EventReader::rest(Milliseconds after_work) {
  if (timer_.get() < 0) return {};
  const auto pause = std::clamp(after_work * kRestAfterWork, kShortestRest, kLongestRest);
  const int failed = kernel_.timer_set(timer_.get(), static_cast<unsigned>(pause.count()));
  if (failed < 0) return tl::unexpected(sys::error_from_errno(Step::follow_events, -failed));
  return {};
}

Result<void> EventReader::refresh_when_due() {
  std::uint64_t expirations = 0;
  if (kernel_.read(timer_.get(), &expirations, sizeof expirations) <= 0) return {};
  if (auto resting = rest(kLongestRest); !resting) return resting;  // should the look fail
  const auto begin = std::chrono::steady_clock::now();
  const auto seen = look_at_table();
  if (!seen) return tl::unexpected(seen.error());
  return rest(std::chrono::duration_cast<Milliseconds>(std::chrono::steady_clock::now() - begin));
}

void EventReader::tell_as_missing(const RememberedSocket& socket) {
  const Clocks now = clocks_now();
  Event event;
  event.source = EventSource::dump;
  event.row = socket.row;
  event.row.owner_status = OwnerStatus::not_requested;
  event.time = now.time;
  event.monotonic_time = now.monotonic_time;
  complete(event);
  waiting_.push_back(std::move(event));
  told_as_missing_.insert(socket.row.cookie);
}

// Words have been lost. Of the sockets that were known, those that have gone can still be told of.
Result<void> EventReader::resynchronize() {
  told_as_missing_.clear();  // their words would have been read by now
  if (auto looked = look_at_table(); !looked) return looked;
  for (const std::uint64_t cookie : std::exchange(missing_, {})) {
    const RememberedSocket* socket = history_.find(cookie);
    if (socket == nullptr) continue;  // too many have ended to be remembered
    if (trace_ != nullptr && socket->row.protocol == Protocol::tcp) continue;
    // A dump may skip a socket that lives.
    const auto alive = backend::look_up(kernel_, {key_of(socket->row), backend::Match::named, false});
    if (!alive && alive.error().code == Errc::not_found) tell_as_missing(*socket);
  }
  words_were_lost_ = false;
  return {};
}

bool EventReader::is_wanted(const Event& event) const {
  return event.row.local.family == Family::ipv4 ? query_.ipv4 : query_.ipv6;
}

// What the event doesn't say and the table did.
void EventReader::complete(Event& event) const {
  const RememberedSocket* known = history_.find(event.row.cookie);
  const OwnerStatus told = event.row.owner_status;
  // One that was accepted while it ended may be told of as nobody's.
  const bool was_owned = told == OwnerStatus::kernel && known != nullptr && known->last_owner;
  const bool has_owner = told != OwnerStatus::not_requested && !was_owned;
  if (!has_owner && known == nullptr) event.row.owner_status = OwnerStatus::exited;
  if (!has_owner && known != nullptr) {
    event.owner = known->last_owner;
    event.row.owner_status = event.owner ? OwnerStatus::known : known->row.owner_status;
  }
  if (known == nullptr) return;
  if (event.kind == EventKind::closed && !event.duration) {
    event.duration = event.monotonic_time - known->known_since;
    event.duration_is_minimum = true;
  }
  if (event.source == EventSource::bpf) return;
  if (event.row.remote.port == 0) event.row.remote = known->row.remote;
  event.row.state = known->row.state;
  event.row.uid = known->row.uid;
}

void EventReader::take_word(Event&& event) {
  missing_.erase(event.row.cookie);
  if (told_as_missing_.erase(event.row.cookie) != 0) return;
  complete(event);
  history_.learn(event);
  waiting_.push_back(std::move(event));
}

// Until there are as many as are wanted, or no word is left; only then can the table tell what was lost.
Result<void> EventReader::receive_closings(std::size_t wanted) {
  using Outcome = sys::NetlinkListener::Outcome;
  while (waiting_.size() < wanted) {
    ClosingSink sink;
    const auto outcome = closings_->receive(sink);
    if (!outcome) return tl::unexpected(outcome.error());
    for (Event& event : sink.events) take_word(std::move(event));
    if (*outcome == Outcome::overrun) {
      ++overruns_;
      words_were_lost_ = true;
    }
    if (*outcome == Outcome::nothing) return words_were_lost_ ? resynchronize() : Result<void>();
  }
  return {};
}

Result<std::size_t> EventReader::take_traced(std::span<Event> into) {
  std::size_t count = 0;
  Clocks now = clocks_now();
  now.offsets = offsets_;
  const auto take_one = [&](const tcptable_event& record) {
    Event event = event_from_record(record, now);
    if (!is_wanted(event)) return;
    complete(event);
    history_.learn(event);
    into[count++] = std::move(event);
  };
  while (count < into.size()) {
    const auto taken = trace_->take(into.size() - count, take_one);
    if (!taken) return tl::unexpected(taken.error());
    if (*taken == 0) break;
  }
  return count;
}

Result<std::size_t> EventReader::read(std::span<Event> into) {
  if (closings_) {
    auto done = refresh_when_due();
    if (done) done = receive_closings(into.size());
    if (!done) return tl::unexpected(done.error());
  }
  std::size_t count = 0;
  for (; count < into.size() && !waiting_.empty(); waiting_.pop_front())
    into[count++] = std::move(waiting_.front());
  if (trace_ == nullptr) return count;
  const auto traced = take_traced(into.subspan(count));
  if (!traced) return tl::unexpected(traced.error());
  return count + *traced;
}

EventLosses EventReader::losses() const {
  return {trace_ != nullptr ? trace_->lost() : 0, overruns_};
}

}  // namespace tcptable::api
