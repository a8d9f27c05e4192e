// SPDX-License-Identifier: MIT
#include <tcptable/tcptable.hpp>

#include <cstdlib>

#include "bench/contender.hpp"

namespace bench {
namespace {

tcptable::Result<tcptable::Snapshot> take_snapshot(bool owners) {
  tcptable::Query query;
  query.ipv6 = false;
  query.owners = owners;
  return tcptable::take_snapshot(query);
}

std::optional<Answer> answer(bool owners) {
  const auto taken = take_snapshot(owners);
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
      {"take_snapshot without owners", [] { return answer(false); },
       [] { return take_snapshot(false).has_value(); }},
      {"take_snapshot with owners", [] { return answer(true); },
       [] { return take_snapshot(true).has_value(); }},
      get_tcp_table2(),
      program("tcptable -4 (process)", TCPTABLE_TOOL " -4 2>/dev/null", {"established ", pid_in_tool_line})};
}

}  // namespace bench
