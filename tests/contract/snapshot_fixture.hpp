// SPDX-License-Identifier: MIT
// What the contract tests share: a network namespace of their own, a forced backend, and the search for a
// row.
#pragma once

#include <gtest/gtest.h>

#include <tcptable/tcptable.hpp>

#include <string>
#include <vector>

namespace tcptable::test {

/// Each test sees the sockets of its own namespace only.
class InOwnNamespace : public ::testing::Test {
 protected:
  void SetUp() override;
};

/// The same, once for each backend.
class WithEachBackend : public ::testing::TestWithParam<const char*> {
 protected:
  void SetUp() override;
  void TearDown() override;
};

/// Names a test instance after its backend.
std::string backend_of(const ::testing::TestParamInfo<const char*>& info);

/// Everything that a query can ask for, states that no classic table lists left out.
Query everything();

/// Sets TCPTABLE_BACKEND for as long as it lives.
class ForcedBackend {
 public:
  explicit ForcedBackend(const char* name);
  ForcedBackend(const ForcedBackend&) = delete;
  ForcedBackend& operator=(const ForcedBackend&) = delete;
  ~ForcedBackend();
};

/// The query without what the forced backend can't list: bpf has no UDP, no cookies, no ages and no TCP_INFO.
Query what_can_be_listed(Query query);

/// The snapshot of what can be listed, or an exception with the error's text.
Snapshot snapshot_of(const Query& query);

/// The row with these endpoints, or nullptr.
const SocketRow* find_row(const Snapshot& snapshot, const Endpoint& local, const Endpoint& remote);

/// One line a row, sorted: protocol, state, endpoints, uid and inode. What both backends must tell alike.
std::vector<std::string> describe_rows(const Snapshot& snapshot);

/// "[address]:port"
std::string describe(const Endpoint& endpoint);

}  // namespace tcptable::test
