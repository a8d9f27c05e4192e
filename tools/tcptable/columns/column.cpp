// SPDX-License-Identifier: MIT
// The table, and lists of its names.
#include "tcptable/columns/column.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "tcptable/filter/spelling.hpp"

namespace tool {
namespace {

using filter::Key;

constexpr std::array kColumns{
    Column{"state", "STATE", Key::state, Form::state, "the TCP state"},
    Column{"local", "LOCAL-ADDRESS", Key::local, Form::address, "its own address"},
    Column{"lport", "PORT", Key::local_port, Form::port, "its own port"},
    Column{"remote", "REMOTE-ADDRESS", Key::remote, Form::address, "the other end's address"},
    Column{"rport", "PORT", Key::remote_port, Form::port, "the other end's port"},
    Column{"process", "PROCESS", Key::process, Form::process, "the name of the process that owns it"},
    Column{"pid", "PID", Key::pid, Form::pid, "that process's id"},
    Column{"user", "USER", Key::user, Form::user, "the user who made the socket"},
    Column{"workload", "WORKLOAD", Key::container, Form::workload,
           "the container, or else the unit, that it belongs to"},
    Column{"proto", "PROTO", Key::protocol, Form::choice, "tcp or udp"},
    Column{"family", "FAMILY", Key::family, Form::choice, "ipv4 or ipv6"},
    Column{"reason", "REASON", Key::reason, Form::choice,
           "why it has no owner: known, time_wait, not_permitted, ..."},
    Column{"uid", "UID", Key::user, Form::count, "the number of the user who made the socket"},
    Column{"unit", "UNIT", Key::unit, Form::text, "the systemd unit"},
    Column{"slice", "SLICE", Key::slice, Form::text, "the systemd slice"},
    Column{"container", "CONTAINER", Key::container, Form::text, "the container's id or name"},
    Column{"pod", "POD", Key::pod, Form::text, "the uid of the Kubernetes pod"},
    Column{"cgroup", "CGROUP", Key::cgroup, Form::text, "the path of its control group"},
    Column{"netns", "NETNS", Key::netns, Form::text, "the network namespace; sockets of all are listed"},
    Column{"exe", "EXE", Key::exe, Form::text, "the path of the owner's executable"},
    Column{"cmdline", "CMDLINE", Key::cmdline, Form::arguments, "the owner's arguments"},
    Column{"start", "START", Key::start, Form::start, "when the owner was started"},
    Column{"iface", "IFACE", Key::interface, Form::interface, "the interface that it is bound to"},
    Column{"inode", "INODE", Key::inode, Form::count, "the socket's inode"},
    Column{"cookie", "COOKIE", Key::cookie, Form::count,
           "the kernel's number of the socket, never used again"},
    Column{"age", "AGE", Key::age, Form::duration, "it is at least as old as this"},
    Column{"recvq", "RECVQ", Key::receive_queue, Form::size,
           "bytes received and not yet read; of a listener: connections not yet accepted", true},
    Column{"sendq", "SENDQ", Key::send_queue, Form::size,
           "bytes sent and not yet acknowledged; of a listener: the limit of its queue", true},
    Column{"backlog", "BACKLOG", Key::backlog, Form::count, "the limit of a listener's queue", true},
    Column{"drops", "DROPS", Key::drops, Form::count,
           "packets dropped for lack of room; of a listener: connections", true},
    Column{"rcvbuf", "RCVBUF", Key::receive_buffer, Form::size, "the limit of what it holds unread"},
    Column{"sndbuf", "SNDBUF", Key::send_buffer, Form::size, "the limit of what it holds to be sent"},
    Column{"rtt", "RTT", Key::rtt, Form::duration, "smoothed round-trip time"},
    Column{"min_rtt", "MIN-RTT", Key::minimum_rtt, Form::duration,
           "smallest round-trip time of the last minutes"},
    Column{"rto", "RTO", Key::rto, Form::duration, "retransmission timeout"},
    Column{"cwnd", "CWND", Key::cwnd, Form::count, "congestion window, in segments"},
    Column{"mss", "MSS", Key::mss, Form::size, "bytes in a full segment"},
    Column{"bytes_in", "BYTES-IN", Key::bytes_in, Form::size, "bytes received", true},
    Column{"bytes_out", "BYTES-OUT", Key::bytes_out, Form::size, "bytes sent and acknowledged", true},
    Column{"retrans", "RETRANS", Key::retransmissions, Form::count, "segments retransmitted", true},
    Column{"unsent", "UNSENT", Key::unsent, Form::size, "bytes written and not yet sent", true},
    Column{"delivery_rate", "DELIVERY", Key::delivery_rate, Form::rate, "bytes a second that arrive there"},
    Column{"pacing", "PACING", Key::pacing, Form::rate, "the limit of bytes a second by pacing"},
    Column{"busy", "BUSY", Key::busy, Form::duration, "time with data to send"},
    Column{"rwnd_limited", "RWND-LIMITED", Key::window_limited, Form::duration,
           "part of it in which the peer's window was full"},
    Column{"sndbuf_limited", "SNDBUF-LIMITED", Key::buffer_limited, Form::duration,
           "part of it short of send buffer"},
    Column{"cc", "CC", Key::congestion_control, Form::text, "the congestion control"},
    Column{"ulp", "ULP", Key::ulp, Form::text, "the protocol above TCP in the kernel: tls, mptcp"},
};

constexpr std::size_t kDefaults = 9;  // the first ones

std::vector<std::string_view> split(std::string_view list) {
  std::vector<std::string_view> names;
  for (std::size_t at = 0; at <= list.size();) {
    const std::size_t end = std::min(list.find(',', at), list.size());
    names.push_back(list.substr(at, end - at));
    at = end + 1;
  }
  return names;
}

bool has_sign(std::string_view name) {
  return name.starts_with('+') || name.starts_with('-');
}

}  // namespace

bool is_number(Form form) {
  return form == Form::port || form == Form::pid || form >= Form::count;
}

std::span<const Column> all_columns() {
  return kColumns;
}

const Column* find_column(std::string_view name) {
  std::string spelling = filter::plain_spelling(name);
  if (spelling == "port") spelling = "lport";  // which the filter takes for either end's
  for (const Column& column : kColumns) {
    if (filter::plain_spelling(column.name) == spelling) return &column;
  }
  const auto key = filter::find_key(name);
  for (const Column& column : kColumns) {
    if (key && column.key == *key && filter::info(*key).name == column.name) return &column;
  }
  return nullptr;
}

Columns default_columns() {
  Columns columns;
  for (const Column& column : std::span(kColumns).first(kDefaults)) columns.push_back(&column);
  return columns;
}

tl::expected<Columns, std::string> parse_columns(std::string_view list, const Columns& defaults) {
  const std::vector<std::string_view> names = split(list);
  Columns columns = has_sign(names.front()) ? defaults : Columns();
  for (const std::string_view name : names) {
    const std::string_view plain = has_sign(name) ? name.substr(1) : name;
    const Column* column = find_column(plain);
    if (column == nullptr)
      return tl::unexpected(fmt::format("-o: no column '{}'; -o help lists them", plain));
    std::erase(columns, column);
    if (!name.starts_with('-')) columns.push_back(column);
  }
  if (columns.empty()) return tl::unexpected(std::string("-o: no column is left"));
  return columns;
}

void ask_for(const Column& column, tcptable::Query& query) {
  filter::ask_for(column.key, query);
}

std::string columns_help() {
  std::string text;
  for (const Column& column : kColumns) text += fmt::format("{:14}  {}\n", column.name, column.meaning);
  return text;
}

}  // namespace tool
