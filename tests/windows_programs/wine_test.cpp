// SPDX-License-Identifier: MIT
// The same sources under Wine, on the same sockets. Each difference is listed by its reason; one that is not
// listed fails, and so does a listed one that is none any more. Seen with Wine 8.
#include <gtest/gtest.h>

#include <algorithm>

#include "support/network_namespace.hpp"
#include "windows_programs/differences.hpp"
#include "windows_programs/program_run.hpp"
#include "windows_programs/socket_scene.hpp"

namespace {

using namespace tcptable::test;

class WindowsComparison : public testing::Test {
 protected:
  void SetUp() override {
    if (const auto reason = wine_is_missing()) GTEST_SKIP() << *reason;
    if (const auto reason = enter_network_namespace()) GTEST_SKIP() << *reason;
    wine_.emplace();
    scene_.emplace();
  }

  // Both run the program, and should agree but for these.
  std::string differences(const std::string& program, const Arguments& arguments,
                          const std::vector<Difference>& listed, Lines lines = Lines::in_order) const {
    const ProgramRun wine = wine_->run(program, arguments);
    const ProgramRun native = run_natively(program, arguments);
    return compare(native.output, wine.output, listed, lines);
  }

  std::optional<Wine> wine_;
  std::optional<SocketScene> scene_;
};

// Section 9 of what is known of Wine: its driver looks for owners among Wine's own processes only.
Difference no_owner(const std::string& native, const std::string& wine) {
  return {"Wine names no owner of a native socket", native, wine};
}

const std::string kAllOfIt = "[^]+";

TEST_F(WindowsComparison, ANetstatDiffersInOwnersOrderAndScopesAlone) {
  std::string owner = own_pid();
  owner.insert(0, 5 - std::min<std::size_t>(owner.size(), 5), ' ');
  EXPECT_EQ(differences("netlist", {},
                        {no_owner(owner + " " + own_name(), "    0 -"),
                         {"Wine's process list has no process 0", "\\[System Process\\]", "-"},
                         {"Wine gives the kind of an IPv6 address, byte-swapped, for its scope",
                          "\\[::1\\]:([0-9]+)     ", "[::1%4096]:$1"}},
                        Lines::wine_sorts_wrongly),
            "");
}

TEST_F(WindowsComparison, APortsOwnerDiffersInTheOwnerAlone) {
  EXPECT_EQ(differences("portowner", {"9000"},
                        {no_owner("process " + own_pid() + ", .*", "process 0 can't be opened, error 87")}),
            "");
  EXPECT_EQ(differences("portowner", {"5353"},
                        {no_owner("process " + own_pid() + ", .*", "process 0 can't be opened, error 87")}),
            "");
  EXPECT_EQ(differences("portowner", {"1"}, {}), "");
  EXPECT_EQ(differences("portowner", {}, {}), "");
}

TEST_F(WindowsComparison, OwnerModulesArePrintedNativelyOnly) {
  EXPECT_EQ(differences("modules", {},
                        {{"Wine has no GetOwnerModuleFromTcpEntry, and ends its caller", kAllOfIt, ""}}),
            "");
}

TEST_F(WindowsComparison, ExtendedStatisticsArePrintedNativelyOnly) {
  EXPECT_EQ(differences("estats", {},
                        {{"Wine's SetPerTcpConnectionEStats supports nothing", kAllOfIt,
                          "SetPerTcpConnectionEStats: error 50\n"}}),
            "");
}

TEST_F(WindowsComparison, AConnectionIsClosedNativelyOnly) {
  EXPECT_EQ(
      differences("closeconn", {"40001", "8080"},
                  {{"Wine's text of code 0 is its own", "The operation completed successfully", "Success"},
                   {"Wine's SetTcpEntry says yes and does nothing", "has gone", "is still there"}}),
      "");
  EXPECT_EQ(differences("closeconn", {"40001", "1"}, {}), "");
}

TEST_F(WindowsComparison, LookedUpFunctionsDifferInOwnersOrderAndCountsAlone) {
  EXPECT_EQ(
      differences("dynamic", {},
                  {no_owner("/.*", "?"), {"Wine counts no connections", "5 connections", "0 connections"}},
                  Lines::wine_sorts_wrongly),
      "");
}

}  // namespace
