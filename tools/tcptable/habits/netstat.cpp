// SPDX-License-Identifier: MIT
// Which sockets netstat lists for its options, and what it says of each.
#include "tcptable/habits/netstat.hpp"

#include <fmt/format.h>
#include <tcptable/tcptable.hpp>

#include <map>

#include "tcptable/habits/rows.hpp"
#include "tcptable/output/names.hpp"
#include "tcptable/output/progress.hpp"

namespace tool {
namespace {

using tcptable::Endpoint;
using tcptable::Protocol;
using tcptable::SocketRow;

// An address and its port take this together; what is too long loses the end of its address.
constexpr std::size_t kEndpointWidth = 22;
// A pid and a program's name are cut here, and filled to one more.
constexpr std::size_t kProgramWidth = 19;

enum class Shown { connected, listeners, all };

struct Request {
  tcptable::Query query;
  Shown shown = Shown::connected;
  bool numeric_ports = false;
  bool numeric_users = false;
  bool numeric_hosts = false;
  bool resolve = false;
  bool programs = false;
  bool extended = false;
  bool wide = false;
};

std::variant<Request, NotUnderstood> request_from(const HabitWords& words) {
  if (!words.operands.empty())
    return NotUnderstood{"nothing but options is expected: " + words.operands.front()};
  Request request;
  request.query.tcp = words.has(HabitOption::tcp);
  request.query.udp = words.has(HabitOption::udp);
  if (!request.query.tcp && !request.query.udp)
    return NotUnderstood{"-t, -u or both are needed, as sockets of other kinds are not known here"};
  const bool ipv4 = words.has(HabitOption::ipv4);
  const bool ipv6 = words.has(HabitOption::ipv6);
  request.query.ipv4 = ipv4 || !ipv6;
  request.query.ipv6 = ipv6 || !ipv4;
  if (words.has(HabitOption::all)) {
    request.shown = Shown::all;
  } else if (words.has(HabitOption::listening)) {
    request.shown = Shown::listeners;
  }
  const bool numeric = words.has(HabitOption::numeric);
  request.numeric_hosts = numeric || words.has(HabitOption::numeric_hosts);
  request.numeric_ports = numeric || words.has(HabitOption::numeric_ports);
  request.numeric_users = numeric || words.has(HabitOption::numeric_users);
  request.resolve = words.has(HabitOption::resolve) && !request.numeric_hosts;
  request.programs = request.query.owners = words.has(HabitOption::processes);
  request.extended = words.has(HabitOption::extended);
  request.wide = words.has(HabitOption::wide);
  return request;
}

bool is_shown(const SocketRow& row, Shown shown) {
  return shown == Shown::all || waits_for_peers(row) == (shown == Shown::listeners);
}

// The first argument; of a path its last part.
std::string program_name(const tcptable::Process& process) {
  const auto arguments = tcptable::command_line_of(process);
  if (!arguments || arguments->empty()) return process.name;
  std::string name = arguments->substr(0, arguments->find('\0'));
  if (name.starts_with('/')) name.erase(0, name.rfind('/') + 1);
  return name;
}

class RowWriter {
 public:
  RowWriter(const tcptable::Snapshot& snapshot, const Request& request)
      : snapshot_(snapshot),
        request_(request),
        hosts_(request.resolve),
        services_(!request.numeric_ports),
        users_(false) {}

  std::string operator()(const SocketRow& row) {
    const bool is_ipv6 = row.local.family == tcptable::Family::ipv6;
    std::string line =
        fmt::format("{:<4}  {:>6} {:>6} {:<23} {:<23} {:<11}",
                    fmt::format("{}{}", to_string(row.protocol), is_ipv6 ? "6" : ""), row.receive_queue,
                    bsd_send_queue(row), endpoint(row.local, row), endpoint(row.remote, row), bsd_state(row));
    if (request_.extended) line += fmt::format(" {:<10} {:<10}", user(row), row.inode);
    if (request_.programs) line += fmt::format(" {:<20}", program(row));
    return line + "\n";
  }

 private:
  std::string endpoint(const Endpoint& endpoint, const SocketRow& row) {
    std::string host = hosts_.host(shown_as_ipv4(endpoint)).text();
    if (host == "::" && !request_.numeric_hosts) host = "[::]";
    const std::string port = services_.port(endpoint.port, row.protocol).text();
    if (!request_.wide && host.size() + port.size() > kEndpointWidth)
      host.resize(kEndpointWidth - std::min(port.size(), kEndpointWidth));
    return host + ":" + port;
  }

  std::string user(const SocketRow& row) {
    const std::uint32_t uid = row.uid.value_or(0);  // netstat has 0 where the kernel no longer knows
    return request_.numeric_users ? std::to_string(uid) : users_.user(uid).text();
  }

  std::string program(const SocketRow& row) {
    const tcptable::Process* owner = snapshot_.owner(row);
    // A connection that waits to be accepted has no inode, and in netstat nobody's name.
    if (owner == nullptr || row.inode == 0) return "-";
    const auto [at, is_new] = programs_.try_emplace(owner);
    if (is_new) {
      const std::string name = program_name(*owner);
      const std::string text = fmt::format("{}/{}", owner->pid, name);
      at->second = escape(std::string_view(text).substr(0, kProgramWidth)).text();
    }
    return at->second;
  }

  const tcptable::Snapshot& snapshot_;
  const Request& request_;
  Names hosts_;
  Names services_;
  Names users_;
  std::map<const tcptable::Process*, std::string> programs_;
};

std::string heading(const Request& request) {
  std::string_view what = "w/o servers";
  if (request.shown == Shown::all) what = "servers and established";
  if (request.shown == Shown::listeners) what = "only servers";
  return fmt::format(
      "Active Internet connections ({})\nProto Recv-Q Send-Q Local Address           Foreign Address         "
      "State      {}{}\n",
      what, request.extended ? " User       Inode     " : "",
      request.programs ? " PID/Program name    " : "");
}

ExitStatus show(const tcptable::Snapshot& snapshot, const Request& request) {
  ChunkedOutput out = standard_output();
  out.append(heading(request));
  RowWriter line_of(snapshot, request);
  const auto rows =
      habit_rows(snapshot, Protocol::tcp, [&](const SocketRow& row) { return is_shown(row, request.shown); });
  for (const SocketRow* row : rows) out.append(line_of(*row));
  const ExitStatus status = after_writing(out.finish(), ExitStatus::found);
  if (request.programs && status == ExitStatus::found) say_what_is_hidden(rows, 0);
  return status;
}

}  // namespace

ExitStatus run_netstat(const HabitWords& words) {
  const auto request = request_from(words);
  if (const auto* wrong = std::get_if<NotUnderstood>(&request))
    return not_understood(Imitation::netstat, *wrong);
  const auto& understood = std::get<Request>(request);
  const auto snapshot = snapshot_with_progress(understood.query);
  return snapshot ? show(*snapshot, understood) : fail(snapshot.error());
}

}  // namespace tool
