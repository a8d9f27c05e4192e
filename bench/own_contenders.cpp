// SPDX-License-Identifier: MIT
#include <tcptable/tcptable.hpp>

#include <cstdlib>

#include "bench/contender.hpp"

namespace bench {
namespace {

std::optional<Answer> snapshot(bool owners) {
  tcptable::Query query;
  query.ipv6 = false;
  query.owners = owners;
  const auto taken = tcptable::take_snapshot(query);
  if (!taken) return std::nullopt;
  Answer answer;
  if (owners) answer.by_owner.emplace();
  for (const tcptable::SocketRow& row : taken->rows()) {
    if (row.state != tcptable::State::established) continue;
    ++answer.established;
    const tcptable::Process* owner = taken->owner(row);
    if (owners) ++(*answer.by_owner)[owner != nullptr ? owner->pid : 0];
  }
  return answer;
}

// STATE LOCAL PORT REMOTE PORT PROCESS PID USER WORKLOAD
pid_t pid_in_tool_line(const std::string& line) {
  std::size_t at = 0;
  for (int field = 0; field < 6; ++field) {
    at = line.find_first_not_of(' ', line.find(' ', at));
    if (at == std::string::npos) return 0;
  }
  return std::atoi(line.c_str() + at);
}

}  // namespace

std::vector<Contender> own_contenders() {
  return {
      {"take_snapshot without owners", [] { return snapshot(false); }},
      {"take_snapshot with owners", [] { return snapshot(true); }},
      get_tcp_table2(),
      program("tcptable -4 (process)", TCPTABLE_TOOL " -4 2>/dev/null", {"established ", pid_in_tool_line})};
}

}  // namespace bench
