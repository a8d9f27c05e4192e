// SPDX-License-Identifier: MIT
// In a pid namespace of 300 numbers every process soon has another's: nobody's socket is given to the one who
// had the number before, or has it since.
#include <signal.h>
#include <sys/wait.h>

#include <chrono>
#include <cstdlib>
#include <fstream>

#include "contract/snapshot_fixture.hpp"
#include "support/child_process.hpp"
#include "support/network_namespace.hpp"
#include "support/sockets.hpp"

namespace tcptable::test {
namespace {

constexpr int kSmallestPidMax = 301;  // RESERVED_PIDS + 1, kernel/pid.c
constexpr std::uint16_t kFirstPort = 10'000;
constexpr int kRunners = 4;

// TCPTABLE_CHURN_TABLES asks for more than a quick run takes.
int tables_to_take() {
  const char* wanted = std::getenv("TCPTABLE_CHURN_TABLES");
  return wanted == nullptr ? 200 : std::atoi(wanted);
}

// A process whose socket tells by its port who made it: none but this process may ever be its owner.
void live_shortly() {
  const auto port = static_cast<std::uint16_t>(kFirstPort + ::getpid());
  const Fd listener = listen_on(endpoint("127.0.0.1", port));
  ::usleep(4000);  // as long as the slowest backend takes for a table
}

// Makes such processes, one after the other, until it is killed.
[[noreturn]] void make_processes() {
  for (;;) {
    const pid_t child = ::fork();
    if (child == 0) {
      try {
        live_shortly();
      } catch (const std::system_error&) {
        // The port is taken: the one who had the number before has only just gone.
      }
      ::_exit(0);
    }
    while (::waitpid(child, nullptr, 0) < 0 && errno == EINTR) continue;
  }
}

struct Tally {
  int owned = 0;
  int open = 0;
  int wrong = 0;
};

void add(const Snapshot& snapshot, Tally& tally) {
  for (const SocketRow& row : snapshot.rows()) {
    const Process* owner = snapshot.owner(row);
    if (owner == nullptr) {
      ++tally.open;
    } else {
      ++(owner->pid == row.local.port - kFirstPort ? tally.owned : tally.wrong);
    }
  }
}

std::string tally_among_reused_pids() {
  std::ofstream limit("/proc/sys/kernel/pid_max");
  if (!(limit << kSmallestPidMax << std::flush)) return "SKIP: needs a pid_max of the namespace's own (6.14)";
  std::vector<pid_t> runners;
  for (int i = 0; i < kRunners; ++i) {
    runners.push_back(check(::fork(), "fork"));
    if (runners.back() == 0) make_processes();
  }
  Tally tally;
  const auto begin = std::chrono::steady_clock::now();
  constexpr std::chrono::seconds kAllNumbersTwice(1);
  for (int i = 0; i < tables_to_take() || std::chrono::steady_clock::now() - begin < kAllNumbersTwice; ++i)
    add(snapshot_of(everything()), tally);
  for (const pid_t runner : runners) ::kill(runner, SIGKILL);
  if (tally.wrong > 0) return std::to_string(tally.wrong) + " wrong owners";
  if (tally.owned < tables_to_take() / 2) return "too few with an owner: " + std::to_string(tally.owned);
  return std::to_string(tally.owned) + " owned, " + std::to_string(tally.open) + " open";
}

class PidReuse : public WithEachBackend {
 protected:
  void SetUp() override {
    WithEachBackend::SetUp();
    if (IsSkipped()) return;
    if (const auto reason = enter_small_network_namespace()) GTEST_SKIP() << *reason;  // quick to list
  }
};
INSTANTIATE_TEST_SUITE_P(Backend, PidReuse, ::testing::Values("bpf", "sock_diag", "procfs"), backend_of);

TEST_P(PidReuse, GivesNoSocketToAnotherProcess) {
  std::string told;
  try {
    told = run_in_pid_namespace(tally_among_reused_pids);
  } catch (const std::system_error& failure) {
    GTEST_SKIP() << "needs CAP_SYS_ADMIN for a pid namespace: " << failure.what();
  }
  if (told.starts_with("SKIP: ")) GTEST_SKIP() << told;
  EXPECT_NE(told.find("owned"), std::string::npos) << told;
  RecordProperty("rows", told);
}

}  // namespace
}  // namespace tcptable::test
