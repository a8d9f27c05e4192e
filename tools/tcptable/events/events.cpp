// SPDX-License-Identifier: MIT
// Waits for events, a signal or the end of the time, and writes each batch at once.
#include "tcptable/events/events.hpp"

#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <vector>

#include "tcptable/events/end.hpp"
#include "tcptable/events/json.hpp"
#include "tcptable/events/options.hpp"
#include "tcptable/events/text.hpp"
#include "tcptable/filter/match.hpp"
#include "tcptable/filter/snapshot_facts.hpp"

namespace tool {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::duration_cast;

constexpr std::size_t kBatch = 256;

// SIGINT and SIGTERM as something to poll, for as long as it lives.
class EndSignals {
 public:
  EndSignals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigprocmask(SIG_BLOCK, &signals, &before_);
    fd_ = signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
  }
  EndSignals(const EndSignals&) = delete;
  EndSignals& operator=(const EndSignals&) = delete;
  ~EndSignals() {
    // One that is still pending would end the program now.
    for (signalfd_siginfo taken; fd_ >= 0 && ::read(fd_, &taken, sizeof taken) > 0;) {
    }
    if (fd_ >= 0) ::close(fd_);
    sigprocmask(SIG_SETMASK, &before_, nullptr);
  }
  int fd() const { return fd_; }

 private:
  sigset_t before_{};
  int fd_ = -1;
};

class Follower {
 public:
  Follower(tcptable::EventStream& stream, const EventsOptions& options)
      : stream_(stream), options_(options) {}

  ExitStatus run(const EndSignals& signals) {
    while (!is_over()) {
      if (!wait(signals.fd())) break;
      if (const auto failed = take_batches()) return *failed;
    }
    return finish();
  }

 private:
  bool is_over() const {
    return (options_.count && totals_.shown >= *options_.count) || (options_.duration && time_left() <= 0);
  }

  // Milliseconds, rounded up.
  int time_left() const {
    if (!options_.duration) return -1;
    const auto left =
        std::chrono::ceil<std::chrono::milliseconds>(begin_ + *options_.duration - Clock::now());
    return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 3'600'000));
  }

  // False when a signal asks to end.
  bool wait(int signals) const {
    std::array<pollfd, 2> ready{{{stream_.fd(), POLLIN, 0}, {signals, POLLIN, 0}}};
    const int count = ::poll(ready.data(), ready.size(), time_left());
    return count < 0 ? errno == EINTR : ready[1].revents == 0;
  }

  std::optional<ExitStatus> take_batches() {
    for (std::size_t count = kBatch; count == kBatch && !is_over();) {
      const auto got = stream_.read(batch_);
      if (!got) return fail(got.error());
      count = *got;
      for (std::size_t i = 0; i < count; ++i) show(batch_[i]);
      if (out_.finish() != 0) return after_writing(out_.finish(), ExitStatus::failed);
    }
    return std::nullopt;
  }

  void show(const tcptable::Event& event) {
    ++totals_.seen;
    if (is_over() || !is_wanted(event)) return;
    ++totals_.shown;
    if (options_.json) {
      print_event_json(event, out_);
    } else {
      out_.append(event_line(event));
    }
  }

  bool is_wanted(const tcptable::Event& event) const {
    if (options_.filter == filter::Expression()) return true;
    const tcptable::Snapshot snapshot = snapshot_of(event);
    filter::SnapshotFacts facts(snapshot);
    facts.look_at(snapshot.rows().front());
    return filter::matches(options_.filter, facts);
  }

  ExitStatus finish() {
    totals_.losses = stream_.losses();
    totals_.duration = duration_cast<std::chrono::microseconds>(Clock::now() - begin_);
    if (options_.json) print_end_json(totals_, out_);
    ExitStatus status = totals_.shown == 0 ? ExitStatus::nothing : ExitStatus::found;
    if (!is_lossless(totals_.losses)) status = ExitStatus::partial;
    status = after_writing(out_.finish(), status);
    write_all(STDERR_FILENO, end_line(totals_));
    return status;
  }

  tcptable::EventStream& stream_;
  const EventsOptions& options_;
  Clock::time_point begin_ = Clock::now();
  std::vector<tcptable::Event> batch_ = std::vector<tcptable::Event>(kBatch);
  ChunkedOutput out_ = standard_output();
  EventTotals totals_;
};

}  // namespace

ExitStatus run_events(const Arguments& arguments) {
  const auto parsed = events_options(arguments);
  if (const auto* wrong = std::get_if<UsageError>(&parsed)) return fail(wrong->text, ExitStatus::usage);
  const auto& options = std::get<EventsOptions>(parsed);
  const EndSignals signals;  // before what takes a moment
  auto stream = tcptable::EventStream::open(options.query);
  if (!stream) return fail(stream.error());
  if (const auto reason = stream->why_not_bpf())
    write_all(STDERR_FILENO, "closings only: " + to_string(*reason) + "\n");
  return Follower(*stream, options).run(signals);
}

}  // namespace tool
