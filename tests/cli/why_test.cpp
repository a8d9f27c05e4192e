// SPDX-License-Identifier: MIT
// What limits a socket: by counters made by hand, and on real connections.
#include <gtest/gtest.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "cli/tool_in_namespace.hpp"
#include "support/socket_states.hpp"
#include "support/sockets.hpp"
#include "tcptable/why/finding.hpp"

namespace {

using namespace tcptable::test;
using tcptable::Family;
using tcptable::SocketRow;
using tcptable::State;
using tcptable::TcpInfo;

SocketRow row_in(State state) {
  SocketRow row;
  row.state = state;
  return row;
}

TcpInfo healthy() {
  TcpInfo info;
  info.rtt_us = 1'000;
  info.minimum_rtt_us = 900;
  info.congestion_window = 10;
  info.send_mss = 1448;
  info.data_segments_out = 1000;
  info.busy_us = 1'000'000;
  info.peer_window = 65535;
  return info;
}

// The limits found, the most serious first.
std::string limits(const SocketRow& row, const TcpInfo& info) {
  std::string text;
  for (const auto& finding : tool::why::findings_of(row, &info))
    text += (text.empty() ? "" : ", ") + std::string(to_string(finding.limit));
  return text;
}

TEST(Findings, OfAHealthyConnectionAtRestBlameTheApplication) {
  EXPECT_EQ(limits(row_in(State::established), healthy()), "application");
}

TEST(Findings, OfOneThatSendsAsFastAsItMayBlameTheNetwork) {
  SocketRow row = row_in(State::established);
  row.send_queue = 100'000;
  EXPECT_EQ(limits(row, healthy()), "network");
}

TEST(Findings, NameTheReceiverTheSenderAndLoss) {
  TcpInfo info = healthy();
  info.peer_window_limit_us = 600'000;
  EXPECT_EQ(limits(row_in(State::established), info), "receiver");
  info.peer_window_limit_us = 499'999;
  EXPECT_EQ(limits(row_in(State::established), info), "application");
  info.send_buffer_limit_us = 500'000;
  info.segments_retransmitted = 10;
  EXPECT_EQ(limits(row_in(State::established), info), "loss, send buffer");
}

TEST(Findings, NameAPeerThatIsGoneOrTakesNothing) {
  TcpInfo info = healthy();
  info.consecutive_timeouts = 3;
  info.peer_window = 0;
  SocketRow row = row_in(State::established);
  EXPECT_EQ(limits(row, info), "peer unreachable");
  row.send_queue = 1;
  EXPECT_EQ(limits(row, info), "peer unreachable, peer's window closed");
}

TEST(Findings, NameAQueueOnThePath) {
  TcpInfo info = healthy();
  info.rtt_us = 200'000;
  info.minimum_rtt_us = 10'000;
  EXPECT_EQ(limits(row_in(State::established), info), "queueing");
  info.minimum_rtt_us = 100'000;
  EXPECT_EQ(limits(row_in(State::established), info), "application");
}

TEST(Findings, OfAListenerAreAboutItsQueue) {
  SocketRow row = row_in(State::listen);
  row.send_queue = 8;
  EXPECT_EQ(limits(row, healthy()), "");
  row.receive_queue = 8;
  EXPECT_EQ(limits(row, healthy()), "accepting slowly");
  row.receive_queue = 9;
  EXPECT_EQ(limits(row, healthy()), "accept queue full");
  const auto of_unknown_limit = tool::why::findings_of(row, nullptr, nullptr, false);
  ASSERT_EQ(of_unknown_limit.size(), 1U);
  EXPECT_EQ(of_unknown_limit[0].limit, tool::why::Limit::accepting);
}

TEST(Findings, OfAListenerNameWhatItHasDropped) {
  const tcptable::SocketMemory memory{.drops = 3};
  const auto findings = tool::why::findings_of(row_in(State::listen), nullptr, &memory);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].evidence, "3 connections were dropped so far");
  EXPECT_TRUE(tool::why::findings_of(row_in(State::established), nullptr, &memory).empty());
}

class Why : public ToolInNamespace {};

std::string port_of(const Fd& socket) {
  return std::to_string(local_endpoint(socket.get()).port);
}

TEST_F(Why, FindsTheFullAcceptQueue) {
  const Fd listener = listen_on(loopback(Family::ipv4), 1);
  std::vector<Fd> clients;
  for (int i = 0; i < 2; ++i) {
    clients.push_back(open_socket(Family::ipv4, SOCK_STREAM));
    connect_to(clients.back().get(), local_endpoint(listener.get()));
  }
  const ToolRun run = run_tool({"why", ":" + port_of(listener), "state:listen"});
  EXPECT_EQ(run.status, 0) << run.err;
  EXPECT_NE(run.out.find("accept queue full     2 connections wait to be accepted, the limit is 1"),
            std::string::npos)
      << run.out;
  EXPECT_EQ(run.err, "1 of 1 sockets in trouble\n");
}

TEST_F(Why, FindsTheDatagramsThatWereDropped) {
  const Fd server = open_socket(Family::ipv4, SOCK_DGRAM);
  bind_to(server.get(), loopback(Family::ipv4));
  const Fd client = open_socket(Family::ipv4, SOCK_DGRAM);
  connect_to(client.get(), local_endpoint(server.get()));
  const std::string datagram(1000, 'x');
  for (int i = 0; i < 2000; ++i) check(::send(client.get(), datagram.data(), datagram.size(), 0), "send");
  int kept = 0;
  std::string buffer(2000, '\0');
  const ToolRun run = run_tool({"why", "lport:" + port_of(server)});
  while (::recv(server.get(), buffer.data(), buffer.size(), MSG_DONTWAIT) > 0) ++kept;
  EXPECT_NE(run.out.find("dropping              " + std::to_string(2000 - kept) + " datagrams were dropped"),
            std::string::npos)
      << run.out;
  EXPECT_EQ(run.err, "1 of 1 sockets in trouble\n");
}

TEST_F(Why, NamesTheProcessThatDoesNotClose) {
  ::prctl(PR_SET_NAME, "the_leak");
  const Fd listener = listen_on(loopback(Family::ipv4));
  Connection connection = make_connection(listener);
  connection.client = Fd();  // the peer closes
  const ToolRun run = run_tool({"why", std::to_string(::getpid())});
  EXPECT_TRUE(run.out.starts_with("the_leak (" + std::to_string(::getpid()) +
                                  ") has not closed 1 connection that the peer has closed"))
      << run.out;
  EXPECT_NE(run.out.find("not closing"), std::string::npos) << run.out;
}

TEST_F(Why, FindsAReaderThatDoesNotRead) {
  const Fd listener = listen_on(loopback(Family::ipv6));
  const Connection connection = make_connection(listener);
  ASSERT_EQ(::write(connection.client.get(), "12345", 5), 5);
  const ToolRun run = run_tool({"why", "lport:" + port_of(listener), "state:established"});
  EXPECT_NE(run.out.find("not reading           5 bytes have arrived and were not read"), std::string::npos)
      << run.out;
}

TEST_F(Why, DoesNotTakeWhatDatagramsCostForTheirBytes) {
  Fd receiver = open_socket(Family::ipv4, SOCK_DGRAM), sender = open_socket(Family::ipv4, SOCK_DGRAM);
  bind_to(receiver.get(), loopback(Family::ipv4));
  connect_to(sender.get(), local_endpoint(receiver.get()));
  ASSERT_EQ(::write(sender.get(), "12345", 5), 5);
  const ToolRun run = run_tool({"why", "proto:udp lport:" + port_of(receiver)});
  EXPECT_NE(run.out.find("  unconnected  "), std::string::npos) << run.out;
  EXPECT_NE(run.out.find("not reading           datagrams that take "), std::string::npos) << run.out;
}

TEST_F(Why, WantsAFilterAndSaysThatNothingMatches) {
  EXPECT_EQ(run_tool({"why"}).status, 2);
  EXPECT_EQ(run_tool({"why", "rtt>"}).status, 2);
  EXPECT_EQ(run_tool({"why", ":9"}).status, 1);
}

}  // namespace
