// SPDX-License-Identifier: MIT
// Closing by filter: what is shown, asked, closed and kept, on real connections.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>
#include <string>

#include "cli/tool_in_namespace.hpp"
#include "support/child_process.hpp"
#include "support/closing.hpp"
#include "support/privileges.hpp"
#include "support/socket_states.hpp"
#include "support/sockets.hpp"
#include "tcptable/close/victim.hpp"

namespace {

using namespace tcptable::test;
using tcptable::Family;
using tcptable::State;

class Close : public ToolInNamespace {
 protected:
  void SetUp() override {
    ToolInNamespace::SetUp();
    if (IsSkipped()) return;
    listener = listen_on(loopback(Family::ipv4));
    victim = make_connection(listener);
    bystander = make_connection(listener);
  }

  // The client's end of the victim.
  std::string filter() const { return "lport:" + std::to_string(local_endpoint(victim.client.get()).port); }
  std::string line() const {
    return place(victim.client.get()) + " <-> " + place(listener.get()) + "  established  ";
  }
  static std::string place(int fd) { return "127.0.0.1:" + std::to_string(local_endpoint(fd).port); }

  bool victim_lives() const { return state_of(victim.client.get()) == State::established; }
  bool others_live() const {
    return state_of(bystander.client.get()) == State::established &&
           state_of(listener.get()) == State::listen;
  }

  Fd listener;
  Connection victim, bystander;
};

class CloseWhereItCan : public Close {
 protected:
  void SetUp() override {
    Close::SetUp();
    if (const auto reason = reason_against_closing()) GTEST_SKIP() << "SKIP: " << *reason;
  }
};

TEST_F(Close, ShowsOnlyWhenItIsADryRun) {
  const ToolRun run = run_tool({"close", "--dry-run", filter()});
  EXPECT_EQ(run.status, 0) << run.err;
  EXPECT_TRUE(run.out.starts_with(line())) << run.out;
  EXPECT_TRUE(victim_lives() && others_live());
}

TEST_F(CloseWhereItCan, ClosesWhatMatchesAndNothingElse) {
  const ToolRun run = run_tool({"close", "--yes", filter()});
  EXPECT_EQ(run.status, 0) << run.err;
  EXPECT_TRUE(run.out.starts_with("closed  " + line())) << run.out;
  EXPECT_FALSE(victim_lives());
  EXPECT_TRUE(others_live());
}

TEST_F(CloseWhereItCan, ClosesListenersOnlyWhenToldTo) {
  const std::string port = "lport:" + std::to_string(local_endpoint(listener.get()).port);
  EXPECT_EQ(run_tool({"close", "--yes", port, "state:listen"}).status, 1);
  EXPECT_EQ(state_of(listener.get()), State::listen);
  const ToolRun run = run_tool({"close", "--yes", "--listeners", port});
  EXPECT_EQ(run.status, 0) << run.err;
  EXPECT_EQ(state_of(listener.get()), State::close);
  EXPECT_TRUE(victim_lives());
}

TEST_F(Close, ClosesNothingWithoutATerminalToAskAt) {
  const ToolRun run =
      run_tool({"close", filter()}, [] { return ::close(0) == 0 && ::open("/dev/null", O_RDONLY) == 0; });
  EXPECT_EQ(run.status, 2);
  EXPECT_TRUE(victim_lives());
}

// A terminal at which somebody answers.
ToolRun run_with_answer(const std::vector<std::string>& words, const std::string& answer) {
  const Fd keyboard(check(::posix_openpt(O_RDWR | O_NOCTTY), "posix_openpt"));
  check(::grantpt(keyboard.get()), "grantpt");
  check(::unlockpt(keyboard.get()), "unlockpt");
  const std::string terminal = ::ptsname(keyboard.get());
  const Fd screen(check(::open(terminal.c_str(), O_RDWR | O_NOCTTY), "open a terminal"));
  check(::write(keyboard.get(), answer.data(), answer.size()), "write an answer");
  return run_tool(words, [&] { return ::dup2(screen.get(), 0) == 0; });
}

TEST_F(CloseWhereItCan, AsksAndTakesOnlyYesForYes) {
  for (const char* no : {"n\n", "\n", "yse\n", "Yes, no\n"}) {
    const ToolRun run = run_with_answer({"close", filter()}, no);
    EXPECT_EQ(run.status, 1) << run.err;
    EXPECT_NE(run.err.find("Close 1 socket? [y/N] "), std::string::npos) << run.err;
    EXPECT_TRUE(victim_lives()) << no;
  }
  EXPECT_EQ(run_with_answer({"close", filter()}, "y\n").status, 0);
  EXPECT_FALSE(victim_lives());
}

TEST_F(CloseWhereItCan, KeepsTheCallersOwnSshConnectionUnlessForced) {
  const auto server = local_endpoint(listener.get()), client = local_endpoint(victim.client.get());
  const std::string session =
      "127.0.0.1 " + std::to_string(client.port) + " 127.0.0.1 " + std::to_string(server.port);
  const auto in_session = [&] { return ::setenv("SSH_CONNECTION", session.c_str(), 1) == 0; };
  const std::string servers_end = "rport:" + std::to_string(client.port);
  const ToolRun kept = run_tool({"close", "--yes", servers_end}, in_session);
  EXPECT_EQ(kept.status, 1) << kept.out;
  EXPECT_NE(kept.err.find("you are logged in by it"), std::string::npos) << kept.err;
  EXPECT_TRUE(victim_lives());
  EXPECT_EQ(run_tool({"close", "--yes", "--force", servers_end}, in_session).status, 0);
  EXPECT_FALSE(victim_lives());
}

TEST_F(CloseWhereItCan, WithoutTheRightClosesNoneAndSaysSo) {
  if (!may_become_nobody()) GTEST_SKIP() << "SKIP: needs root and a second user id";
  const ToolRun run = run_tool({"close", "--yes", filter()}, [] {
    become_nobody();
    return true;
  });
  EXPECT_EQ(run.status, 4) << run.out << run.err;
  EXPECT_NE(run.out.find("not permitted"), std::string::npos) << run.out;
  EXPECT_TRUE(victim_lives());
}

TEST_F(Close, NamesWhatTheKernelLacksToCloseAndLeavesEverySocket) {
  if (const auto reason = reason_against_refusing()) GTEST_SKIP() << "SKIP: " << *reason;
  const ToolRun run = run_tool({"close", "--yes", filter()});
  EXPECT_EQ(run.status, 5) << run.err;
  const std::string refusal =
      "not closed: the kernel can't (CONFIG_INET_DIAG_DESTROY; time_wait: from Linux 6.1 on)  ";
  EXPECT_TRUE(run.out.starts_with(refusal + line())) << run.out;
  EXPECT_EQ(std::count(run.out.begin(), run.out.end(), '\n'), 1) << run.out;
  EXPECT_TRUE(victim_lives() && others_live());
}

TEST_F(Close, WithoutNetlinkDoesNotSayThatTheSocketHasGone) {
  const ToolRun run = run_tool({"close", "--yes", filter()}, [] {
    deny_system_call(SYS_socket, AF_NETLINK, EAFNOSUPPORT);
    return ::unsetenv("TCPTABLE_BACKEND") == 0;
  });
  EXPECT_EQ(run.status, 5) << run.err;
  const std::string refusal = "not closed: needs the kernel's tcp_diag, which can't be asked here  ";
  EXPECT_TRUE(run.out.starts_with(refusal + line())) << run.out;
  EXPECT_TRUE(victim_lives() && others_live());
}

TEST_F(Close, WantsAFilter) {
  EXPECT_EQ(run_tool({"close", "--yes"}).status, 2);
  EXPECT_EQ(run_tool({"close", "--yes", "state:"}).status, 2);
  EXPECT_EQ(run_tool({"close", "--yes", "lport:1"}).status, 1);
  EXPECT_TRUE(victim_lives() && others_live());
}

// The row that the tool would show of this end.
const tcptable::SocketRow& row_of(const tcptable::Snapshot& snapshot, const tcptable::Endpoint& local) {
  for (const auto& row : snapshot.rows()) {
    if (row.local == local && row.state == State::established) return row;
  }
  throw std::runtime_error("no such row");
}

// A connection that took the place of the one shown has another cookie.
TEST_F(Close, NeverClosesASocketThatTookAnothersPlace) {
  const auto snapshot = tcptable::take_snapshot({});
  ASSERT_TRUE(snapshot);
  const auto client = local_endpoint(victim.client.get());
  const tcptable::SocketRow& row = row_of(*snapshot, client);
  const linger hard{1, 0};  // resets, so that the port is free at once
  check(::setsockopt(victim.client.get(), SOL_SOCKET, SO_LINGER, &hard, sizeof hard), "SO_LINGER");
  victim.client = Fd();
  Fd successor = open_socket(Family::ipv4, SOCK_STREAM);
  bind_to(successor.get(), client);
  connect_to(successor.get(), local_endpoint(listener.get()));
  tcptable::OwnerFinder finder;
  EXPECT_TRUE(tool::close::close_row(*snapshot, row, finder).has_value());
  EXPECT_EQ(state_of(successor.get()), State::established);
}

TEST_F(Close, NeverClosesASocketThatAnotherProcessHasByNow) {
  const auto snapshot = tcptable::take_snapshot({});
  ASSERT_TRUE(snapshot);
  const tcptable::SocketRow& row = row_of(*snapshot, local_endpoint(victim.client.get()));
  const Child heir([] { return std::string(); });  // has every descriptor
  victim.client = Fd();
  tcptable::OwnerFinder finder;
  EXPECT_EQ(tool::close::close_row(*snapshot, row, finder), "it has gone, or another process has it now");
  const auto found = tcptable::find_socket(key_of(row));
  ASSERT_TRUE(found);
  EXPECT_EQ(found->state, State::established);
}

TEST(SshConnection, IsReadFromTheServersSide) {
  const auto key = tool::close::parse_ssh_connection("203.0.113.5 50000 192.0.2.1 22");
  ASSERT_TRUE(key);
  EXPECT_EQ(key->local, endpoint("192.0.2.1", 22));
  EXPECT_EQ(key->remote, endpoint("203.0.113.5", 50000));
  EXPECT_TRUE(tool::close::parse_ssh_connection("fe80::1%eth0 1 ::1 22"));
  for (const char* text : {"", "1.2.3.4", "1.2.3.4 5 6.7.8.9", "a 1 b 2", "1.2.3.4 70000 1.2.3.4 22"})
    EXPECT_FALSE(tool::close::parse_ssh_connection(text)) << text;
}

}  // namespace
