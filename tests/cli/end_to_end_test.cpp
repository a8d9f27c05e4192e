// SPDX-License-Identifier: MIT
// The binary on real sockets, in a network namespace of the test's own.
#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <filesystem>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "cli/tool_in_namespace.hpp"
#include "support/child_process.hpp"
#include "support/socket_states.hpp"
#include "support/sockets.hpp"

namespace {

using namespace tcptable::test;
using nlohmann::json;
using tcptable::Family;

class Tool : public ToolInNamespace {};

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

std::vector<std::string> words_of(const std::string& line) {
  std::istringstream stream(line);
  return {std::istream_iterator<std::string>(stream), std::istream_iterator<std::string>()};
}

std::string port_of(const Fd& socket) {
  return std::to_string(local_endpoint(socket.get()).port);
}

Fd udp_socket(Family family) {
  Fd socket = open_socket(family, SOCK_DGRAM);
  bind_to(socket.get(), loopback(family));
  return socket;
}

TEST_F(Tool, ShowsAListenerWithTheProcessThatHoldsIt) {
  ::prctl(PR_SET_NAME, "the_test");
  const Fd socket = listen_on(loopback(Family::ipv4));
  const ToolRun run = run_tool({});
  EXPECT_EQ(run.status, 0);
  EXPECT_EQ(run.err, "");
  const auto lines = lines_of(run.out);
  ASSERT_EQ(lines.size(), 2U) << run.out;
  auto words = words_of(lines[1]);
  ASSERT_EQ(words.size(), 9U);
  words.resize(7);  // the user and the unit differ from machine to machine
  EXPECT_EQ(words, (std::vector<std::string>{"listen", "127.0.0.1", port_of(socket), "*", "*", "the_test",
                                             std::to_string(::getpid())}));
}

TEST_F(Tool, ListsEveryNetworkNamespaceWhenAskedAbout) {
  const Fd here = listen_on(loopback(Family::ipv4, 4321));
  std::optional<Fd> socket;
  const Child elsewhere([&]() -> std::string {
    if (const auto reason = enter_network_namespace()) return *reason;
    socket = listen_on(loopback(Family::ipv4, 4321));
    return "";
  });
  ASSERT_EQ(elsewhere.report(), "");
  std::string number = std::filesystem::read_symlink("/proc/" + std::to_string(elsewhere.pid()) + "/ns/net");
  number = number.substr(5, number.size() - 6);  // net:[NUMBER]
  EXPECT_EQ(lines_of(run_tool({"-H", "lport:4321"}).out).size(), 1U);
  const auto all = lines_of(run_tool({"-H", "-N", "lport:4321"}).out);
  EXPECT_EQ(all.size(), 2U);
  const auto one = lines_of(run_tool({"-H", "-o", "netns,pid", "lport:4321", "netns:" + number}).out);
  ASSERT_EQ(one.size(), 1U);
  EXPECT_EQ(words_of(one[0]), (std::vector<std::string>{number, std::to_string(elsewhere.pid())}));
}

TEST_F(Tool, ShowsBothEndsOfAConnectionOfIpv6) {
  const Fd listener = listen_on(loopback(Family::ipv6));
  const Connection connection = make_connection(listener);
  const ToolRun run = run_tool({"-6", "-H"});
  const auto lines = lines_of(run.out);
  ASSERT_EQ(lines.size(), 3U) << run.out;
  EXPECT_EQ(words_of(lines[0]).at(0), "listen");
  for (const std::size_t i : {1U, 2U}) {
    const auto words = words_of(lines[i]);
    EXPECT_EQ(words.at(0), "established");
    EXPECT_EQ(words.at(1), "::1");
    EXPECT_EQ(words.at(3), "::1");
    EXPECT_NE(words.at(2), words.at(4));
  }
}

TEST_F(Tool, AlignsItsColumns) {
  const Fd one = listen_on(loopback(Family::ipv4));
  const Fd other = listen_on(loopback(Family::ipv6));
  const auto lines = lines_of(run_tool({}).out);
  ASSERT_EQ(lines.size(), 3U);
  for (const std::string& line : lines)
    EXPECT_EQ(line.find_first_not_of(' ', 8), lines[0].find("LOCAL-ADDRESS"));
}

TEST_F(Tool, WritesOneDocumentAsJson) {
  const Fd socket = listen_on(loopback(Family::ipv4));
  const ToolRun run = run_tool({"--json"});
  EXPECT_EQ(run.status, 0);
  const json document = json::parse(run.out);
  EXPECT_EQ(document.at("schema"), 1);
  ASSERT_EQ(document.at("sockets").size(), 1U);
  EXPECT_EQ(document.at("sockets")[0].at("owner").at("pid"), ::getpid());
  EXPECT_EQ(document.at("sockets")[0].at("local").at("port"), local_endpoint(socket.get()).port);
}

TEST_F(Tool, ShowsListenersOnlyWhenAsked) {
  const Fd listener = listen_on(loopback(Family::ipv4));
  const Connection connection = make_connection(listener);
  const Fd free = udp_socket(Family::ipv4);
  const Fd connected = udp_socket(Family::ipv4);
  connect_to(connected.get(), local_endpoint(free.get()));
  const auto lines = lines_of(run_tool({"-tulH"}).out);
  ASSERT_EQ(lines.size(), 2U);
  const std::set<std::string> protocols{words_of(lines[0]).at(0), words_of(lines[1]).at(0)};
  EXPECT_EQ(protocols, (std::set<std::string>{"tcp", "udp"}));
  EXPECT_EQ(lines_of(run_tool({"-tuH"}).out).size(), 5U);
}

TEST_F(Tool, ShowsUdpOnlyWhenAsked) {
  const Fd listener = listen_on(loopback(Family::ipv4));
  const Fd socket = udp_socket(Family::ipv6);
  const auto lines = lines_of(run_tool({"-uH"}).out);
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(words_of(lines[0]).at(0), "unconnected");
  EXPECT_EQ(words_of(lines[0]).at(2), port_of(socket));
}

TEST_F(Tool, SaysWhyATimeWaitSocketHasNoOwner) {
  const HeldState held = hold_state(tcptable::State::time_wait, Family::ipv4);
  const ToolRun run = run_tool({"--strict"});
  EXPECT_EQ(run.status, 0);  // nothing is hidden
  EXPECT_NE(run.err.find("1 time_wait"), std::string::npos) << run.err;
  EXPECT_EQ(lines_of(run.err).size(), 1U);
}

TEST_F(Tool, EscapesAHostileProcessName) {
  Fd socket = listen_on(loopback(Family::ipv4));
  const Child child([&] {
    ::prctl(PR_SET_NAME, "\x1b]52;c;\x07\r\n\xc2\x9b\xff");
    return "";
  });
  ASSERT_EQ(child.report(), "");
  socket.reset();
  const ToolRun run = run_tool({"-H"});
  EXPECT_NE(run.out.find("\\x1b]52;c;\\x07\\r\\n\\u009b\\xff"), std::string::npos) << run.out;
  const json owner = json::parse(run_tool({"--json"}).out).at("sockets").at(0).at("owner");
  EXPECT_EQ(owner.at("pid"), child.pid());
  EXPECT_EQ(owner.at("name_bytes"), "1b5d35323b633b070d0ac29bff");
}

TEST_F(Tool, EndsWithOneWhenNothingMatches) {
  const ToolRun run = run_tool({});
  EXPECT_EQ(run.status, 1);
  EXPECT_EQ(lines_of(run.out).size(), 1U);
  EXPECT_EQ(run.err, "");
}

TEST_F(Tool, HintsAtACommandThatAWordMayHaveMeant) {
  EXPECT_EQ(run_tool({"whoo", ":80"}).err, "nothing matches; did you mean `tcptable who`?\n");
  EXPECT_EQ(run_tool({"-4", "stats"}).err, "nothing matches; did you mean `tcptable stats`?\n");
  EXPECT_EQ(run_tool({"nginx"}).err, "");
}

TEST_F(Tool, AnswersByEveryBackendThatItsVersionNames) {
  const Fd socket = listen_on(loopback(Family::ipv4));
  const std::string version = run_tool({"--version"}).out;
  for (const char* backend : {"sock_diag", "procfs"}) {
    EXPECT_NE(version.find(backend), std::string::npos) << version;
    const ToolRun run = run_tool({"--json"}, [&] { return ::setenv("TCPTABLE_BACKEND", backend, 1) == 0; });
    EXPECT_EQ(json::parse(run.out).at("backend"), backend);
  }
}

TEST_F(Tool, KnowsABacklogWhereTheBackendDoes) {
  const Fd socket = listen_on(loopback(Family::ipv4));
  const auto backlog = [](const char* backend) {
    return run_tool({"-H", "-l", "-o", "backlog"},
                    [&] { return ::setenv("TCPTABLE_BACKEND", backend, 1) == 0; })
        .out;
  };
  EXPECT_EQ(backlog("procfs"), "-\n");
  EXPECT_NE(backlog("sock_diag"), "-\n");
}

}  // namespace
