// SPDX-License-Identifier: MIT
// The bpf backend under connections that come and go as fast as they can, on hash chains so long that the
// kernel's own dump misses three sockets in each table. 10,000 connections stay: of 20 processes, some with a
// fork that has them too, some with half of each sent to another process.
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <deque>
#include <memory>
#include <stdexcept>
#include <thread>
#include <unordered_map>

#include "contract/snapshot_fixture.hpp"
#include "support/child_process.hpp"
#include "support/descriptor_passing.hpp"
#include "support/network_namespace.hpp"
#include "support/sockets.hpp"

namespace tcptable::test {
namespace {

constexpr int kHolders = 20;
constexpr int kConnectionsEach = 500;
constexpr std::size_t kRowsEach = 2 * kConnectionsEach + 1;
constexpr int kChurners = 2;
constexpr std::size_t kKeptByChurner = 64;
constexpr std::uint16_t kPort = 4000;

enum class Keeping { alone, with_a_fork, half_sent_away };

Keeping keeping_of(int holder) {
  constexpr Keeping kTurns[] = {Keeping::alone, Keeping::alone, Keeping::with_a_fork,
                                Keeping::half_sent_away};
  return kTurns[holder % std::size(kTurns)];
}

// TCPTABLE_CHURN_TABLES asks for more than a quick run takes.
int tables_to_take() {
  const char* wanted = std::getenv("TCPTABLE_CHURN_TABLES");
  return wanted == nullptr ? 25 : std::atoi(wanted);
}

Endpoint address_of(int index) {
  return endpoint("127.0.1." + std::to_string(index + 1), kPort);
}

// The holder or churner whose address it has at one end, or -1.
int index_of(const SocketRow& row) {
  for (const Endpoint& end : {row.local, row.remote}) {
    const auto& address = end.address;
    if (end.port == kPort && address[0] == 127 && address[2] == 1) return address[3] - 1;
  }
  return -1;
}

bool is_servers_end(const SocketRow& row) {
  return row.local.port == kPort && row.state != State::listen;
}

// Takes that many sockets and tells when it has them; the socket pair outlives the test's part of it.
std::unique_ptr<Child> start_receiver(int through) {
  return std::make_unique<Child>([through]() -> std::string {
    std::thread([through] {
      static std::vector<Fd> received;
      for (int i = 0; i < kConnectionsEach; ++i) received.push_back(receive_descriptor(through));
      send_descriptor(through, received.front().get());
    }).detach();
    return "";
  });
}

void send_servers_ends(std::vector<Connection>& connections, int through) {
  for (Connection& connection : connections) {
    send_descriptor(through, connection.server.get());
    connection.server.reset();
  }
  receive_descriptor(through).reset();
}

// Another process that has all descriptors, and ends with this one. Made late, when nobody waits any more for
// the end of what this process reports.
void fork_later() {
  std::thread([] {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    if (check(::fork(), "fork") != 0) return;
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (;;) ::pause();
  }).detach();
}

// Holds connections to an address of its own until it is killed; some of their server's ends another process
// does.
struct Holder {
  explicit Holder(int index) {
    if (keeping_of(index) == Keeping::half_sent_away) receiver = start_receiver(pair.there.get());
    process = std::make_unique<Child>([this, index]() -> std::string {
      static std::vector<Connection> connections;
      static Fd listener = listen_on(address_of(index));
      for (int i = 0; i < kConnectionsEach; ++i) connections.push_back(make_connection(listener));
      if (keeping_of(index) == Keeping::with_a_fork) fork_later();
      if (receiver != nullptr) send_servers_ends(connections, pair.here.get());
      return "";
    });
    if (!process->report().empty()) throw std::runtime_error(process->report());
  }

  UnixPair pair = make_unix_pair();
  std::unique_ptr<Child> receiver;
  std::unique_ptr<Child> process;
};

void close_at_once(const Fd& socket) {
  const linger none{1, 0};
  ::setsockopt(socket.get(), SOL_SOCKET, SO_LINGER, &none, sizeof none);
}

// How many connections all churners have made.
std::atomic<std::uint64_t>& connections_made() {
  static auto* const shared = new (::mmap(nullptr, sizeof(std::atomic<std::uint64_t>), PROT_READ | PROT_WRITE,
                                          MAP_SHARED | MAP_ANONYMOUS, -1, 0)) std::atomic<std::uint64_t>(0);
  return *shared;
}

// Connects until it is killed, closes all but the last connections, and leaves no TIME_WAIT behind.
std::unique_ptr<Child> start_churner(int index) {
  return std::make_unique<Child>([index]() -> std::string {
    static Fd listener = listen_on(address_of(kHolders + index));
    std::thread([] {
      std::deque<Connection> last;
      for (;;) {
        last.push_back(make_connection(listener));
        ++connections_made();
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
    if (!allow_descriptors(kRowsEach + 64)) GTEST_SKIP() << "needs a hard RLIMIT_NOFILE of 1065";
    if (const auto reason = enter_small_network_namespace()) GTEST_SKIP() << *reason;
    if (!take_snapshot(query())) GTEST_SKIP() << "needs CAP_BPF, CAP_PERFMON, Linux 6.2 and its BTF";
    for (int i = 0; i < kHolders; ++i) holders_.push_back(std::make_unique<Holder>(i));
    connections_made();
    for (int i = 0; i < kChurners; ++i) churners_.push_back(start_churner(i));
    began_ = std::chrono::steady_clock::now();
  }

  void TearDown() override {
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began_;
    RecordProperty("connections_per_second",
                   static_cast<int>(static_cast<double>(connections_made()) / took.count()));
    RecordProperty("tables", tables_to_take());
  }

  static Query query() { return what_can_be_listed(Query()); }

  pid_t keeper_of(const SocketRow& row) const {
    const Holder& holder = *holders_[static_cast<std::size_t>(index_of(row))];
    return holder.receiver != nullptr && is_servers_end(row) ? holder.receiver->pid() : holder.process->pid();
  }

  // What is wrong with the rows of the sockets that last, if anything.
  std::string faults_in(const Snapshot& snapshot) const {
    std::unordered_map<std::uint64_t, int> seen;
    std::size_t misattributed = 0;
    std::size_t wrong_state = 0;
    for (const SocketRow& row : snapshot.rows()) {
      const int index = index_of(row);
      if (index < 0 || index >= kHolders) continue;
      ++seen[std::uint64_t(index) << 32 | std::uint64_t(row.local.port) << 16 | row.remote.port];
      const Process* owner = snapshot.owner(row);
      if (owner == nullptr || owner->pid != keeper_of(row)) ++misattributed;
      if (row.state != State::established && row.state != State::listen) ++wrong_state;
    }
    std::size_t repeated = 0;
    for (const auto& [ends, times] : seen) repeated += times > 1 ? 1 : 0;
    if (seen.size() == kHolders * kRowsEach && repeated + misattributed + wrong_state == 0) return {};
    return std::to_string(seen.size()) + " rows, " + std::to_string(repeated) + " repeated, " +
           std::to_string(misattributed) + " misattributed, " + std::to_string(wrong_state) +
           " in a wrong state";
  }

  const ForcedBackend forced_{"bpf"};
  std::chrono::steady_clock::time_point began_;
  std::vector<std::unique_ptr<Holder>> holders_;
  std::vector<std::unique_ptr<Child>> churners_;
};

TEST_F(Churn, NoSocketThatStaysIsMissedRepeatedOrMisattributed) {
  for (int table = 0; table < tables_to_take(); ++table) {
    ASSERT_EQ(faults_in(snapshot_of(query())), "") << "table " << table;
  }
}

TEST_F(Churn, ASocketThatComesAndGoesIsItsOwnProcessesOrNobodys) {
  std::size_t owned = 0;
  for (int table = 0; table < tables_to_take(); ++table) {
    const Snapshot snapshot = snapshot_of(query());
    for (const SocketRow& row : snapshot.rows()) {
      const Process* owner = snapshot.owner(row);
      const int churner = index_of(row) - kHolders;
      if (owner == nullptr || row.state == State::listen || churner < 0) continue;
      ASSERT_EQ(owner->pid, churners_[static_cast<std::size_t>(churner)]->pid()) << describe(row.local);
      ++owned;
    }
  }
  EXPECT_GT(owned, 0U);
}

}  // namespace
}  // namespace tcptable::test
