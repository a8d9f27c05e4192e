// SPDX-License-Identifier: MIT
// tcptable events: its lines and JSON from events made by hand, and the command on real connections.
#include <gtest/gtest.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <time.h>

#include <cerrno>
#include <nlohmann/json.hpp>
#include <sstream>
#include <thread>

#include "cli/run_tool.hpp"
#include "support/network_namespace.hpp"
#include "support/privileges.hpp"
#include "support/sockets.hpp"
#include "tcptable/events/end.hpp"
#include "tcptable/events/json.hpp"
#include "tcptable/events/options.hpp"
#include "tcptable/events/text.hpp"

namespace tcptable::test {
namespace {

using nlohmann::json;
using std::chrono::microseconds;

Event closed_event() {
  Event event;
  event.row.local = endpoint("127.0.0.1", 8000);
  event.row.remote = endpoint("127.0.0.1", 59916);
  event.row.cookie = 9007199254740993;
  event.row.state = State::last_ack;
  event.row.owner_status = OwnerStatus::known;
  event.owner = Process{812, 4711, "evil\x1b[31m\n"};
  event.time = std::chrono::system_clock::time_point(microseconds(1763985600123456));
  event.monotonic_time = std::chrono::steady_clock::time_point(microseconds(5000000));
  event.duration = microseconds(1200);
  event.traffic = Traffic{70, 1024, 30, 2};
  return event;
}

Event failed_event(int error) {
  Event event = closed_event();
  event.kind = EventKind::connect_failed;
  event.connect_error = error;
  event.duration.reset();
  event.traffic.reset();
  event.owner.reset();
  event.row.owner_status = OwnerStatus::exited;
  return event;
}

std::string json_of(const Event& event) {
  std::string text;
  tool::ChunkedOutput out([&](std::string_view piece) {
    text += piece;
    return 0;
  });
  tool::print_event_json(event, out);
  out.finish();
  return text;
}

class EventLine : public ::testing::Test {
 protected:
  void SetUp() override {
    ::setenv("TZ", "UTC", 1);
    ::tzset();
  }
};

TEST_F(EventLine, SaysWhatWasClosedWhoseItWasAndWhatItCarried) {
  EXPECT_EQ(tool::event_line(closed_event()),
            "12:00:00.123456  closed          127.0.0.1:8000 <-> 127.0.0.1:59916            "
            "evil\\x1b[31m\\n (812)  after 1.2ms, 70 received, 1K sent, rtt 30us, 2 retransmitted\n");
}

TEST_F(EventLine, SaysWhyThereIsNoConnectionAndWhyNoOwner) {
  EXPECT_EQ(tool::event_line(failed_event(ECONNREFUSED)),
            "12:00:00.123456  connect_failed  127.0.0.1:8000 -> 127.0.0.1:59916             - (exited)  "
            "Connection refused\n");
  EXPECT_NE(tool::event_line(failed_event(0)).find("given up"), std::string::npos);
}

TEST_F(EventLine, OfAListenerNamesOneEnd) {
  Event event = closed_event();
  event.kind = EventKind::listening;
  event.row.remote = nowhere(Family::ipv4);
  event.duration.reset();
  event.traffic.reset();
  EXPECT_EQ(tool::event_line(event).find("->"), std::string::npos);
}

TEST(EventJson, HasTheSocketAsTheDocumentHasIt) {
  const json line = json::parse(json_of(closed_event()));
  EXPECT_EQ(line.at("schema"), 1);
  EXPECT_EQ(line.at("event"), "closed");
  EXPECT_EQ(line.at("time"), "2025-11-24T12:00:00.123456Z");
  EXPECT_EQ(line.at("monotonic_us"), 5000000);
  EXPECT_EQ(line.at("source"), "bpf");
  EXPECT_EQ(line.at("socket").at("cookie"), "9007199254740993");
  EXPECT_EQ(line.at("socket").at("owner").at("pid"), 812);
  EXPECT_EQ(line.at("socket").at("owner").at("name"), "evil\x1b[31m\n");
  EXPECT_EQ(line.at("duration_us"), 1200);
  EXPECT_EQ(line.at("duration_is_minimum"), false);
  EXPECT_EQ(line.at("bytes_received"), 70);
  EXPECT_EQ(line.at("bytes_sent"), 1024);
  EXPECT_EQ(line.at("rtt_us"), 30);
  EXPECT_EQ(line.at("segments_retransmitted"), 2);
  EXPECT_FALSE(line.contains("error"));
}

TEST(EventJson, NamesTheErrorOfAFailedConnect) {
  EXPECT_EQ(json::parse(json_of(failed_event(ETIMEDOUT))).at("error"), "ETIMEDOUT");
  EXPECT_TRUE(json::parse(json_of(failed_event(0))).at("error").is_null());
}

TEST(EventEnd, SaysHowManyWereSeenAndLost) {
  EXPECT_EQ(tool::end_line({2, 2, std::chrono::seconds(10), {}}), "2 events in 10s; none lost\n");
  EXPECT_EQ(tool::end_line({1, 0, std::chrono::seconds(10), {7, 0}}),
            "1 event in 10s, 0 of them shown; 7 lost\n");
  EXPECT_EQ(tool::end_line({0, 0, std::chrono::seconds(10), {0, 1}}),
            "0 events in 10s; the kernel dropped closings 1 time, an unknown number of them\n");
}

std::vector<json> lines_of(const std::string& text) {
  std::vector<json> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(json::parse(line));
  return lines;
}

class EventsCommand : public ::testing::Test {
 protected:
  void SetUp() override {
    if (const auto reason = enter_network_namespace()) GTEST_SKIP() << *reason;
  }
  // Connections, one after another, while the tool runs.
  static ToolRun run_beside_connections(const std::vector<std::string>& arguments,
                                        const std::function<bool()>& prepare = {}) {
    std::jthread connections([](const std::stop_token& stop) {
      const Fd listener = listen_on(loopback(Family::ipv4));
      while (!stop.stop_requested()) {
        make_connection(listener);
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
      }
    });
    return run_tool(arguments, prepare);
  }
};

TEST_F(EventsCommand, EndsAfterSoManyAndSaysSo) {
  const ToolRun run = run_beside_connections({"events", "--ndjson", "--count", "5", "--for", "30s"});
  EXPECT_EQ(run.status, 0) << run.err;
  const auto lines = lines_of(run.out);
  ASSERT_EQ(lines.size(), 6U);
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(lines.at(static_cast<std::size_t>(i)).at("socket").at("protocol"), "tcp");
  }
  EXPECT_EQ(lines.back().at("event"), "end");
  EXPECT_EQ(lines.back().at("shown"), 5);
  EXPECT_EQ(lines.back().at("dropped"), 0);
  EXPECT_NE(run.err.find("none lost\n"), std::string::npos) << run.err;
}

TEST_F(EventsCommand, ShowsWhatTheFilterLetsPass) {
  const ToolRun run = run_beside_connections({"events", "--json", "--for", "1s", "pid:1"});
  EXPECT_EQ(run.status, 1) << run.err;
  EXPECT_EQ(lines_of(run.out).size(), 1U);
}

TEST_F(EventsCommand, EndsWithItsLineWhenItIsInterrupted) {
  for (const int signal : {SIGINT, SIGTERM}) {
    const ToolRun run = run_tool({"events", "--for", "30s"}, [signal] {
      const pid_t tool = ::getpid();
      if (::fork() != 0) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(1500));
      ::kill(tool, signal);
      ::_exit(0);
    });
    EXPECT_EQ(run.signal, 0);
    EXPECT_EQ(run.status, 1);
    EXPECT_NE(run.err.find("0 events in"), std::string::npos) << run.err;
  }
}

TEST_F(EventsCommand, OfAnOrdinaryUserIsClosingsAndSaysWhy) {
  if (!may_become_nobody()) GTEST_SKIP() << "needs root and a second user id";
  const ToolRun run = run_beside_connections({"events", "--json", "--for", "30s", "--count", "3"}, [] {
    become_nobody();
    return true;
  });
  EXPECT_EQ(run.status, 0) << run.err;
  EXPECT_EQ(run.err.rfind("closings only: ", 0), 0U) << run.err;
  for (const json& line : lines_of(run.out)) {
    if (line.at("event") != "end") {
      EXPECT_EQ(line.at("event"), "closed");
    }
  }
}

TEST(EventsOptions, AreRefusedInOneLine) {
  for (const std::vector<std::string>& words :
       std::vector<std::vector<std::string>>{{"events", "--for", "soon"},
                                             {"events", "--for", "0s"},
                                             {"events", "--count", "-1"},
                                             {"events", "--count", "0"},
                                             {"events", "port:"}}) {
    EXPECT_EQ(run_tool(words).status, 2) << words.back();
  }
}

}  // namespace
}  // namespace tcptable::test
