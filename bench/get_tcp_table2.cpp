// SPDX-License-Identifier: MIT
#include <iphlpapi.h>

#include <cstdlib>
#include <memory>

#include "bench/contender.hpp"

namespace bench {
namespace {

struct Free {
  void operator()(MIB_TCPTABLE2* table) const { std::free(table); }
};
using Table = std::unique_ptr<MIB_TCPTABLE2, Free>;

Table both_calls() {
  ULONG size = 0;
  Table table;
  ULONG code = GetTcpTable2(nullptr, &size, TRUE);
  while (code == ERROR_INSUFFICIENT_BUFFER) {
    table.reset(static_cast<MIB_TCPTABLE2*>(std::malloc(size)));
    code = GetTcpTable2(table.get(), &size, TRUE);
  }
  if (code != NO_ERROR) table.reset();
  return table;
}

std::optional<Answer> answer() {
  const Table table = both_calls();
  if (table == nullptr) return std::nullopt;
  Answer answer;
  answer.by_owner.emplace();
  const MIB_TCPROW2* const rows = table->table;
  for (DWORD i = 0; i < table->dwNumEntries; ++i) {
    if (rows[i].dwState != MIB_TCP_STATE_ESTAB) continue;
    ++answer.established;
    ++(*answer.by_owner)[static_cast<pid_t>(rows[i].dwOwningPid)];
  }
  return answer;
}

}  // namespace

Contender get_tcp_table2() {
  return {"GetTcpTable2, both calls", answer, [] { return both_calls() != nullptr; }};
}

}  // namespace bench
