// SPDX-License-Identifier: MIT
#include "tcptable/habits/rows.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <tuple>

#include "tcptable/output/console.hpp"

namespace tool {
namespace {

using tcptable::Endpoint;
using tcptable::OwnerStatus;
using tcptable::Protocol;
using tcptable::SocketRow;
using tcptable::State;

// By the state's number.
constexpr std::array<std::string_view, 14> kBsdStates{
    "",      "ESTABLISHED", "SYN_SENT", "SYN_RECV", "FIN_WAIT1", "FIN_WAIT2", "TIME_WAIT",
    "CLOSE", "CLOSE_WAIT",  "LAST_ACK", "LISTEN",   "CLOSING",   "",          "CLOSE"};

constexpr std::array<std::uint8_t, 12> kMappedPrefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

}  // namespace

HabitRows habit_rows(const tcptable::Snapshot& snapshot, Protocol first, const RowTest& is_shown) {
  HabitRows rows;
  for (const SocketRow& row : snapshot.rows()) {
    if (is_shown(row)) rows.push_back(&row);
  }
  const auto key = [&](const SocketRow& row) {
    return std::make_tuple(row.protocol != first, row.local.family, !waits_for_peers(row), row.local.port,
                           row.local.address, row.remote.port, row.remote.address, row.inode);
  };
  std::sort(rows.begin(), rows.end(), [&](const auto* a, const auto* b) { return key(*a) < key(*b); });
  return rows;
}

bool waits_for_peers(const SocketRow& row) {
  return row.state == (row.protocol == Protocol::tcp ? State::listen : State::close);
}

std::string_view bsd_state(const SocketRow& row) {
  if (row.protocol == Protocol::udp && row.state == State::close) return {};
  return kBsdStates[static_cast<std::size_t>(row.state)];
}

std::uint32_t bsd_send_queue(const SocketRow& row) {
  return row.state == State::listen ? 0 : row.send_queue;
}

Endpoint shown_as_ipv4(Endpoint endpoint) {
  endpoint.scope_id = 0;
  const auto& bytes = endpoint.address;
  if (endpoint.family == tcptable::Family::ipv4 ||
      !std::equal(kMappedPrefix.begin(), kMappedPrefix.end(), bytes.begin()))
    return endpoint;
  Endpoint ipv4;
  ipv4.family = tcptable::Family::ipv4;
  ipv4.port = endpoint.port;
  std::copy_n(bytes.begin() + kMappedPrefix.size(), 4, ipv4.address.begin());
  return ipv4;
}

void say_what_is_hidden(const HabitRows& rows, std::size_t unreadable) {
  const auto hidden = std::count_if(rows.begin(), rows.end(), [](const SocketRow* row) {
    return row->owner_status == OwnerStatus::not_permitted ||
           row->owner_status == OwnerStatus::other_pid_namespace;
  });
  if (hidden == 0 && unreadable == 0) return;
  // A standard error that can't be written to leaves nowhere to say so.
  const std::string whose =
      hidden != 0 ? fmt::format("{} socket{}", hidden, hidden == 1 ? "" : "s")
                  : fmt::format("the sockets of {} process{}", unreadable, unreadable == 1 ? "" : "es");
  write_all(STDERR_FILENO,
            fmt::format("tcptable: who holds {} is not shown; `tcptable doctor` tells why\n", whose));
}

}  // namespace tool
