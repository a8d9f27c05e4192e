// SPDX-License-Identifier: MIT
// What happens to sockets, as it happens: connections opened, refused and closed, each with its owner.
#pragma once

#include <tcptable/error.hpp>
#include <tcptable/export.hpp>
#include <tcptable/owner.hpp>
#include <tcptable/socket_row.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>

namespace tcptable {

enum class EventKind : std::uint8_t {
  listening,       ///< A socket began to listen.
  connected,       ///< A connection that was asked for here is established.
  accepted,        ///< A process has accepted a connection.
  connect_failed,  ///< No connection came about: Event::connect_error.
  closed,          ///< A connection, a listener or a UDP socket has ended.
};

/// "listening", "connect_failed", ...: the enumerator's name.
TCPTABLE_API std::string_view to_string(EventKind kind);

/// How events are learnt, or how one was.
enum class EventSource : std::uint8_t {
  bpf,        ///< By programs in the kernel, at the very moment.
  multicast,  ///< By sock_diag's word that a socket has been destroyed.
  dump,       ///< A socket that was in the table has gone from it, and its word had been lost.
};

/// "bpf", "multicast", "dump": the enumerator's name.
TCPTABLE_API std::string_view to_string(EventSource source);

struct Traffic {
  /// Data in order, each byte once. By multicast a FIN counts as one byte more.
  std::uint64_t bytes_received = 0;
  /// Data handed to the network, each byte once.
  std::uint64_t bytes_sent = 0;
  std::uint32_t rtt_us = 0;  ///< Smoothed round-trip time; 0: never measured.
  std::uint32_t segments_retransmitted = 0;
};

struct Event {
  EventKind kind = EventKind::closed;
  EventSource source = EventSource::bpf;
  /// Endpoints, interface, cookie and uid; `state` is the one that the event ended, as far as it is known
  /// (State::close where it isn't), owner_status says why there is no owner. Everything else is zero.
  SocketRow row;
  /// Who connected, listened, or accepted. Of a socket that is older than the stream, and without BPF: who
  /// held it when the table was read last.
  std::optional<Process> owner;
  /// By BPF the moment itself, else the moment when the kernel's word was read. The second is
  /// CLOCK_MONOTONIC's.
  std::chrono::system_clock::time_point time;
  std::chrono::steady_clock::time_point monotonic_time;
  /// closed: since the connection was established (or accepted, where it was established before the stream
  /// was opened). Absent where neither was seen.
  std::optional<std::chrono::nanoseconds> duration;
  /// The duration is counted from when the socket was seen first: it may have lived longer.
  bool duration_is_minimum = false;
  /// closed: of a TCP connection, where the kernel still told it.
  std::optional<Traffic> traffic;
  /// connect_failed: its errno, such as ECONNREFUSED; 0: its process gave it up.
  int connect_error = 0;
};

/// What a stream doesn't know.
struct EventLosses {
  /// Events that were dropped because nobody read, counted by the program that would have told them.
  std::uint64_t dropped = 0;
  /// Times that the kernel dropped words of closing, without saying how many. Those of sockets that had been
  /// seen in the table are given nonetheless, with EventSource::dump.
  std::uint64_t overruns = 0;
};

struct EventQuery {
  bool tcp = true;
  /// Closings only: of an opening the kernel gives no word.
  bool udp = false;
  bool ipv4 = true;
  bool ipv6 = true;
  /// bpf: or fail. multicast: closings only, for everybody. Absent: bpf where it is permitted.
  std::optional<EventSource> source;
  /// For events that wait to be read: 4096 at least, in bytes. An event takes about 170.
  std::size_t buffer_size = std::size_t{4} << 20;
};

/// The events of the network namespace in which it was opened.
///
/// By BPF (CAP_BPF and CAP_PERFMON, Linux 6.2, its BTF) every kind, each connection's beginning and end
/// exactly once, with the process that called connect() or accept(). Not seen: a connect() by io_uring that
/// fails before it sends anything. Without BPF, as any user, closings alone.
///
/// An incoming connection is told of when it is accepted. One that ends without is `closed` with
/// OwnerStatus::kernel. Out of memory it throws std::bad_alloc. Not safe to use from several threads at once;
/// to be used by threads in the network namespace in which it was opened.
class TCPTABLE_API EventStream {
 public:
  /// Events from now on. Errors: those of take_snapshot; for EventSource::bpf not_permitted and
  /// not_supported; invalid_argument for EventSource::dump, or where nothing is asked for.
  /// TCPTABLE_BACKEND=bpf and =sock_diag choose the source as EventQuery::source does.
  static Result<EventStream> open(const EventQuery& query);

  EventStream(EventStream&&) noexcept;
  EventStream& operator=(EventStream&&) noexcept;
  ~EventStream();

  /// bpf or multicast.
  EventSource source() const;
  /// Why it isn't bpf, where nobody chose.
  std::optional<Error> why_not_bpf() const;
  /// To be polled for reading, never read: ready when read() has something to do, which may give no event.
  int fd() const;
  /// Puts events into `into`, oldest first, and returns how many; doesn't wait. 0: no more for now. Several
  /// processors may have told of events in another order than they happened, by a few microseconds.
  Result<std::size_t> read(std::span<Event> into);
  EventLosses losses() const;

 private:
  struct State;
  explicit EventStream(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace tcptable
