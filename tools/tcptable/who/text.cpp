// SPDX-License-Identifier: MIT
// A paragraph for each socket that has the port, and one for the connections.
#include "tcptable/who/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "tcptable/filter/snapshot_facts.hpp"
#include "tcptable/output/display.hpp"
#include "tcptable/output/place.hpp"
#include "tcptable/output/quantity.hpp"

namespace tool::who {
namespace {

using tcptable::Process;
using tcptable::Snapshot;
using tcptable::SocketRow;
using tcptable::State;

std::string workload_text(const tcptable::CgroupNames& names) {
  std::string text;
  const auto add = [&](std::string_view what, std::string_view name) {
    if (!name.empty()) text += fmt::format(", {} {}", what, escape(name).text());
  };
  add("unit", names.user_unit.empty() ? names.unit : names.user_unit);
  add("container", names.container);
  add("pod", names.pod_uid);
  return text;
}

std::string since_text(const Process& process) {
  const auto start = started_at(process);
  const auto age =
      std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::system_clock::now() - start);
  return fmt::format("since {} ({})", time_text(start), duration_text(std::max(age, age.zero())));
}

std::string arguments_text(std::string arguments) {
  if (arguments.ends_with('\0')) arguments.pop_back();
  std::replace(arguments.begin(), arguments.end(), '\0', ' ');
  return escape(arguments).text();
}

std::string parents_text(const std::vector<Process>& parents) {
  std::string text;
  for (const Process& parent : parents) text += (text.empty() ? "" : ", ") + process_text(parent);
  return text;
}

std::string details_of(const Holder& holder) {
  if (!holder.description) return "    it has ended meanwhile, or /proc hides it\n";
  std::string text;
  const auto& executable = holder.description->executable;
  if (executable) {
    text += fmt::format("    runs     {}{}\n", escape(executable->path).text(),
                        executable->deleted ? " (deleted since)" : "");
  }
  if (!holder.arguments.empty()) text += fmt::format("    as       {}\n", arguments_text(holder.arguments));
  if (!holder.parents.empty()) text += fmt::format("    parents  {}\n", parents_text(holder.parents));
  if (holder.forwards_to)
    text += fmt::format("    for      {} in a container{}\n", escape(*holder.forwards_to).text(),
                        holder.served_by ? ", served by " + process_text(*holder.served_by) : "");
  return text;
}

std::string holder_text(const Snapshot& snapshot, const SocketRow& row, Names& names,
                        ProcessReader& processes) {
  const Process* owner = snapshot.owner(row);
  const std::string user = names.user(row.uid).text();
  if (owner == nullptr)
    return fmt::format("  owner not known: {}; user {}\n", to_string(row.owner_status), user);
  const Holder holder = processes.describe(*owner);
  const std::string workload = holder.description ? workload_text(holder.description->names) : "";
  std::string text = fmt::format("  {}, user {}{}, {}\n{}", process_text(*owner), user, workload,
                                 since_text(*owner), details_of(holder));
  const auto holders = snapshot.holders(row);
  if (holders.size() > 1) text += "    also held by";
  for (std::size_t i = 1; i < holders.size(); ++i)
    text += fmt::format("{} {}", i == 1 ? "" : ",", process_text(snapshot.process(holders[i])));
  return holders.size() > 1 ? text + "\n" : text;
}

// systemd listens for a service until that is started.
std::string activation_text(const Snapshot& snapshot, const SocketRow& row) {
  const Process* owner = snapshot.owner(row);
  if (row.state != State::listen || owner == nullptr || owner->pid != 1 || owner->name != "systemd")
    return {};
  return "    the service manager listens: the first connection starts the service that serves it\n";
}

std::string server_line(const Snapshot& snapshot, const SocketRow& row) {
  const std::string place = fmt::format("{} {}", to_string(row.protocol), place_text(row.local));
  if (row.protocol == tcptable::Protocol::udp) return place + "\n";
  if (row.state != State::listen) return place + "  bound, but not listening\n";
  const std::string limit = filter::knows_backlogs(snapshot) ? fmt::format(" of {}", row.send_queue) : "";
  return fmt::format("{}  listening, {}{} waiting to be accepted\n", place, row.receive_queue, limit);
}

std::string states_text(const std::vector<const SocketRow*>& rows) {
  std::array<std::uint32_t, 16> counts{};
  for (const SocketRow* row : rows) ++counts[static_cast<std::size_t>(row->state)];
  std::string text;
  for (std::size_t state = 0; state < counts.size(); ++state) {
    if (counts[state] != 0)
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", counts[state],
                          to_string(static_cast<State>(state)));
  }
  return text;
}

std::string shares_text(const Snapshot& snapshot, const std::vector<const SocketRow*>& rows) {
  constexpr std::size_t kMost = 10;
  std::string text;
  const auto shares = shares_of(snapshot, rows);
  for (std::size_t i = 0; i < std::min(shares.size(), kMost); ++i) {
    const Process* process = shares[i].process;
    text += fmt::format("  {:>6}  {}\n", shares[i].sockets,
                        process != nullptr ? process_text(*process) : std::string("without a process"));
  }
  return shares.size() > kMost ? text + fmt::format("          and {} more\n", shares.size() - kMost) : text;
}

std::string connections_text(const Snapshot& snapshot, const std::vector<const SocketRow*>& rows,
                             std::string_view what) {
  if (rows.empty()) return {};
  return fmt::format("{} connection{}{} ({}):\n{}", rows.size(), rows.size() == 1 ? "" : "s", what,
                     states_text(rows), shares_text(snapshot, rows));
}

}  // namespace

std::string text_of(const Snapshot& snapshot, const Answer& answer, Names& names) {
  std::string text;
  ProcessReader processes;
  for (const SocketRow* row : answer.servers) {
    text += server_line(snapshot, *row) + holder_text(snapshot, *row, names, processes) +
            activation_text(snapshot, *row);
  }
  text += connections_text(snapshot, answer.accepted, "");
  return text + connections_text(snapshot, answer.outgoing, " to this port");
}

}  // namespace tool::who
