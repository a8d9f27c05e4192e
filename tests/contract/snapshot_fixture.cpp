// SPDX-License-Identifier: MIT
#include "contract/snapshot_fixture.hpp"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <stdexcept>
#include <string_view>

#include "support/network_namespace.hpp"

namespace tcptable::test {
namespace {

constexpr const char* kVariable = "TCPTABLE_BACKEND";

}  // namespace

void InOwnNamespace::SetUp() {
  if (const auto reason = enter_network_namespace()) GTEST_SKIP() << *reason;
}

namespace {

// Why the backend can't be tried here, if it can't.
std::optional<std::string> reason_against(std::string_view backend) {
  if (const auto reason = enter_network_namespace()) return reason;
  if (backend != "bpf") return std::nullopt;
  const ForcedBackend forced("bpf");
  const auto counted = count_sockets(what_can_be_listed(Query()));
  if (counted) return std::nullopt;
  return "needs CAP_BPF, CAP_PERFMON, Linux 6.2 and its BTF: " + to_string(counted.error());
}

}  // namespace

void WithEachBackend::SetUp() {
  if (const auto reason = reason_against(GetParam())) GTEST_SKIP() << *reason;
  ::setenv(kVariable, GetParam(), 1);
}

void WithEachBackend::TearDown() {
  ::unsetenv(kVariable);
}

std::string backend_of(const ::testing::TestParamInfo<const char*>& info) {
  return info.param;
}

Query everything() {
  Query query;
  query.udp = true;
  return query;
}

ForcedBackend::ForcedBackend(const char* name) {
  ::setenv(kVariable, name, 1);
}
ForcedBackend::~ForcedBackend() {
  ::unsetenv(kVariable);
}

Query what_can_be_listed(Query query) {
  const char* backend = std::getenv(kVariable);
  if (backend != nullptr && std::string_view(backend) == "bpf")
    query.udp = query.cookies = query.ages = query.tcp_info = false;
  return query;
}

Snapshot snapshot_of(const Query& wanted) {
  const Query query = what_can_be_listed(wanted);
  auto snapshot = take_snapshot(query);
  if (!snapshot) throw std::runtime_error(to_string(snapshot.error()));
  return std::move(*snapshot);
}

const SocketRow* find_row(const Snapshot& snapshot, const Endpoint& local, const Endpoint& remote) {
  const auto rows = snapshot.rows();
  const auto found = std::find_if(rows.begin(), rows.end(), [&](const SocketRow& row) {
    return row.local == local && row.remote == remote;
  });
  return found == rows.end() ? nullptr : &*found;
}

std::string describe(const Endpoint& endpoint) {
  return "[" + address_text(endpoint) + "]:" + std::to_string(endpoint.port);
}

std::vector<std::string> describe_rows(const Snapshot& snapshot) {
  std::vector<std::string> lines;
  for (const SocketRow& row : snapshot.rows()) {
    std::string line(to_string(row.protocol));
    line += " " + std::string(to_string(row.state));
    line += " " + describe(row.local) + " " + describe(row.remote);
    line += " uid " + (row.uid ? std::to_string(*row.uid) : "unknown");
    line += " inode " + std::to_string(row.inode);
    lines.push_back(std::move(line));
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

}  // namespace tcptable::test
