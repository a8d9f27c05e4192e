// SPDX-License-Identifier: MIT
// Counters and states of a network namespace of the test's own.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <vector>

#include "cli/tool_in_namespace.hpp"
#include "support/sockets.hpp"

namespace {

using namespace tcptable::test;
using nlohmann::json;

class Stats : public ToolInNamespace {};

TEST_F(Stats, CountTheConnectionsThatWereMade) {
  const Fd listener = listen_on(loopback(tcptable::Family::ipv4));
  const auto opens = [] { return json::parse(run_tool({"stats", "--json"}).out).at("counters").at("tcp"); };
  const json before = opens();
  std::vector<Connection> connections;
  for (int i = 0; i < 5; ++i) connections.push_back(make_connection(listener));
  const json after = opens();
  EXPECT_EQ(after.at("active_opens").get<int>() - before.at("active_opens").get<int>(), 5);
  EXPECT_EQ(after.at("passive_opens").get<int>() - before.at("passive_opens").get<int>(), 5);
}

TEST_F(Stats, CountEverySocketInItsState) {
  const Fd listener = listen_on(loopback(tcptable::Family::ipv6));
  const Connection connection = make_connection(listener);
  int listening = 0, established = 0;
  const json document = json::parse(run_tool({"stats", "--json"}).out);
  for (const json& workload : document.at("workloads")) {
    listening += workload.at("listen").get<int>();
    established += workload.at("established").get<int>();
  }
  EXPECT_EQ(listening, 1);
  EXPECT_EQ(established, 2);
}

TEST_F(Stats, AreForPeopleToo) {
  const Fd listener = listen_on(loopback(tcptable::Family::ipv4));
  const ToolRun run = run_tool({"stats"});
  EXPECT_EQ(run.status, 0) << run.err;
  EXPECT_TRUE(run.out.starts_with("tcp   active_opens ")) << run.out;
  EXPECT_NE(run.out.find("\nWORKLOAD  SOCKETS  listen\n"), std::string::npos) << run.out;
  EXPECT_EQ(run_tool({"stats", "word"}).status, 2);
}

}  // namespace
