// SPDX-License-Identifier: MIT
// Which sockets ss lists for its options, and what it says of each.
#include "tcptable/habits/ss.hpp"

#include <fmt/format.h>
#include <net/if.h>
#include <tcptable/tcptable.hpp>

#include <array>
#include <bit>
#include <fstream>

#include "tcptable/command_line/filter_operands.hpp"
#include "tcptable/filter/match.hpp"
#include "tcptable/filter/narrow.hpp"
#include "tcptable/filter/snapshot_facts.hpp"
#include "tcptable/habits/holders.hpp"
#include "tcptable/habits/rows.hpp"
#include "tcptable/habits/ss_layout.hpp"
#include "tcptable/output/names.hpp"
#include "tcptable/output/progress.hpp"

namespace tool {
namespace {

using tcptable::Endpoint;
using tcptable::Ipv6Only;
using tcptable::Protocol;
using tcptable::SocketRow;
using tcptable::State;
using tcptable::StateSet;

// By the state's number.
constexpr std::array<std::string_view, 14> kStates{
    "",       "ESTAB",      "SYN-SENT", "SYN-RECV", "FIN-WAIT-1", "FIN-WAIT-2", "TIME-WAIT",
    "UNCONN", "CLOSE-WAIT", "LAST-ACK", "LISTEN",   "CLOSING",    "",           "UNCONN"};

struct Request {
  tcptable::Query query;
  StateSet tcp_states;
  StateSet udp_states;
  filter::Expression filter;
  bool nothing_matches = false;  ///< As far as the filter tells.
  bool numeric = false;
  bool resolve = false;
  bool processes = false;
  bool header = true;
};

// False where a kind of socket is named that isn't known here.
bool choose_protocols(const HabitWords& words, tcptable::Query& query) {
  query.tcp = words.has(HabitOption::tcp);
  query.udp = words.has(HabitOption::udp);
  for (const std::string& list : words.values(HabitOption::family)) {
    for (std::string_view rest = list; !rest.empty();) {
      const std::string_view kind = rest.substr(0, rest.find(','));
      if (kind != "tcp" && kind != "udp") return false;
      query.tcp = query.tcp || kind == "tcp";
      query.udp = query.udp || kind == "udp";
      rest.remove_prefix(std::min(kind.size() + 1, rest.size()));
    }
  }
  return query.tcp || query.udp;
}

void choose_states(const HabitWords& words, Request& request) {
  if (words.has(HabitOption::all)) {
    request.tcp_states = request.udp_states = StateSet::all();
  } else if (words.has(HabitOption::listening)) {
    request.tcp_states = request.udp_states = {State::listen, State::close};
  } else {
    request.tcp_states = StateSet::all()
                             .without(State::listen)
                             .without(State::close)
                             .without(State::time_wait)
                             .without(State::syn_recv);
    request.udp_states = {State::established};
  }
  request.query.states = request.tcp_states;
}

// States that the filter names replace those of -a and -l, as in ss.
void choose_by_filter(Request& request) {
  if (filter::mentions(request.filter, filter::Key::state))
    request.query.states = request.tcp_states = request.udp_states = StateSet::all();
  tcptable::Query narrowed = request.query;
  request.nothing_matches = !filter::narrow(request.filter, narrowed);
  request.query.states = narrowed.states;
  request.query.owners = request.query.owners || narrowed.owners;
  if (filter::mentions(request.filter, filter::Key::state))
    request.tcp_states = request.udp_states = narrowed.states;
}

std::variant<Request, NotUnderstood> request_from(const HabitWords& words, filter::Expression filter) {
  Request request;
  request.filter = std::move(filter);
  if (!choose_protocols(words, request.query))
    return NotUnderstood{"-t, -u or both are needed, as sockets of other kinds are not known here"};
  choose_states(words, request);
  const bool ipv4 = words.has(HabitOption::ipv4);
  const bool ipv6 = words.has(HabitOption::ipv6);
  request.query.ipv4 = ipv4 || !ipv6;
  request.query.ipv6 = ipv6 || !ipv4;
  request.numeric = words.has(HabitOption::numeric);
  request.resolve = words.has(HabitOption::resolve);
  request.processes = request.query.owners = words.has(HabitOption::processes);
  request.header = !words.has(HabitOption::no_header);
  choose_by_filter(request);
  return request;
}

// Ports that the kernel gives out by itself have no name in ss, whatever /etc/services says.
class GivenPorts {
 public:
  GivenPorts() {
    std::ifstream range("/proc/sys/net/ipv4/ip_local_port_range");
    range >> first_ >> last_;
  }
  bool contains(std::uint16_t port) const { return first_ <= port && port <= last_; }

 private:
  unsigned first_ = 1;
  unsigned last_ = 0;
};

class RowWriter {
 public:
  RowWriter(const Request& request, const Holders* holders)
      : numbers_(false), services_(!request.numeric), hosts_(request.resolve), holders_(holders) {}

  SsRow operator()(const SocketRow& row) {
    return {std::string(to_string(row.protocol)),
            std::string(kStates[static_cast<std::size_t>(row.state)]),
            fmt::format("{:<6}", row.receive_queue),
            fmt::format("{:<6}", row.send_queue),
            host(row.local, row) + interface(row.interface) + ":",
            port(row.local.port, row.protocol),
            host(row.remote, row) + ":",
            port(row.remote.port, row.protocol),
            users(row)};
  }

 private:
  std::string host(Endpoint endpoint, const SocketRow& row) {
    endpoint.scope_id = 0;
    const bool is_ipv6 = endpoint.family == tcptable::Family::ipv6;
    if (is_ipv6 && is_unspecified(endpoint) && row.ipv6_only != Ipv6Only::yes) return "*";
    std::string text = hosts_.host(endpoint).text();
    return text.find(':') == text.npos ? text : "[" + text + "]";
  }

  static std::string interface(std::uint32_t index) {
    if (index == 0) return {};
    std::array<char, IF_NAMESIZE> name;
    if (if_indextoname(index, name.data()) == nullptr) return fmt::format("%if{}", index);
    return "%" + escape(name.data()).text();
  }

  std::string port(std::uint16_t number, Protocol protocol) {
    Names& names = given_.contains(number) ? numbers_ : services_;
    return names.port(number, protocol).text();
  }

  // The latest pid first, as ss has it.
  std::string users(const SocketRow& row) const {
    if (holders_ == nullptr) return {};
    const auto holders = holders_->of(row);
    std::string text;
    for (auto holder = holders.rbegin(); holder != holders.rend(); ++holder) {
      text += fmt::format("{}(\"{}\",pid={},fd={})", text.empty() ? "" : ",",
                          escape(holder->process->name).text(), holder->process->pid, holder->descriptor);
    }
    return text.empty() ? text : fmt::format(" users:({})", text);
  }

  GivenPorts given_;
  Names numbers_;
  Names services_;
  Names hosts_;
  const Holders* holders_;
};

ExitStatus show(const tcptable::Snapshot& snapshot, const Request& request) {
  std::optional<Holders> holders;
  if (request.processes) holders.emplace(snapshot);
  filter::SnapshotFacts facts(snapshot);
  const auto rows = habit_rows(snapshot, Protocol::udp, [&](const SocketRow& row) {
    facts.look_at(row);
    const StateSet& states = row.protocol == Protocol::tcp ? request.tcp_states : request.udp_states;
    return !request.nothing_matches && states.contains(row.state) && filter::matches(request.filter, facts);
  });
  SsLayout layout;
  if (request.query.tcp != request.query.udp) layout.hide(SsColumn::protocol);
  // One state goes without saying.
  const StateSet& states = request.query.tcp ? request.tcp_states : request.udp_states;
  if (std::popcount(states.mask()) == 1) layout.hide(SsColumn::state);
  RowWriter row_of(request, holders ? &*holders : nullptr);
  for (const SocketRow* row : rows) layout.add(row_of(*row));
  ChunkedOutput out = standard_output();
  layout.print(request.header, out);
  const ExitStatus status = after_writing(out.finish(), ExitStatus::found);
  if (holders && status == ExitStatus::found) say_what_is_hidden(rows, holders->unreadable());
  return status;
}

}  // namespace

ExitStatus run_ss(const HabitWords& words) {
  auto filter = filter_of(words.operands);
  if (!filter) return fail(filter.error().text, ExitStatus::usage);
  const auto request = request_from(words, std::move(*filter));
  if (const auto* wrong = std::get_if<NotUnderstood>(&request)) return not_understood(Imitation::ss, *wrong);
  const auto& understood = std::get<Request>(request);
  const auto snapshot = snapshot_with_progress(understood.query);
  return snapshot ? show(*snapshot, understood) : fail(snapshot.error());
}

}  // namespace tool
