// SPDX-License-Identifier: MIT
// The table of columns: texts escaped, sort keys taken from the values.
#include "tcptable/top/model/columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

namespace tool::top {
namespace {

using tcptable::Endpoint;
using tcptable::Query;
using tcptable::SocketRow;

constexpr std::uint64_t kLast = std::numeric_limits<std::uint64_t>::max();

DisplayText number_text(std::uint64_t number) {
  return escape(std::to_string(number));
}

/// "-" where there is none.
DisplayText name_text(std::string_view name) {
  return escape(name.empty() ? "-" : name);
}

SortKey name_key(std::string_view name) {
  return {name.empty() ? 1U : 0U, name};
}

bool has_peer(const SocketRow& row) {
  return row.remote.port != 0 || !is_unspecified(row.remote);
}

SortKey address_key(const Endpoint& endpoint) {
  const auto* bytes = reinterpret_cast<const char*>(endpoint.address.data());
  return {static_cast<std::uint64_t>(endpoint.family), {bytes, endpoint.address.size()}};
}

std::string_view protocol_word(const SocketRow& row) {
  const bool ipv6 = row.local.family == tcptable::Family::ipv6;
  if (row.protocol == tcptable::Protocol::tcp) return ipv6 ? "tcp6" : "tcp";
  return ipv6 ? "udp6" : "udp";
}

std::string_view owner_name(const Socket& socket, const Lookups& lookups) {
  const tcptable::Process* process = lookups.owners.process(socket.owner);
  return process != nullptr ? std::string_view(process->name) : std::string_view();
}

std::string age_text(std::uint32_t milliseconds) {
  const std::uint32_t seconds = milliseconds / 1000;
  if (seconds < 60) return fmt::format("{}s", seconds);
  if (seconds < 3600) return fmt::format("{}m{:02}s", seconds / 60, seconds % 60);
  if (seconds < 86400) return fmt::format("{}h{:02}m", seconds / 3600, seconds / 60 % 60);
  return fmt::format("{}d{:02}h", seconds / 86400, seconds / 3600 % 24);
}

using S = const Socket&;
using L = Lookups&;

constexpr std::array kColumns{
    Column{"protocol", "PROTO", "tcp, tcp6, udp or udp6", false, true, 5, nullptr,
           [](S s, L) { return escape(protocol_word(s.row)); },
           [](S s, L) {
             return SortKey{0, protocol_word(s.row)};
           }},
    Column{"state", "STATE", "TCP's state; of UDP whether it has a peer", false, true, 11, nullptr,
           [](S s, L) { return escape(state_word(s.row)); },
           [](S s, L) {
             return SortKey{0, state_word(s.row)};
           }},
    Column{"local", "LOCAL-ADDRESS", "the address here", false, true, 13, nullptr,
           [](S s, L l) { return l.names.host(s.row.local); },
           [](S s, L) { return address_key(s.row.local); }},
    Column{"port", "PORT", "the port here", false, true, 5, nullptr,
           [](S s, L l) { return l.names.port(s.row.local.port, s.row.protocol); },
           [](S s, L) {
             return SortKey{s.row.local.port, {}};
           }},
    Column{"remote", "REMOTE-ADDRESS", "the peer's address", false, true, 14, nullptr,
           [](S s, L l) { return has_peer(s.row) ? l.names.host(s.row.remote) : escape("*"); },
           [](S s, L) { return address_key(s.row.remote); }},
    Column{"rport", "PORT", "the peer's port", false, true, 5, nullptr,
           [](S s, L l) { return l.names.port(s.row.remote.port, s.row.protocol); },
           [](S s, L) {
             return SortKey{s.row.remote.port, {}};
           }},
    Column{"pid", "PID", "the process that owns the socket", true, true, 7, &Query::owners,
           [](S s, L l) {
             const auto* process = l.owners.process(s.owner);
             return process != nullptr ? escape(std::to_string(process->pid)) : escape("-");
           },
           [](S s, L l) {
             const auto* process = l.owners.process(s.owner);
             return SortKey{process != nullptr ? static_cast<std::uint64_t>(process->pid) : kLast, {}};
           }},
    Column{"process", "PROCESS", "its name", false, true, 7, &Query::owners,
           [](S s, L l) { return name_text(owner_name(s, l)); },
           [](S s, L l) { return name_key(owner_name(s, l)); }},
    Column{"user", "USER", "who made the socket", false, true, 8, &Query::uids,
           [](S s, L l) { return l.names.user(s.row.uid); },
           [](S s, L l) {
             return SortKey{s.row.uid ? 0U : 1U, l.names.user(s.row.uid).text()};
           }},
    Column{"unit", "UNIT", "the process's systemd unit", false, true, 12, &Query::owners,
           [](S s, L l) { return name_text(l.owners.unit(s.owner)); },
           [](S s, L l) { return name_key(l.owners.unit(s.owner)); }},
    Column{"container", "CONTAINER", "the process's container", false, false, 12, &Query::owners,
           [](S s, L l) { return name_text(l.owners.container(s.owner)); },
           [](S s, L l) { return name_key(l.owners.container(s.owner)); }},
    Column{"recvq", "RECV-Q", "bytes not yet read; of a listener: waiting to be accepted", true, false, 6,
           &Query::queues, [](S s, L) { return number_text(s.row.receive_queue); },
           [](S s, L) {
             return SortKey{s.row.receive_queue, {}};
           }},
    Column{"sendq", "SEND-Q", "bytes not yet acknowledged; of a listener: its limit", true, false, 6,
           &Query::queues, [](S s, L) { return number_text(s.row.send_queue); },
           [](S s, L) {
             return SortKey{s.row.send_queue, {}};
           }},
    Column{"age", "AGE", "the socket is at least as old", true, false, 6, &Query::ages,
           [](S s, L) {
             return s.row.minimum_age_ms == 0 ? escape("-") : escape(age_text(s.row.minimum_age_ms));
           },
           [](S s, L) {
             return SortKey{s.row.minimum_age_ms == 0 ? kLast : s.row.minimum_age_ms, {}};
           }},
    Column{"uid", "UID", "the user as a number", true, false, 5, &Query::uids,
           [](S s, L) { return s.row.uid ? number_text(*s.row.uid) : escape("-"); },
           [](S s, L) {
             return SortKey{s.row.uid ? *s.row.uid : kLast, {}};
           }},
    Column{"inode", "INODE", "the socket's inode", true, false, 8, &Query::inodes,
           [](S s, L) { return s.row.inode != 0 ? number_text(s.row.inode) : escape("-"); },
           [](S s, L) {
             return SortKey{s.row.inode != 0 ? s.row.inode : kLast, {}};
           }},
    Column{"cookie", "COOKIE", "the kernel's identity of the socket", true, false, 8, nullptr,
           [](S s, L) { return s.row.cookie != 0 ? number_text(s.row.cookie) : escape("-"); },
           [](S s, L) {
             return SortKey{s.row.cookie != 0 ? s.row.cookie : kLast, {}};
           }},
};

}  // namespace

std::span<const Column> all_columns() {
  return kColumns;
}

ColumnId column_named(std::string_view name) {
  const auto found = std::find_if(kColumns.begin(), kColumns.end(),
                                  [name](const Column& column) { return column.name == name; });
  return static_cast<ColumnId>(found - kColumns.begin());
}

std::vector<ColumnId> usual_columns() {
  std::vector<ColumnId> usual;
  for (ColumnId id = 0; id < kColumns.size(); ++id) {
    if (kColumns[id].usual) usual.push_back(id);
  }
  return usual;
}

bool is_listening(const SocketRow& row) {
  return row.state ==
         (row.protocol == tcptable::Protocol::tcp ? tcptable::State::listen : tcptable::State::close);
}

}  // namespace tool::top
