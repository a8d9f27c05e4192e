// SPDX-License-Identifier: MIT
// tcptable top as it is used: in a terminal, on real sockets, quit, stopped, killed and crashed.
#include <gtest/gtest.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "cli/run_tool.hpp"
#include "cli/tmux.hpp"
#include "support/network_namespace.hpp"
#include "support/sockets.hpp"
#include "support/temporary_directory.hpp"

namespace {

using namespace tcptable::test;
using tcptable::Family;

constexpr std::uint16_t kPort = 4321;
constexpr std::uint16_t kOtherPort = 4322;

bool has(const std::string& screen, const std::string& text) {
  return screen.find(text) != std::string::npos;
}

class TopTerminal : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!has_tmux()) GTEST_SKIP() << "SKIP: needs tmux";
    if (const auto reason = enter_network_namespace()) GTEST_SKIP() << *reason;
    ::setenv("LC_ALL", "C.UTF-8", 1);
    ::prctl(PR_SET_NAME, "the_test");
  }

  // Starts the tool in a terminal whose shell has noted its modes.
  void start(Tmux& tmux, const std::string& arguments = "") {
    tmux.enter("ulimit -c 0; before=$(stty -g); clear; echo still here");
    tmux.wait_for_text("still here\n");
    tmux.enter("sh -c 'echo $$ >" + pid_file().string() + "; exec " + TCPTABLE_TOOL + " top " + arguments +
               "'; echo status $?");
    tmux.wait_for_text("STATE");
  }

  pid_t started() const {
    pid_t pid = -1;
    std::ifstream(pid_file()) >> pid;
    return pid;
  }

  std::filesystem::path pid_file() const { return directory_.path() / "pid"; }

  // The shell's screen is back, with the modes and the cursor that it had.
  static void expect_restored(Tmux& tmux, const std::string& status) {
    const std::string screen = tmux.wait_for_text("status " + status + "\n");
    EXPECT_TRUE(has(screen, "status " + status + "\n")) << screen;
    EXPECT_TRUE(has(screen, "still here")) << "what was on the screen is there again\n" << screen;
    EXPECT_FALSE(has(screen, "STATE")) << screen;
    EXPECT_EQ(tmux.ask("#{alternate_on} #{cursor_flag} #{mouse_any_flag} #{keypad_cursor_flag}"), "0 1 0 0");
    tmux.enter("[ \"$before\" = \"$(stty -g)\" ] && echo the same mo''des");
    EXPECT_TRUE(has(tmux.wait_for_text("the same modes"), "the same modes"));
  }

 private:
  TemporaryDirectory directory_;
};

TEST_F(TopTerminal, ShowsSocketsThatComeAndGo) {
  const Fd first = listen_on(loopback(Family::ipv4, kPort));
  Tmux tmux;
  start(tmux, "--interval 0.2");
  std::string screen = tmux.wait_for_text("4321");
  EXPECT_TRUE(has(screen, "  listen      127.0.0.1") && has(screen, "the_test")) << screen;
  Fd second = listen_on(loopback(Family::ipv4, kOtherPort));
  screen = tmux.wait_for_text("4322");
  EXPECT_TRUE(has(screen, "+ listen")) << screen;
  second.reset();
  screen = tmux.wait_for_text("- listen");
  EXPECT_TRUE(has(screen, "- listen")) << screen;
  screen = tmux.wait_for([](const std::string& text) { return !has(text, "4322"); });
  EXPECT_FALSE(has(screen, "4322")) << screen;
  tmux.press("q");
  expect_restored(tmux, "0");
}

TEST_F(TopTerminal, HasColorsUnlessNoColorSaysOtherwise) {
  const Fd first = listen_on(loopback(Family::ipv4, kPort));
  constexpr const char* kGreen = "\x1b[32m";
  for (const bool colors : {true, false}) {
    Tmux tmux;
    start(tmux, "--interval 1" + std::string(colors ? "" : " --color never"));
    const Fd second = listen_on(loopback(Family::ipv4, kOtherPort));
    tmux.wait_for_text("4322");
    tmux.press("j");  // off the new row, if it is the selected one
    const std::string screen = tmux.screen(true);
    EXPECT_EQ(has(screen, kGreen) || has(screen, "\x1b[1m\x1b[32m") || has(screen, ";32m"), colors) << screen;
    tmux.press("q");
    expect_restored(tmux, "0");
  }
}

TEST_F(TopTerminal, KeysOfEachKindReachIt) {
  const Fd first = listen_on(loopback(Family::ipv4, kPort));
  const Fd second = listen_on(loopback(Family::ipv4, kOtherPort));
  Tmux tmux;
  start(tmux);
  tmux.type("?");
  EXPECT_TRUE(has(tmux.wait_for_text("this help"), "this help"));
  tmux.press("Escape");
  tmux.wait_for([](const std::string& text) { return !has(text, "this help"); });
  tmux.type("f");
  tmux.type("port:4322");
  tmux.press("Enter");
  std::string screen = tmux.wait_for([](const std::string& text) { return !has(text, "4321"); });
  EXPECT_TRUE(has(screen, "filter port:4322") && !has(screen, "4321")) << screen;
  tmux.press("Enter");
  screen = tmux.wait_for_text("the_test (");
  EXPECT_TRUE(has(screen, "protocol")) << screen;
  EXPECT_TRUE(has(screen, "the_test (" + std::to_string(::getpid()))) << screen;
  tmux.press("q");
  expect_restored(tmux, "0");
}

TEST_F(TopTerminal, ShowsWideNamesWhole) {
  ::prctl(PR_SET_NAME, "\u4e16\u754c\u4e16");
  const Fd first = listen_on(loopback(Family::ipv4, kPort));
  Tmux tmux;
  start(tmux);
  EXPECT_TRUE(has(tmux.wait_for_text("\u4e16\u754c\u4e16"), "\u4e16\u754c\u4e16"));
  tmux.press("q");
  expect_restored(tmux, "0");
}

TEST_F(TopTerminal, TakesTheSizeThatTheTerminalGets) {
  const Fd first = listen_on(loopback(Family::ipv4, kPort));
  Tmux tmux;
  start(tmux);
  EXPECT_FALSE(has(tmux.screen(), "WORKLOAD"));
  tmux.resize(132, 40);
  const std::string screen = tmux.wait_for_text("WORKLOAD");
  EXPECT_TRUE(has(screen, "WORKLOAD")) << screen;
  tmux.resize(30, 5);
  EXPECT_TRUE(has(tmux.wait_for_text("needs 40x8"), "needs 40x8"));
  tmux.resize(80, 24);
  EXPECT_TRUE(has(tmux.wait_for_text("STATE"), "STATE"));
  tmux.press("q");
  expect_restored(tmux, "0");
}

TEST_F(TopTerminal, ClickOnAHeadingSorts) {
  const Fd first = listen_on(loopback(Family::ipv4, kPort));
  Tmux tmux;
  start(tmux);
  EXPECT_EQ(tmux.ask("#{mouse_any_flag}"), "1");
  // As xterm reports a press of the first button in column 4 of line 3, in both of its ways.
  const bool sgr = tmux.ask("#{mouse_sgr_flag}") == "1";
  tmux.type(sgr ? "\x1b[<0;4;3M" : "\x1b[M $#");
  EXPECT_TRUE(has(tmux.wait_for_text("STATE^"), "STATE^")) << tmux.screen();
  tmux.press("q");
  expect_restored(tmux, "0");
}

TEST_F(TopTerminal, StopsAndGoesOn) {
  const Fd first = listen_on(loopback(Family::ipv4, kPort));
  Tmux tmux;
  tmux.enter("set -m");
  start(tmux);
  tmux.press("C-z");
  const std::string screen = tmux.wait_for_text("status");
  EXPECT_TRUE(has(screen, "still here") && !has(screen, "STATE")) << screen;
  EXPECT_EQ(tmux.ask("#{alternate_on} #{cursor_flag}"), "0 1");
  tmux.enter("clear; fg");
  EXPECT_TRUE(has(tmux.wait_for_text("STATE"), "4321")) << tmux.screen();
  EXPECT_EQ(tmux.ask("#{alternate_on} #{cursor_flag}"), "1 0");
  tmux.press("q");
  tmux.wait_for([](const std::string& text) { return !has(text, "STATE"); });
  EXPECT_EQ(tmux.ask("#{alternate_on} #{cursor_flag}"), "0 1");
}

struct End {
  int signal;
  const char* name;
  const char* status;
};

class TopTerminalEnds : public TopTerminal, public ::testing::WithParamInterface<End> {};

TEST_P(TopTerminalEnds, LeavesTheTerminalAsItWas) {
  const Fd first = listen_on(loopback(Family::ipv4, kPort));
  Tmux tmux;
  start(tmux);
  ASSERT_GT(started(), 0);
  ASSERT_EQ(::kill(started(), GetParam().signal), 0);
  expect_restored(tmux, GetParam().status);
}

INSTANTIATE_TEST_SUITE_P(Signals, TopTerminalEnds,
                         ::testing::Values(End{SIGTERM, "TERM", "143"}, End{SIGHUP, "HUP", "129"},
                                           End{SIGSEGV, "SEGV", "139"}, End{SIGABRT, "ABRT", "134"},
                                           End{SIGQUIT, "QUIT", "131"}),
                         [](const auto& signal) { return std::string(signal.param.name); });

TEST(TopWithoutTerminal, SaysSoInOneLineAndEndsWithTwo) {
  const ToolRun run = run_tool({"top"});
  EXPECT_EQ(run.status, 2);
  EXPECT_EQ(run.out, "");
  EXPECT_TRUE(run.err == "tcptable: top: standard input is no terminal\n" ||
              run.err == "tcptable: top: standard output is no terminal\n")
      << run.err;
}

TEST_F(TopTerminal, SaysWhichTerminalItDoesNotKnow) {
  Tmux tmux;
  for (const std::string name : {"dumb", "no-such-terminal"}) {
    tmux.enter("clear; TERM=" + name + " " + TCPTABLE_TOOL + " top; echo status $? of " + name);
    const std::string status = "status 2 of " + name + "\n";
    const std::string screen = tmux.wait_for_text(status);
    EXPECT_TRUE(has(screen, "TERM=" + name) && has(screen, status)) << screen;
  }
}

TEST(TopOptions, RefusesWhatIsWrongInOneLine) {
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{{"top", "--interval", "0"},
                                             {"top", "--interval", "1e3"},
                                             {"top", "--interval", "fast"},
                                             {"top", "--sort", "beauty"},
                                             {"top", "-o", "state,beauty"},
                                             {"top", "--color", "blue"}}) {
    const ToolRun run = run_tool(arguments);
    EXPECT_EQ(run.status, 2) << arguments[1];
    EXPECT_EQ(std::count(run.err.begin(), run.err.end(), '\n'), 1) << run.err;
  }
  EXPECT_EQ(run_tool({"top", "state:nonsense"}).status, 2);
}

}  // namespace
