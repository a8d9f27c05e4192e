// SPDX-License-Identifier: MIT
// Options, one snapshot, the descriptors that match, exit status.
#include "tcptable/habits/lsof.hpp"

#include <fmt/format.h>

#include <charconv>
#include <set>

#include "tcptable/habits/lsof_output.hpp"
#include "tcptable/habits/lsof_selection.hpp"
#include "tcptable/habits/rows.hpp"
#include "tcptable/output/progress.hpp"

namespace tool {
namespace {

using tcptable::SocketRow;

struct Request {
  std::vector<InternetAddress> addresses;  ///< At least one.
  StateChoice states;
  std::optional<std::set<std::int32_t>> pids;  ///< nullopt for all.
  LsofStyle style;
};

template <typename Number>
std::optional<Number> number_in(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<NotUnderstood> add_pids(std::string_view text, Request& request) {
  if (!request.pids) request.pids.emplace();
  while (!text.empty()) {
    const std::string_view one = text.substr(0, text.find(','));
    text.remove_prefix(std::min(one.size() + 1, text.size()));
    const auto pid = number_in<std::int32_t>(one);
    if (!pid) return NotUnderstood{fmt::format("-p: no pid {}", one)};
    request.pids->insert(*pid);
  }
  return std::nullopt;
}

std::optional<NotUnderstood> set_selection(const HabitWords& words, Request& request) {
  if (!words.operands.empty())
    return NotUnderstood{fmt::format("the file {}: only sockets are known here", words.operands.front())};
  if (!words.has(HabitOption::internet))
    return NotUnderstood{"-i is needed, as files of other kinds are not known here"};
  if (words.has(HabitOption::pid) && !words.has(HabitOption::all_of))
    return NotUnderstood{"-p without -a lists files of every kind, and only sockets are known here"};
  const bool resolve = words.has(HabitOption::resolve);
  for (const std::string& text : words.values(HabitOption::internet)) {
    auto address = parse_internet_address(text, resolve);
    if (auto* wrong = std::get_if<NotUnderstood>(&address)) return std::move(*wrong);
    request.addresses.push_back(std::get<InternetAddress>(std::move(address)));
  }
  for (const std::string& text : words.values(HabitOption::state)) {
    if (auto wrong = add_states(text, request.states)) return wrong;
  }
  for (const std::string& text : words.values(HabitOption::pid)) {
    if (auto wrong = add_pids(text, request)) return wrong;
  }
  return std::nullopt;
}

std::optional<NotUnderstood> set_style(const HabitWords& words, LsofStyle& style) {
  style.terse = words.has(HabitOption::terse);
  style.numeric_ports = words.has(HabitOption::numeric_ports);
  style.numeric_users = words.has(HabitOption::numeric_users);
  style.resolve = words.has(HabitOption::resolve) && !words.has(HabitOption::numeric_hosts);
  for (const std::string& fields : words.values(HabitOption::fields)) {
    const std::size_t unknown = fields.find_first_not_of(kLsofFields);
    if (unknown != fields.npos) return NotUnderstood{fmt::format("-F: no field {}", fields[unknown])};
    style.fields += fields;
  }
  for (const std::string& width : words.values(HabitOption::command_width)) {
    const auto number = number_in<std::uint16_t>(width);
    if (!number) return NotUnderstood{fmt::format("+c {}: no number", width)};
    style.command_width = *number;
  }
  return std::nullopt;
}

tcptable::Query query_for(const Request& request) {
  tcptable::Query query;
  query.udp = matches(request.states, [] {
    SocketRow udp;
    udp.protocol = tcptable::Protocol::udp;
    return udp;
  }());
  return query;
}

class Search {
 public:
  Search(const tcptable::Snapshot& snapshot, const Request& request) : request_(request), holders_(snapshot) {
    is_found_.resize(request.addresses.size());
    for (const SocketRow& row : snapshot.rows()) {
      if (matches(request.states, row)) take(row);
    }
    std::sort(sockets_.begin(), sockets_.end(), [](const OpenSocket& a, const OpenSocket& b) {
      return std::tie(a.holder.process->pid, a.holder.descriptor) <
             std::tie(b.holder.process->pid, b.holder.descriptor);
    });
  }

  std::span<const OpenSocket> sockets() const { return sockets_; }
  const HabitRows& asked_for() const { return asked_for_; }
  std::size_t unreadable() const { return holders_.unreadable(); }

  /// Each -i matched something, and each -p names a process.
  bool found_all() const {
    const bool all_addresses = std::find(is_found_.begin(), is_found_.end(), false) == is_found_.end();
    return all_addresses &&
           (!request_.pids || std::all_of(request_.pids->begin(), request_.pids->end(), exists));
  }

 private:
  static bool exists(std::int32_t pid) { return tcptable::describe_process(pid).has_value(); }

  void take(const SocketRow& row) {
    std::vector<Holder> wanted;
    for (const Holder& holder : holders_.of(row)) {
      if (!request_.pids || request_.pids->contains(holder.process->pid)) wanted.push_back(holder);
    }
    bool is_asked_for = false;
    for (std::size_t i = 0; i < request_.addresses.size(); ++i) {
      if (!matches(request_.addresses[i], row)) continue;
      is_asked_for = true;
      if (!wanted.empty()) is_found_[i] = true;
    }
    if (!is_asked_for) return;
    asked_for_.push_back(&row);
    for (const Holder& holder : wanted) sockets_.push_back({holder, &row});
  }

  const Request& request_;
  Holders holders_;
  std::vector<bool> is_found_;
  std::vector<OpenSocket> sockets_;
  HabitRows asked_for_;
};

ExitStatus show(const tcptable::Snapshot& snapshot, const Request& request) {
  const Search search(snapshot, request);
  ChunkedOutput out = standard_output();
  if (!search.sockets().empty()) print_lsof(search.sockets(), request.style, out);
  const ExitStatus found = search.found_all() ? ExitStatus::found : ExitStatus::nothing;
  const ExitStatus status = after_writing(out.finish(), found);
  if (status == found) say_what_is_hidden(search.asked_for(), search.unreadable());
  return status;
}

}  // namespace

ExitStatus run_lsof(const HabitWords& words) {
  Request request;
  auto wrong = set_selection(words, request);
  if (!wrong) wrong = set_style(words, request.style);
  if (wrong) return not_understood(Imitation::lsof, *wrong);
  const auto snapshot = snapshot_with_progress(query_for(request));
  return snapshot ? show(*snapshot, request) : fail(snapshot.error());
}

}  // namespace tool
