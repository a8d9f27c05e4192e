// SPDX-License-Identifier: MIT
// The checks between showing a socket and closing it.
#include "tcptable/close/victim.hpp"

#include <arpa/inet.h>
#include <unistd.h>
#include <tcptable/process.hpp>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <sstream>
#include <utility>

namespace tool::close {
namespace {

using tcptable::Endpoint;
using tcptable::Errc;
using tcptable::Family;
using tcptable::Process;
using tcptable::Snapshot;
using tcptable::SocketRow;

std::optional<Endpoint> parse_end(const std::string& address, std::uint16_t port) {
  Endpoint end;
  end.port = port;
  const std::string plain = address.substr(0, address.find('%'));
  for (const auto& [family, number] : {std::pair{Family::ipv4, AF_INET}, {Family::ipv6, AF_INET6}}) {
    end.family = family;
    if (inet_pton(number, plain.c_str(), end.address.data()) == 1) return end;
  }
  return std::nullopt;
}

bool same_place(const Endpoint& a, const Endpoint& b) {
  return a.port == b.port && a.family == b.family && a.address == b.address;
}

// ::ffff:a.b.c.d as a.b.c.d, which is how sshd names an IPv4 peer of its IPv6 socket.
Endpoint unmapped(const Endpoint& endpoint) {
  constexpr std::array<std::uint8_t, 12> kMapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  if (endpoint.family != Family::ipv6 ||
      !std::equal(kMapped.begin(), kMapped.end(), endpoint.address.begin()))
    return endpoint;
  Endpoint plain;
  plain.family = Family::ipv4;
  plain.port = endpoint.port;
  std::copy_n(endpoint.address.begin() + kMapped.size(), 4, plain.address.begin());
  return plain;
}

std::string reason_of(const tcptable::Error& error) {
  switch (error.code) {
    case Errc::not_found:
      return "it has gone";
    case Errc::is_multipath:
      return "it is a part of a Multipath TCP connection, which would go on";
    case Errc::not_permitted:
      return "not permitted: needs CAP_NET_ADMIN";
    case Errc::not_supported:
      if (error.sys_errno == EOPNOTSUPP)
        return "the kernel can't (CONFIG_INET_DIAG_DESTROY; time_wait: from Linux 6.1 on)";
      return "needs the kernel's tcp_diag, which can't be asked here";
    default:
      return to_string(error);
  }
}

// Why the socket isn't to be closed, if it isn't its owner's any more.
std::optional<std::string> reason_against(const Snapshot& snapshot, const SocketRow& row,
                                          tcptable::OwnerFinder& finder) {
  if (snapshot.owner(row) == nullptr) return std::nullopt;  // the cookie alone tells it
  const auto now = finder.owner_of(key_of(row));
  if (!now && now.error().code != Errc::not_found) return reason_of(now.error());
  for (const std::uint32_t holder : snapshot.holders(row)) {
    const Process& process = snapshot.process(holder);
    const bool has_it_now =
        now && now->owner && process.pid == now->owner->pid && process.start_time == now->owner->start_time;
    if (has_it_now) return std::nullopt;
  }
  return "it has gone, or another process has it now";
}

}  // namespace

OwnSession own_session() {
  OwnSession session;
  for (std::int32_t pid = ::getpid(); pid > 0 && session.ancestors.insert(pid).second;) {
    const auto description = tcptable::describe_process(pid);
    if (!description) break;
    pid = description->parent;
  }
  if (const char* text = std::getenv("SSH_CONNECTION")) session.by_ssh = parse_ssh_connection(text);
  return session;
}

std::optional<tcptable::SocketKey> parse_ssh_connection(const std::string& text) {
  std::istringstream words(text);
  std::string client, server;
  std::uint16_t client_port = 0, server_port = 0;
  if (!(words >> client >> client_port >> server >> server_port)) return std::nullopt;
  const auto local = parse_end(server, server_port), remote = parse_end(client, client_port);
  if (!local || !remote) return std::nullopt;
  tcptable::SocketKey key;
  key.local = *local;
  key.remote = *remote;
  return key;
}

bool belongs_to(const OwnSession& session, const Snapshot& snapshot, const SocketRow& row) {
  const bool is_named = session.by_ssh && same_place(unmapped(row.local), session.by_ssh->local) &&
                        same_place(unmapped(row.remote), session.by_ssh->remote);
  if (is_named) return true;
  if (row.state == tcptable::State::listen) return false;
  for (const std::uint32_t holder : snapshot.holders(row)) {
    const Process& process = snapshot.process(holder);
    // sudo forgets SSH_CONNECTION; the parents stay.
    if (process.name.starts_with("sshd") && session.ancestors.contains(process.pid)) return true;
  }
  return false;
}

std::optional<std::string> close_row(const Snapshot& snapshot, const SocketRow& row,
                                     tcptable::OwnerFinder& finder) {
  if (auto reason = reason_against(snapshot, row, finder)) return reason;
  const auto closed =
      row.state == tcptable::State::listen ? close_listener(key_of(row)) : close_connection(key_of(row));
  if (closed) return std::nullopt;
  return reason_of(closed.error());
}

}  // namespace tool::close
