// SPDX-License-Identifier: MIT
// A stream in a namespace of its own, and what the tests of events ask of it.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "contract/snapshot_fixture.hpp"
#include "support/child_process.hpp"
#include "support/sockets.hpp"

namespace tcptable::test {

class WithEvents : public InOwnNamespace {
 protected:
  using Wanted = std::function<bool(const Event&)>;

  /// Opens the stream; the test is skipped where it can't be had here.
  void open(const EventQuery& query);
  void open_by(EventSource source);

  /// Reads until `count` events that are `wanted` have come, for half a minute at most; all events since the
  /// stream was opened are in seen().
  void read_until(const Wanted& wanted, std::size_t count);
  /// Reads what comes in so many milliseconds.
  void read_for(int milliseconds);

  EventStream& stream() { return *stream_; }
  const std::vector<Event>& seen() const { return seen_; }
  std::vector<Event> seen_that(const Wanted& wanted) const;
  /// The only event that is `wanted`; a failure and an empty event where there are none or several.
  Event only(const Wanted& wanted) const;

 private:
  bool wait(int milliseconds);
  void take();

  std::optional<EventStream> stream_;
  std::vector<Event> seen_;
};

bool is_kind(const Event& event, EventKind kind);

/// "connected 127.0.0.1:1 -> 127.0.0.1:2 known 123", for messages.
std::string describe(const Event& event);

}  // namespace tcptable::test
