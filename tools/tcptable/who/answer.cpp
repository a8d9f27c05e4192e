// SPDX-License-Identifier: MIT
// Rows sorted into their roles; processes read one by one.
#include "tcptable/who/answer.hpp"

#include <algorithm>
#include <map>

#include "tcptable/filter/endpoint_pattern.hpp"
#include "tcptable/who/server.hpp"

namespace tool::who {
namespace {

using tcptable::Process;
using tcptable::SocketRow;
using tcptable::State;

constexpr int kLongestChain = 32;

bool is_server(const SocketRow& row) {
  if (row.protocol == tcptable::Protocol::udp) return row.remote.port == 0;
  return row.state == State::listen || row.state == State::bound ||
         (row.state == State::close && row.remote.port == 0);
}

// 0.0.0.0 or ::
bool is_any_address(const filter::Prefix& prefix) {
  return std::all_of(prefix.address.begin(), prefix.address.end(), [](auto byte) { return byte == 0; });
}

// Would a bind() to the place meet this one? One of 0.0.0.0 or :: stands in the way of every address, and the
// other way round.
bool is_in_the_way(const SocketRow& row, const filter::EndpointPattern& place) {
  if (!place.prefix || filter::fits(place, row.local)) return true;
  const tcptable::Family family = place.prefix->family;
  if (is_any_address(*place.prefix))
    return row.local.family == family || family == tcptable::Family::ipv6 || takes_any_address(row, family);
  return takes_any_address(row, family);
}

// What stands behind an option in arguments that NUL ends: "-port\0" "80\0".
std::string_view behind(std::string_view arguments, std::string_view option) {
  const std::string wanted = '\0' + std::string(option) + '\0';
  const std::size_t at = arguments.find(wanted);
  if (at == arguments.npos) return {};
  arguments.remove_prefix(at + wanted.size());
  return arguments.substr(0, arguments.find('\0'));
}

}  // namespace

Answer answer_from(const tcptable::Snapshot& snapshot, const filter::EndpointPattern& pattern) {
  Answer answer;
  const filter::EndpointPattern port{std::nullopt, pattern.ports};
  const filter::EndpointPattern& ends = pattern.prefix && is_any_address(*pattern.prefix) ? port : pattern;
  for (const SocketRow& row : snapshot.rows()) {
    if (is_server(row)) {
      if (filter::fits(port, row.local) && is_in_the_way(row, pattern)) answer.servers.push_back(&row);
    } else if (filter::fits(ends, row.local)) {
      answer.accepted.push_back(&row);
    } else if (row.remote.port != 0 && filter::fits(ends, row.remote)) {
      answer.outgoing.push_back(&row);
    }
  }
  return answer;
}

std::vector<Share> shares_of(const tcptable::Snapshot& snapshot, const std::vector<const SocketRow*>& rows) {
  std::map<const Process*, std::uint32_t> counts;
  for (const SocketRow* row : rows) ++counts[snapshot.owner(*row)];
  std::vector<Share> shares;
  for (const auto& [process, sockets] : counts) shares.push_back({process, sockets});
  std::sort(shares.begin(), shares.end(), [](const Share& a, const Share& b) {
    const auto pid = [](const Share& share) { return share.process != nullptr ? share.process->pid : 0; };
    return a.sockets != b.sockets ? a.sockets > b.sockets : pid(a) < pid(b);
  });
  return shares;
}

const std::optional<ProcessReader::Ancestor>& ProcessReader::ancestor(std::int32_t pid) {
  const auto [at, is_new] = ancestors_.try_emplace(pid);
  if (!is_new) return at->second;
  const auto description = tcptable::describe_process(pid);
  if (description) at->second = Ancestor{description->process, description->parent};
  return at->second;
}

std::vector<Process> ProcessReader::parents_of(const tcptable::ProcessDescription& description) {
  std::vector<Process> parents;
  for (std::int32_t pid = description.parent; pid > 0 && parents.size() < kLongestChain;) {
    const auto& parent = ancestor(pid);
    if (!parent) break;
    parents.push_back(parent->process);
    pid = parent->parent;
  }
  return parents;
}

Holder ProcessReader::describe(const Process& process) {
  Holder holder{process, {}, {}, {}, {}, {}};
  auto description = tcptable::describe_process(process.pid);
  if (!description || description->process.start_time != process.start_time) return holder;
  if (auto arguments = tcptable::command_line_of(process)) holder.arguments = std::move(*arguments);
  holder.parents = parents_of(*description);
  if (description->executable)
    holder.forwards_to = forwarded_to(description->executable->path, holder.arguments);
  if (holder.forwards_to) holder.served_by = server_at(*holder.forwards_to);
  holder.description = std::move(*description);
  return holder;
}

std::optional<std::string> forwarded_to(std::string_view executable, std::string_view arguments) {
  const std::string_view name = executable.substr(executable.rfind('/') + 1);
  if (name != "docker-proxy") return std::nullopt;
  const std::string_view address = behind(arguments, "-container-ip");
  const std::string_view port = behind(arguments, "-container-port");
  if (address.empty() || port.empty()) return std::nullopt;
  const bool is_ipv6 = address.find(':') != address.npos;
  const std::string host = is_ipv6 ? "[" + std::string(address) + "]" : std::string(address);
  return host + ":" + std::string(port);
}

}  // namespace tool::who
