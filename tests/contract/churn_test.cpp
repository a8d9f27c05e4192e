// SPDX-License-Identifier: MIT
// Each backend under 20,000 connections a second that come and go, beside 10,000 that stay, on hash chains so
// long that the kernel's own dump misses three sockets in each table, and on as short ones as a host has.
#include <sys/resource.h>

#include <cstdlib>
#include <future>
#include <memory>
#include <optional>
#include <ostream>
#include <string>

#include "contract/churn_oracle.hpp"
#include "contract/snapshot_fixture.hpp"
#include "support/fd.hpp"
#include "support/network_namespace.hpp"

namespace tcptable::test {
namespace {

struct Case {
  const char* name;
  const char* backend;
  int buckets;
  ChurnRates rates;

  friend void PrintTo(const Case& one, std::ostream* out) { *out << one.name; }
};

constexpr ChurnRates kWhole{20'000, 0};
// The whole ones are the slower part of 50,000 on two processors.
constexpr ChurnRates kMost{5'000, 55'000};

int number_in(const char* variable, int unless_set) {
  const char* wanted = std::getenv(variable);
  return wanted == nullptr ? unless_set : std::atoi(wanted);
}

// TCPTABLE_CHURN_TABLES asks for more than a quick run takes.
int tables_to_take() {
  return number_in("TCPTABLE_CHURN_TABLES", 10);
}

// TCPTABLE_CHURN_PERCENT asks for fewer connections on fewer chains, for a processor that could bear no more.
int scaled(int full) {
  return full * number_in("TCPTABLE_CHURN_PERCENT", 100) / 100;
}

constexpr int kMostTables = 500;

// Runs `work` in a thread that leaves the processors to the churn wherever it wants them, as do the threads
// that the library makes for it.
template <typename Work>
void run_behind_others(const Work& work) {
  std::async(std::launch::async, [&work] {
    ::setpriority(PRIO_PROCESS, 0, 5);  // of this thread
    work();
  }).get();
}

class UnderChurn : public ::testing::TestWithParam<Case> {
 protected:
  void SetUp() override {
    const auto buckets = static_cast<std::uint32_t>(scaled(GetParam().buckets));
    if (const auto reason = enter_network_namespace_of_buckets(buckets)) GTEST_SKIP() << *reason;
    if (!allow_descriptors(LastingConnections::kMostDescriptors))
      GTEST_SKIP() << "needs a hard RLIMIT_NOFILE of 1160";
    forced_.emplace(GetParam().backend);
    const auto counted = count_sockets(query());
    if (!counted) GTEST_SKIP() << "needs " << GetParam().backend << ": " << to_string(counted.error());
    lasting_.emplace(scaled(LastingConnections::kMostEach));
    const auto [whole, half_open] = GetParam().rates;
    churn_.emplace(ChurnRates{scaled(whole), scaled(half_open)});
  }

  void record(const ChurnTally& tally) {
    RecordProperty("tables", static_cast<int>(tally.tables));
    RecordProperty("tables_marked", static_cast<int>(tally.marked));
    RecordProperty("rows_missing_in_marked", static_cast<int>(tally.missing));
    RecordProperty("passing_rows", static_cast<int>(tally.passing));
    RecordProperty("connections_per_second",
                   static_cast<int>(static_cast<double>(tally.connections) / tally.seconds));
    RecordProperty("milliseconds_a_table",
                   static_cast<int>(1000 * tally.seconds / static_cast<double>(tally.tables)));
  }

  static Query query() { return what_can_be_listed(Query()); }

  std::optional<ForcedBackend> forced_;
  std::optional<LastingConnections> lasting_;
  std::optional<Churn> churn_;
};

TEST_P(UnderChurn, EverySocketThatStaysIsListedOnceAsItIsAndNoneThatNeverWas) {
  ChurnOracle oracle(*lasting_, *churn_);
  std::string faults;
  run_behind_others([&] {
    const auto is_enough = [&](int tables) {
      // On a busy machine a connection may be gone before its owner is sought, ten tables long.
      return tables >= tables_to_take() && (oracle.tally().passing_owned > 0 || tables >= kMostTables);
    };
    for (int table = 0; !is_enough(table) && faults.empty(); ++table) faults = oracle.take_table(query());
  });
  EXPECT_EQ(faults, "") << "table " << oracle.tally().tables;
  EXPECT_GT(oracle.tally().connections, 0U) << "nothing came and went";
  EXPECT_GT(oracle.tally().passing_owned, 0U);
  record(oracle.tally());
}

INSTANTIATE_TEST_SUITE_P(Tables, UnderChurn,
                         ::testing::Values(Case{"BpfOnLongChains", "bpf", 256, kWhole},
                                           Case{"BpfOnShortChains", "bpf", 262'144, kWhole},
                                           Case{"BpfOnLongChainsUnderTheMost", "bpf", 256, kMost},
                                           Case{"SockDiagOnLongChains", "sock_diag", 256, kWhole},
                                           Case{"SockDiagOnShortChains", "sock_diag", 262'144, kWhole},
                                           Case{"ProcfsOnLongChains", "procfs", 256, kWhole},
                                           Case{"ProcfsOnShortChains", "procfs", 262'144, kWhole}),
                         [](const auto& instance) { return std::string(instance.param.name); });

}  // namespace
}  // namespace tcptable::test
