// SPDX-License-Identifier: MIT
// As ss, netstat and lsof: the same sockets shown by the tool and by the real ones, in a network namespace of
// the test's own. Lines are compared sorted, as none of them promises an order, and without the spaces at
// their end. What differs for a reason is listed in docs/habits.md and is not in these commands.
#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "cli/run_tool.hpp"
#include "support/child_process.hpp"
#include "support/network_namespace.hpp"
#include "support/privileges.hpp"
#include "support/socket_states.hpp"
#include "support/sockets.hpp"
#include "support/temporary_directory.hpp"

namespace {

using namespace tcptable::test;
using tcptable::Family;

// One command line of an imitated tool.
struct Habit {
  const char* tool;
  std::vector<std::string> words;
};

std::string text_of(const Habit& habit) {
  std::string text = habit.tool;
  for (const std::string& word : habit.words) text += " " + word;
  return text;
}

std::vector<std::string> sorted_lines(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    line.resize(line.find_last_not_of(' ') + 1);
    lines.push_back(line);
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

ToolRun run_imitation(const Habit& habit) {
  std::vector<std::string> words = habit.words;
  words.insert(words.begin(), {"--as", habit.tool});
  return run_tool(words);
}

bool is_installed(const std::string& tool) {
  for (const char* directory : {"/usr/bin/", "/bin/", "/usr/sbin/", "/sbin/"}) {
    if (::access((directory + tool).c_str(), X_OK) == 0) return true;
  }
  return false;
}

ToolRun run_real(const Habit& habit) {
  std::vector<std::string> words = habit.words;
  words.insert(words.begin(), habit.tool);
  return run_program(words);
}

class Habits : public ::testing::Test {
 protected:
  void SetUp() override {
    if (const auto reason = enter_network_namespace()) GTEST_SKIP() << *reason;
    ::setenv("LC_ALL", "C.UTF-8", 1);
  }
};

class SameOutput : public ::testing::TestWithParam<Habit> {
 protected:
  void SetUp() override {
    if (!is_installed(GetParam().tool)) GTEST_SKIP() << "SKIP: " << GetParam().tool << " is not installed";
    if (const auto reason = enter_network_namespace()) GTEST_SKIP() << *reason;
    ::setenv("LC_ALL", "C.UTF-8", 1);
    add_sockets();
  }

  // Each kind that one of the tools shows in a way of its own.
  void add_sockets() {
    const Fd& http = keep(listen_on(endpoint("127.0.0.1", 8080)));
    const Fd& https = keep(listen_on(endpoint("::", 443)));
    keep(make_connection(http));
    keep(listen_on(endpoint("::1", 1001)));
    Fd mapped = open_socket(Family::ipv4, SOCK_STREAM);
    connect_to(mapped.get(), endpoint("127.0.0.1", 443));
    keep(Fd(check(::accept4(https.get(), nullptr, nullptr, SOCK_CLOEXEC), "accept4")));
    keep(std::move(mapped));
    keep(udp(endpoint("127.0.0.1", 53)));
    connect_to(keep(udp(endpoint("127.0.0.1", 5353))).get(), endpoint("127.0.0.1", 53));
    keep(udp(endpoint("::", 546)));
    held_.push_back(hold_state(tcptable::State::fin_wait2, Family::ipv4));  // its peer is in close_wait
    keep(open_socket(Family::ipv4, SOCK_STREAM));
    connect_to(sockets_.back()->get(), endpoint("127.0.0.1", 8080));  // and not accepted
    held_.push_back(hold_state(tcptable::State::time_wait, Family::ipv4));
    held_.push_back(hold_state(tcptable::State::syn_sent, Family::ipv6));
    Connection queued = make_connection(http);
    check(::send(queued.client.get(), "twelve bytes", 12, 0), "send");
    keep(std::move(queued));
  }

  static Fd udp(const tcptable::Endpoint& where) {
    Fd socket = open_socket(where.family, SOCK_DGRAM);
    bind_to(socket.get(), where);
    return socket;
  }
  const Fd& keep(Fd socket) {
    sockets_.push_back(std::make_unique<Fd>(std::move(socket)));
    return *sockets_.back();
  }
  void keep(Connection connection) {
    keep(std::move(connection.client));
    keep(std::move(connection.server));
  }

  std::vector<std::unique_ptr<Fd>> sockets_;
  std::vector<HeldState> held_;
};

TEST_P(SameOutput, AsTheRealTool) {
  const ToolRun real = run_real(GetParam());
  const ToolRun imitated = run_imitation(GetParam());
  EXPECT_EQ(sorted_lines(imitated.out), sorted_lines(real.out)) << text_of(GetParam());
  EXPECT_EQ(imitated.status, real.status) << text_of(GetParam());
  EXPECT_EQ(imitated.err, "");
}

const std::vector<Habit> kHabits{
    {"ss", {"-tulpn"}},
    {"ss", {"-tanp"}},
    {"ss", {"-tan"}},
    {"ss", {"-tln"}},
    {"ss", {"-uan"}},
    {"ss", {"-un"}},
    {"ss", {"-t"}},
    {"ss", {"-ta4"}},
    {"ss", {"-tlnH6"}},
    {"ss", {"-A", "tcp,udp", "-n"}},
    {"ss", {"-tn", "state", "established"}},
    {"ss", {"-tan", "(", "dport", "=", ":8080", "or", "sport", "=", ":443", ")"}},
    {"ss", {"-tan", "dst", "127.0.0.1"}},
    {"netstat", {"-tulpn"}},
    {"netstat", {"-tanp"}},
    {"netstat", {"-tan"}},
    {"netstat", {"-uan"}},
    {"netstat", {"-tn4"}},
    {"netstat", {"-tlnpe"}},
    {"netstat", {"-tuanW"}},
    {"netstat", {"-tule", "--numeric-hosts"}},
    {"lsof", {"-nP", "-i"}},
    {"lsof", {"-n", "-i"}},
    {"lsof", {"-nPl", "-i"}},
    {"lsof", {"-nP", "-i", ":8080"}},
    {"lsof", {"-nP", "-iTCP:8000-8090,https"}},
    {"lsof", {"-nP", "-iTCP", "-sTCP:LISTEN"}},
    {"lsof", {"-nP", "-i", "-sTCP:^LISTEN"}},
    {"lsof", {"-nP", "-i", "4"}},
    {"lsof", {"-nP", "-i", "6"}},
    {"lsof", {"-nP", "-i4TCP"}},
    {"lsof", {"-nP", "-i@127.0.0.1:443"}},
    {"lsof", {"-nP", "-i", "UDP@[::1]"}},
    {"lsof", {"-nP", "-i", ":8080", "-i", ":9"}},
    {"lsof", {"-t", "-i", ":8080"}},
    {"lsof", {"-ti:9"}},
    {"lsof", {"-nP", "-a", "-i", "-p", "1"}},
    {"lsof", {"-nP", "-FpcnPtTfaduL", "-i"}},
    {"lsof", {"-nP", "-F0pn", "-i"}},
};

INSTANTIATE_TEST_SUITE_P(Real, SameOutput, ::testing::ValuesIn(kHabits), [](const auto& habit) {
  std::string name = std::to_string(habit.index) + "_" + text_of(habit.param);
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
});

TEST_F(Habits, ALinkWithTheNameOfAToolIsThatTool) {
  const Fd socket = listen_on(loopback(Family::ipv4));
  const TemporaryDirectory directory;
  const std::string link = directory.path() / "ss";
  check(::symlink(TCPTABLE_TOOL, link.c_str()), "symlink");
  const ToolRun by_link = run_program({link, "-tlnH"});
  EXPECT_EQ(by_link.out, run_imitation({"ss", {"-tlnH"}}).out);
  EXPECT_NE(by_link.out.find("LISTEN 0      8"), std::string::npos) << by_link.out;
}

TEST_F(Habits, WhatIsNotUnderstoodGivesOneLineAndNoTable) {
  const Fd socket = listen_on(loopback(Family::ipv4));
  const std::vector<Habit> habits{
      {"ss", {"-tx"}},
      {"ss", {"-tn", "--frob"}},
      {"ss", {"-l"}},
      {"ss", {"-s"}},
      {"ss", {"-K", "dst", "::1"}},
      {"netstat", {"-rn"}},
      {"netstat", {"-an"}},
      {"netstat", {"-t", "extra"}},
      {"lsof", {}},
      {"lsof", {"-i", "-d3"}},
      {"lsof", {"-i", "frob"}},
      {"lsof", {"-i", ":99999"}},
      {"lsof", {"/etc/passwd"}},
      {"lsof", {"-i", "-p", "1"}},
      {"lsof", {"-i", "-Fg"}},
      {"lsof", {"-sTCP:FOO", "-i"}},
      {"lsof", {"-i@localhost"}},
      {"ss", {"-t", "-A"}},
      {"ss", {"-t", "state", "\x1b[31m"}},
  };
  for (const Habit& habit : habits) {
    const ToolRun run = run_imitation(habit);
    EXPECT_EQ(run.status, 2) << text_of(habit);
    EXPECT_EQ(run.out, "") << text_of(habit);
    EXPECT_EQ(run.err.find('\x1b'), std::string::npos) << run.err;
    // A filter's error shows the place on more lines.
    const bool is_filter = !habit.words.empty() && habit.words.back().starts_with('\x1b');
    EXPECT_EQ(std::count(run.err.begin(), run.err.end(), '\n') == 1, !is_filter) << run.err;
  }
}

TEST_F(Habits, HostileNamesAreEscapedInEachOfThem) {
  Fd socket = listen_on(loopback(Family::ipv4));
  const Child child([&] {
    ::prctl(PR_SET_NAME, "\x1b]52;\x07\n\xff");
    return "";
  });
  socket.reset();
  for (const Habit& habit : std::vector<Habit>{
           {"ss", {"-tlnp"}}, {"netstat", {"-tlnp"}}, {"lsof", {"-nPi"}}, {"lsof", {"-nP", "-Fc", "-i"}}}) {
    const ToolRun run = run_imitation(habit);
    EXPECT_NE(run.out.find(std::to_string(child.pid())), std::string::npos) << run.out;
    for (const char c : run.out) EXPECT_TRUE(c == '\n' || (c >= 0x20 && c < 0x7f)) << text_of(habit);
  }
}

TEST_F(Habits, SayWhatIsHiddenOfTheSocketsThatWereAskedFor) {
  if (!may_become_nobody()) GTEST_SKIP() << "SKIP: needs root, to become another user";
  const Fd listener = listen_on(loopback(Family::ipv4));
  const std::string port = std::to_string(local_endpoint(listener.get()).port);
  const auto error_of = [](const std::vector<std::string>& words) {
    return run_tool(words, [] {
      become_nobody();
      return true;
    });
  };
  const std::string hidden = "tcptable: who holds 1 socket is not shown; `tcptable doctor` tells why\n";
  const ToolRun ss = error_of({"--as", "ss", "-tlnp", "sport", "=", ":" + port});
  if (ss.status == kNotStarted) GTEST_SKIP() << "SKIP: nobody may not run the tool from where it was built";
  EXPECT_EQ(ss.err, hidden);
  EXPECT_EQ(error_of({"--as", "ss", "-tlnp", "sport", "=", ":1"}).err, "");
  EXPECT_EQ(error_of({"--as", "lsof", "-nP", "-iTCP:" + port}).err, hidden);
  EXPECT_EQ(error_of({"--as", "lsof", "-nP", "-iTCP:1"}).err, "");
}

// Every option of the code's table has a row with its meaning in the document, under its tool.
TEST(HabitsDocument, ListsEveryOptionAsTheHelpDoes) {
  std::ifstream file(TCPTABLE_HABITS_DOCUMENT);
  const std::string document{std::istreambuf_iterator<char>(file), {}};
  for (const char* tool : {"ss", "netstat", "lsof"}) {
    const std::size_t begin = document.find("\n## " + std::string(tool) + "\n");
    ASSERT_NE(begin, std::string::npos) << tool;
    const std::string section = document.substr(begin, document.find("\n## ", begin + 1) - begin);
    std::istringstream help(run_imitation({tool, {"--help"}}).out);
    int options = 0;
    for (std::string line; std::getline(help, line);) {
      if (!line.starts_with("  ")) continue;
      const std::string names = line.substr(2, line.find(' ', 2) - 2);
      const std::string meaning = line.substr(line.find_first_not_of(' ', 2 + names.size()));
      EXPECT_NE(section.find("| `" + names + "` | " + meaning + " |"), std::string::npos)
          << "| `" << names << "` | " << meaning << " |";
      ++options;
    }
    EXPECT_GT(options, 9) << tool;
  }
}

}  // namespace
