// SPDX-License-Identifier: MIT
// The facts are read anew each time: a socket or process that has gone is said to have gone.
#include "tcptable/top/details.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "tcptable/output/place.hpp"
#include "tcptable/output/quantity.hpp"
#include "tcptable/top/tcp_details.hpp"

namespace tool::top {
namespace {

using tcptable::Errc;
using tcptable::Error;
using tcptable::Process;
using tcptable::Result;
using tcptable::SocketRow;

Result<OwnerFacts> read_owner(const Process& owner) {
  auto description = tcptable::describe_process(owner.pid);
  if (!description) return tl::unexpected(description.error());
  if (description->process.start_time != owner.start_time)
    return tl::unexpected(Error{Errc::not_found, tcptable::Step::read_process, 0});
  OwnerFacts facts{std::move(*description), tcptable::command_line_of(owner), std::nullopt};
  if (facts.description.parent != 0) {
    const auto parent = tcptable::describe_process(facts.description.parent);
    if (parent) facts.parent = parent->process;
  }
  return facts;
}

std::string end_text(const tcptable::Endpoint& endpoint) {
  return endpoint.port == 0 && is_unspecified(endpoint) ? "" : place_text(endpoint);
}

std::string error_words(const Error& error) {
  switch (error.code) {
    case Errc::not_found:
      return "it has gone";
    case Errc::not_permitted:
      return "not permitted";
    default:
      return to_string(error);
  }
}

// The arguments with spaces between; what ends each is a NUL.
std::string joined(std::string arguments) {
  if (!arguments.empty() && arguments.back() == '\0') arguments.pop_back();
  std::replace(arguments.begin(), arguments.end(), '\0', ' ');
  return arguments;
}

void add(std::vector<Detail>& details, Label label, std::string_view value) {
  details.push_back({label, escape(value.empty() ? "-" : value)});
}

void add_row(std::vector<Detail>& details, const SocketRow& row, Names& names) {
  add(details, "protocol", to_string(row.protocol));
  add(details, "state", state_word(row));
  add(details, "local", end_text(row.local));
  add(details, "remote", end_text(row.remote));
  details.push_back({"user", names.user(row.uid)});
  add(details, "uid", row.uid ? std::to_string(*row.uid) : "");
  add(details, "receive queue", std::to_string(row.receive_queue));
  add(details, "send queue", std::to_string(row.send_queue));
  add(details, "interface", row.interface != 0 ? std::to_string(row.interface) : "");
  add(details, "inode", row.inode != 0 ? std::to_string(row.inode) : "");
  add(details, "cookie", row.cookie != 0 ? std::to_string(row.cookie) : "");
}

std::string executable_text(const Result<tcptable::Executable>& executable) {
  if (!executable) return error_words(executable.error());
  return executable->path + (executable->deleted ? " (deleted)" : "");
}

void add_owner(std::vector<Detail>& details, const OwnerFacts& owner) {
  const tcptable::ProcessDescription& described = owner.description;
  const auto named = [](const Process& process) { return fmt::format("{} ({})", process.name, process.pid); };
  add(details, "process", named(described.process));
  add(details, "executable",
      described.kernel_thread ? "none: a thread of the kernel" : executable_text(described.executable));
  add(details, "command line",
      owner.command_line ? joined(*owner.command_line) : error_words(owner.command_line.error()));
  add(details, "parent",
      owner.parent ? named(*owner.parent) : std::string(described.parent != 0 ? "it has gone" : "none"));
  const auto& names = described.names;
  add(details, "unit", names.user_unit.empty() ? names.unit : names.user_unit);
  add(details, "container", names.container);
  add(details, "started", time_text(started_at(described.process)));
}

}  // namespace

SocketFacts read_facts(const SocketRow& row, const Process* owner) {
  SocketFacts facts{row, tcptable::inspect_socket(tcptable::key_of(row)), std::nullopt};
  if (owner != nullptr) facts.owner = read_owner(*owner);
  return facts;
}

std::vector<Detail> details_of(const SocketFacts& facts, Names& names) {
  std::vector<Detail> details;
  SocketRow row = facts.row;
  if (facts.now) {
    row = facts.now->row;
    if (!row.uid) row.uid = facts.row.uid;
  }
  add_row(details, row, names);
  if (!facts.owner) {
    add(details, "process", fmt::format("none known: {}", to_string(facts.row.owner_status)));
  } else if (!*facts.owner) {
    add(details, "process", error_words(facts.owner->error()));
  } else {
    add_owner(details, **facts.owner);
  }
  if (!facts.now) {
    add(details, "the kernel says", error_words(facts.now.error()));
  } else if (facts.now->tcp_info) {
    add_tcp_info(details, *facts.now->tcp_info);
  }
  return details;
}

}  // namespace tool::top
