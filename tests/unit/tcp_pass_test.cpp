// SPDX-License-Identifier: MIT
// When a pass over the kernel's TCP table is believed, by counts that a test wrote.
#include "backend/tcp_pass.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "support/fault_kernel.hpp"
#include "support/temporary_directory.hpp"

namespace tcptable::test {
namespace {

using backend::PassTrust;
using backend::TcpPass;

constexpr std::size_t kSockets = 1000;
constexpr bool kByParts = false;

class Passes : public ::testing::Test {
 protected:
  void SetUp() override {
    redirect("/proc/thread-self/net/sockstat", "sockstat");
    redirect("/proc/thread-self/net/sockstat6", "sockstat6");
    redirect("/proc/thread-self/net/snmp", "snmp");
    redirect("/proc/sys/net/ipv4/tcp_ehash_entries", "buckets");
    write("buckets", "-65536\n");
    write("sockstat", sockstat("7"));
    write("sockstat6", "TCP6: inuse 3\nUDP6: inuse 0\n");
    write("snmp", snmp("11", "2000"));
  }

  void redirect(const std::string& path, const std::string& name) {
    kernel_.redirect(path, directory_.path() / name);
  }
  void write(const std::string& name, const std::string& text) {
    std::ofstream(directory_.path() / name) << text;
  }

  static std::string sockstat(const std::string& waiting, const std::string& memory = "4",
                              const std::string& orphans = "0") {
    return "sockets: used 90\nTCP: inuse 1000 orphan " + orphans + " tw " + waiting + " alloc 1010 mem " +
           memory + "\nUDP: inuse 2 mem 1\n";
  }
  static std::string snmp(const std::string& opened, const std::string& segments) {
    return "Ip: Forwarding DefaultTTL\nIp: 1 64\n"
           "Tcp: RtoAlgorithm RtoMin RtoMax MaxConn ActiveOpens PassiveOpens AttemptFails EstabResets "
           "CurrEstab InSegs\n"
           "Tcp: 1 200 120000 -1 " +
           opened + " 9 0 0 1000 " + segments + "\nUdp: InDatagrams\nUdp: 5\n";
  }

  TemporaryDirectory directory_;
  FaultKernel kernel_{sys::real_kernel()};
};

TEST_F(Passes, AreWholeWhereNoSocketCameOrWent) {
  const TcpPass pass(kernel_);
  EXPECT_EQ(pass.judge({kByParts, kSockets}), PassTrust::whole);
}

TEST_F(Passes, AreWholeWhereOnlyDataMoved) {
  const TcpPass pass(kernel_);
  write("snmp", snmp("11", "2500"));
  write("sockstat", sockstat("7", "60"));
  EXPECT_EQ(pass.judge({kByParts, kSockets}), PassTrust::whole);
}

TEST_F(Passes, AreWholeWhereAnotherNamespaceHasGotOrphansWhichTheKernelCountsTogether) {
  const TcpPass pass(kernel_);
  write("sockstat", sockstat("7", "4", "1"));
  EXPECT_EQ(pass.judge({kByParts, kSockets}), PassTrust::whole);
}

TEST_F(Passes, AreNotWholeWhereASocketCameOrWent) {
  const TcpPass opened(kernel_);
  write("snmp", snmp("12", "2000"));
  EXPECT_EQ(opened.judge({kByParts, kSockets}), PassTrust::moved);
  const TcpPass ended(kernel_);
  write("sockstat", sockstat("6"));
  EXPECT_EQ(ended.judge({kByParts, kSockets}), PassTrust::moved);
  const TcpPass ipv6(kernel_);
  write("sockstat6", "TCP6: inuse 2\nUDP6: inuse 0\n");
  EXPECT_EQ(ipv6.judge({kByParts, kSockets}), PassTrust::moved);
}

TEST_F(Passes, AreNotWholeBesideHalfOpenConnectionsWhichNoCountTellsToHaveTimedOut) {
  const TcpPass pass(kernel_);
  EXPECT_EQ(pass.judge({kByParts, kSockets, true}), PassTrust::moved);
}

TEST_F(Passes, AreNotWholeWhereThatIsNotTold) {
  kernel_.fail_path("snmp", EACCES);
  const TcpPass pass(kernel_);
  EXPECT_EQ(pass.judge({kByParts, kSockets}), PassTrust::moved);
}

TEST_F(Passes, OfLongChainsAreNotBelieved) {
  const TcpPass pass(kernel_);
  EXPECT_EQ(pass.judge({kByParts, 65'537}), PassTrust::long_chains);
}

TEST_F(Passes, ThatCameInOneGoAreWhole) {
  const TcpPass pass(kernel_);
  write("snmp", snmp("12", "2000"));
  EXPECT_EQ(pass.judge({!kByParts, kSockets}), PassTrust::whole);
}

}  // namespace
}  // namespace tcptable::test
