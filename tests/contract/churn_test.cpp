// SPDX-License-Identifier: MIT
// The bpf backend under connections that come and go as fast as they can, on hash chains so long that the
// kernel's own dump misses three sockets in each table.

#include <cstdlib>
#include <deque>
#include <map>
#include <memory>
#include <thread>

#include "contract/snapshot_fixture.hpp"
#include "support/child_process.hpp"
#include "support/network_namespace.hpp"
#include "support/sockets.hpp"

namespace tcptable::test {
namespace {

constexpr int kHolders = 4;
constexpr int kConnectionsEach = 1000;
constexpr std::size_t kRowsEach = 2 * kConnectionsEach + 1;
constexpr int kChurners = 2;
constexpr std::size_t kKeptByChurner = 64;
constexpr std::uint16_t kPort = 4000;

// TCPTABLE_CHURN_TABLES asks for more than a quick run takes.
int tables_to_take() {
  const char* wanted = std::getenv("TCPTABLE_CHURN_TABLES");
  return wanted == nullptr ? 25 : std::atoi(wanted);
}

Endpoint address_of(int index) {
  return endpoint("127.0.1." + std::to_string(index + 1), kPort);
}

bool is_of(const SocketRow& row, int index) {
  const Endpoint server = address_of(index);
  return row.local.address == server.address || row.remote.address == server.address;
}

// Holds connections to an address of its own until it is killed.
std::unique_ptr<Child> start_holder(int index) {
  return std::make_unique<Child>([index]() -> std::string {
    static std::vector<Connection> connections;
    static Fd listener = listen_on(address_of(index));
    for (int i = 0; i < kConnectionsEach; ++i) connections.push_back(make_connection(listener));
    return "";
  });
}

void close_at_once(const Fd& socket) {
  const linger none{1, 0};
  ::setsockopt(socket.get(), SOL_SOCKET, SO_LINGER, &none, sizeof none);
}

// Connects until it is killed, closes all but the last connections, and leaves no TIME_WAIT behind.
std::unique_ptr<Child> start_churner(int index) {
  return std::make_unique<Child>([index]() -> std::string {
    static Fd listener = listen_on(address_of(kHolders + index));
    std::thread([] {
      std::deque<Connection> last;
      for (;;) {
        last.push_back(make_connection(listener));
        if (last.size() <= kKeptByChurner) continue;
        close_at_once(last.front().client);
        close_at_once(last.front().server);
        last.pop_front();
      }
    }).detach();
    return "";
  });
}

class Churn : public InOwnNamespace {
 protected:
  void SetUp() override {
    InOwnNamespace::SetUp();
    if (IsSkipped()) return;
    if (!allow_descriptors(kRowsEach + 64)) GTEST_SKIP() << "needs a hard RLIMIT_NOFILE of 2065";
    if (const auto reason = enter_small_network_namespace()) GTEST_SKIP() << *reason;
    if (!take_snapshot(query())) GTEST_SKIP() << "needs CAP_BPF, CAP_PERFMON, Linux 6.2 and its BTF";
    for (int i = 0; i < kHolders; ++i) holders_.push_back(start_holder(i));
    for (int i = 0; i < kChurners; ++i) churners_.push_back(start_churner(i));
  }

  static Query query() { return what_can_be_listed(Query()); }

  // What is wrong with the rows of one process's lasting sockets, if anything.
  std::string faults_in(const Snapshot& snapshot, int index) const {
    std::map<std::string, int> seen;
    std::size_t misattributed = 0;
    for (const SocketRow& row : snapshot.rows()) {
      if (!is_of(row, index)) continue;
      ++seen[describe(row.local) + describe(row.remote)];
      const Process* owner = snapshot.owner(row);
      if (owner == nullptr || owner->pid != holders_[static_cast<std::size_t>(index)]->pid()) ++misattributed;
    }
    std::size_t repeated = 0;
    for (const auto& [ends, times] : seen) repeated += times > 1 ? 1 : 0;
    if (seen.size() == kRowsEach && repeated == 0 && misattributed == 0) return {};
    return std::to_string(seen.size()) + " rows, " + std::to_string(repeated) + " repeated, " +
           std::to_string(misattributed) + " misattributed";
  }

  const ForcedBackend forced_{"bpf"};
  std::vector<std::unique_ptr<Child>> holders_;
  std::vector<std::unique_ptr<Child>> churners_;
};

TEST_F(Churn, NoSocketThatStaysIsMissedRepeatedOrMisattributed) {
  for (int table = 0; table < tables_to_take(); ++table) {
    const Snapshot snapshot = snapshot_of(query());
    for (int i = 0; i < kHolders; ++i) ASSERT_EQ(faults_in(snapshot, i), "") << "table " << table;
  }
}

TEST_F(Churn, ASocketThatComesAndGoesIsItsOwnProcessesOrNobodys) {
  std::size_t owned = 0;
  for (int table = 0; table < tables_to_take(); ++table) {
    const Snapshot snapshot = snapshot_of(query());
    for (const SocketRow& row : snapshot.rows()) {
      const Process* owner = snapshot.owner(row);
      if (owner == nullptr || row.state == State::listen) continue;
      for (int i = 0; i < kChurners; ++i) {
        if (!is_of(row, kHolders + i)) continue;
        ASSERT_EQ(owner->pid, churners_[static_cast<std::size_t>(i)]->pid()) << describe(row.local);
        ++owned;
      }
    }
  }
  EXPECT_GT(owned, 0U);
}

}  // namespace
}  // namespace tcptable::test
