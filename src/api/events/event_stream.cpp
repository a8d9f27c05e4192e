// SPDX-License-Identifier: MIT
#include <tcptable/events.hpp>

#include <new>
#include <utility>

#include "api/events/event_reader.hpp"
#include "api/take_snapshot.hpp"

namespace tcptable {

struct EventStream::State {
  std::unique_ptr<api::EventReader> reader;
};

EventStream::EventStream(std::unique_ptr<State> state) : state_(std::move(state)) {}
EventStream::EventStream(EventStream&&) noexcept = default;
EventStream& EventStream::operator=(EventStream&&) noexcept = default;
EventStream::~EventStream() = default;

Result<EventStream> EventStream::open(const EventQuery& query) try {
  auto reader = api::EventReader::open(sys::real_kernel(), query, api::forced_by_environment());
  if (!reader) return tl::unexpected(reader.error());
  return EventStream(std::make_unique<State>(State{std::move(*reader)}));
} catch (const std::bad_alloc&) {
  return tl::unexpected(Error{Errc::no_memory, Step::follow_events, 0});
}

EventSource EventStream::source() const {
  return state_->reader->source();
}

std::optional<Error> EventStream::why_not_bpf() const {
  return state_->reader->why_not_bpf();
}

int EventStream::fd() const {
  return state_->reader->fd();
}

Result<std::size_t> EventStream::read(std::span<Event> into) {
  return state_->reader->read(into);
}

EventLosses EventStream::losses() const {
  return state_->reader->losses();
}

}  // namespace tcptable
