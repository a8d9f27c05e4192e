// SPDX-License-Identifier: MIT
#include "contract/events_fixture.hpp"

#include <poll.h>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <stdexcept>

namespace tcptable::test {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::seconds kLongest(30);

}  // namespace

void WithEvents::open(const EventQuery& query) {
  auto opened = EventStream::open(query);
  if (!opened && query.source == EventSource::bpf)
    GTEST_SKIP() << "needs CAP_BPF, CAP_PERFMON, Linux 6.2 and its BTF: " << to_string(opened.error());
  ASSERT_TRUE(opened) << to_string(opened.error());
  stream_.emplace(std::move(*opened));
}

void WithEvents::open_by(EventSource source) {
  EventQuery query;
  query.source = source;
  open(query);
}

bool WithEvents::wait(int milliseconds) {
  pollfd ready{stream_->fd(), POLLIN, 0};
  return check(::poll(&ready, 1, std::max(milliseconds, 0)), "poll") > 0;
}

void WithEvents::take() {
  std::vector<Event> batch(64);
  for (std::size_t count = batch.size(); count == batch.size();) {
    const auto got = stream_->read(batch);
    if (!got) throw std::runtime_error(to_string(got.error()));
    count = *got;
    std::move(batch.begin(), batch.begin() + static_cast<std::ptrdiff_t>(count), std::back_inserter(seen_));
  }
}

void WithEvents::read_until(const Wanted& wanted, std::size_t count) {
  const auto end = Clock::now() + kLongest;
  const auto enough = [&] {
    return static_cast<std::size_t>(std::count_if(seen_.begin(), seen_.end(), wanted)) >= count;
  };
  while (!enough() && Clock::now() < end) {
    if (wait(100)) take();
  }
}

void WithEvents::read_for(int milliseconds) {
  const auto end = Clock::now() + std::chrono::milliseconds(milliseconds);
  while (Clock::now() < end) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
    if (wait(static_cast<int>(left.count()))) take();
  }
}

std::vector<Event> WithEvents::seen_that(const Wanted& wanted) const {
  std::vector<Event> events;
  std::copy_if(seen_.begin(), seen_.end(), std::back_inserter(events), wanted);
  return events;
}

Event WithEvents::only(const Wanted& wanted) const {
  const auto events = seen_that(wanted);
  if (events.size() == 1) return events.front();
  ADD_FAILURE() << events.size() << " such events of " << seen_.size();
  for (const Event& event : seen_) ADD_FAILURE() << describe(event);
  return {};
}

bool is_kind(const Event& event, EventKind kind) {
  return event.kind == kind;
}

std::string describe(const Event& event) {
  std::string text(to_string(event.kind));
  text += " " + describe(event.row.local) + " " + describe(event.row.remote) + " ";
  text += to_string(event.row.owner_status);
  if (event.owner) text += " " + std::to_string(event.owner->pid);
  return text + " by " + std::string(to_string(event.source));
}

}  // namespace tcptable::test
