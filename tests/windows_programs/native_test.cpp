// SPDX-License-Identifier: MIT
// The Windows programs, built for Linux from the same sources, print what is true of the sockets.
#include <gtest/gtest.h>

#include "support/network_namespace.hpp"
#include "windows_programs/program_run.hpp"
#include "windows_programs/socket_scene.hpp"

namespace {

using namespace tcptable::test;

class WindowsPrograms : public testing::Test {
 protected:
  void SetUp() override {
    if (const auto reason = enter_network_namespace()) GTEST_SKIP() << *reason;
    scene_.emplace();
  }

  std::optional<SocketScene> scene_;
};

std::string line(const char* protocol, const char* local, const char* remote, const char* state, bool owned) {
  std::string text(256, '\0');
  const int size =
      std::snprintf(text.data(), text.size(), "  %-5s %-30s %-30s %-11s %5s %s\n", protocol, local, remote,
                    state, owned ? own_pid().c_str() : "0", owned ? own_name().c_str() : "[System Process]");
  text.resize(static_cast<std::size_t>(size));
  return text;
}

std::string line(const char* protocol, const char* local) {
  return line(protocol, local, "*:*", "", true);
}

TEST_F(WindowsPrograms, ANetstatListsEverySocketWithStateAndProcess) {
  const ProgramRun run = run_natively("netlist");
  const std::string heading = run.output.substr(0, run.output.find('\n') + 1);
  EXPECT_EQ(heading.substr(0, 23), "  Proto Local Address  ");
  EXPECT_EQ(run.output.substr(heading.size()),
            line("TCP", "0.0.0.0:9000", "0.0.0.0:0", "LISTENING", true) +
                line("TCP", "127.0.0.1:40001", "127.0.0.200:8080", "ESTABLISHED", true) +
                line("TCP", "127.0.0.1:40002", "127.0.0.200:8080", "FIN_WAIT_2", false) +
                line("TCP", "127.0.0.1:40003", "127.0.0.200:8080", "TIME_WAIT", false) +
                line("TCP", "127.0.0.200:8080", "0.0.0.0:0", "LISTENING", true) +
                line("TCP", "127.0.0.200:8080", "127.0.0.1:40001", "ESTABLISHED", true) +
                line("TCP", "127.0.0.200:8080", "127.0.0.1:40002", "CLOSE_WAIT", true) +
                line("TCP", "127.0.9.1:81", "0.0.0.0:0", "LISTENING", true) +
                line("TCPv6", "[::1]:8086", "[::]:0", "LISTENING", true) + line("UDP", "127.0.0.1:53") +
                line("UDP", "127.0.0.1:5353") + line("UDPv6", "[::1]:54"));
  EXPECT_EQ(run.status, 0);
}

TEST_F(WindowsPrograms, APortsOwnerIsFoundByItsPath) {
  const ProgramRun tcp = run_natively("portowner", {"9000"});
  EXPECT_EQ(tcp.output, "TCP port 9000: process " + own_pid() + ", " + own_path() + "\n");
  const ProgramRun udp = run_natively("portowner", {"5353"});
  EXPECT_EQ(udp.output, "UDP port 5353: process " + own_pid() + ", " + own_path() + "\n");
  const ProgramRun nobody = run_natively("portowner", {"1"});
  EXPECT_EQ(nobody.output, "Nobody uses port 1.\n");
  EXPECT_EQ(nobody.status, 1);
}

TEST_F(WindowsPrograms, OwnerModulesPrintWideNamesAmongNarrowText) {
  const std::string module = " dated  " + own_name() + " at " + own_path() + "\n";
  EXPECT_EQ(run_natively("modules").output, "TCP  9000" + module + "TCP  8080" + module + "TCP    81" +
                                                module + "UDP    53" + module + "UDP  5353" + module);
}

TEST_F(WindowsPrograms, ExtendedStatisticsCountATransferOverLoopback) {
  EXPECT_EQ(run_natively("estats").output,
            "Bytes Out: 1048576\nBytes acknowledged: 1048576\nSegments out: yes\nRetransmitted: 0\n"
            "Round trip below a second: yes\n");
}

TEST_F(WindowsPrograms, AConnectionIsClosedAndSeenToHaveGone) {
  const ProgramRun run = run_natively("closeconn", {"40001", "8080"});
  if (run.output.find("SetTcpEntry: 50,") == 0)
    GTEST_SKIP() << "needs CONFIG_INET_DIAG_DESTROY in the kernel";
  EXPECT_EQ(run.output, "SetTcpEntry: 0, The operation completed successfully.\nThe connection has gone.\n");
  char byte = 0;
  EXPECT_EQ(::read(scene_->client(), &byte, 1), -1);
  EXPECT_EQ(errno, ECONNABORTED);
  EXPECT_EQ(run_natively("closeconn", {"40001", "8080"}).output, "No connection from 40001 to 8080.\n");
}

TEST_F(WindowsPrograms, FunctionsThatAreLookedUpAtRunTimeAnswerToo) {
  EXPECT_EQ(run_natively("dynamic").output,
            " 9000  " + own_path() + "\n 8080  " + own_path() + "\n   81  " + own_path() +
                "\n5 connections\n3 established\nNoSuchFunction is not exported\n");
}

}  // namespace
