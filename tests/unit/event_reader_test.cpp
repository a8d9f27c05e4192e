// SPDX-License-Identifier: MIT
// The reader of events on kernels that fail, and what the kernel's bytes say.
#include "api/events/event_reader.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <linux/inet_diag.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>

#include <algorithm>
#include <cerrno>

#include "api/events/event_record.hpp"
#include "support/fault_kernel.hpp"
#include "support/network_namespace.hpp"
#include "support/scripted_netlink.hpp"

namespace tcptable::test {
namespace {

using api::EventReader;

class EventReaders : public ::testing::Test {
 protected:
  void SetUp() override {
    if (const auto reason = enter_small_network_namespace()) GTEST_SKIP() << *reason;
  }
};

EventQuery by_multicast() {
  EventQuery query;
  query.udp = true;
  query.source = EventSource::multicast;
  return query;
}

TEST_F(EventReaders, CloseWhatTheyOpenedWhicheverCallFails) {
  FaultKernel kernel(sys::real_kernel());
  kernel.fail_nth(0, 0);
  ASSERT_TRUE(EventReader::open(kernel, by_multicast(), ""));
  const int calls = kernel.calls();
  // The others are the look at the table, which has a sweep of its own: as many as the machine has
  // descriptors.
  constexpr int kOwnCalls = 25;
  const int stride = std::max(kOwnCalls, calls / 40);
  for (int nth = 1; nth <= calls; nth += nth < kOwnCalls ? 1 : stride) {
    SCOPED_TRACE(nth);
    kernel.fail_nth(nth, EMFILE);
    static_cast<void>(EventReader::open(kernel, by_multicast(), ""));
    ASSERT_EQ(kernel.open_descriptors(), 0U);
    ASSERT_FALSE(kernel.closed_twice());
  }
}

TEST_F(EventReaders, StepDownWithTheReasonOnlyWhereNobodyChose) {
  FaultKernel kernel(sys::real_kernel());
  kernel.fail_call("trace_connections", EPERM);
  const auto reader = EventReader::open(kernel, {}, "");
  ASSERT_TRUE(reader);
  EXPECT_EQ((*reader)->source(), EventSource::multicast);
  EXPECT_EQ((*reader)->why_not_bpf()->code, Errc::not_permitted);
  EXPECT_EQ(EventReader::open(kernel, {}, "bpf").error().code, Errc::not_permitted);
  EventQuery query;
  query.source = EventSource::bpf;
  EXPECT_EQ(EventReader::open(kernel, query, "").error().code, Errc::not_permitted);
}

class NothingSink final : public sys::MessageSink {
 public:
  Result<void> message(const nlmsghdr&) override {
    ++messages;
    return {};
  }
  int messages = 0;
};

TEST(NetlinkListener, TellsWordsFromOverrunsAndSilence) {
  using Outcome = sys::NetlinkListener::Outcome;
  ScriptedNetlink kernel;
  auto listener = sys::NetlinkListener::open(kernel, {NETLINK_SOCK_DIAG, 1, 4096});
  ASSERT_TRUE(listener);
  kernel.deliver(Datagram().listener(1).listener(2));
  kernel.fail(ENOBUFS);
  kernel.fail(EINTR);
  kernel.deliver(Datagram().listener(3).cut(4));
  kernel.fail(ENOMEM);
  NothingSink sink;
  EXPECT_EQ(*listener->receive(sink), Outcome::taken);
  EXPECT_EQ(sink.messages, 2);
  EXPECT_EQ(*listener->receive(sink), Outcome::overrun);
  EXPECT_EQ(listener->receive(sink).error().code, Errc::malformed_reply);
  EXPECT_EQ(listener->receive(sink).error().code, Errc::no_memory);
  EXPECT_EQ(*listener->receive(sink), Outcome::nothing);
}

struct DestroyedWord {
  inet_diag_msg message{};
  nlattr protocol{NLA_HDRLEN + 1, INET_DIAG_PROTOCOL};
  std::uint8_t number = IPPROTO_TCP;
  std::uint8_t padding[3]{};

  DestroyedWord() {
    message.idiag_family = AF_INET;
    message.idiag_state = 7;
    message.id.idiag_sport = htons(8000);
    message.id.idiag_cookie[0] = 5;
  }
  std::span<const std::byte> bytes() const { return std::as_bytes(std::span(this, 1)); }
};

TEST(DestroyedSocket, IsAnEventIfItHadAPort) {
  DestroyedWord word;
  const auto event = api::event_from_destroyed(word.bytes(), {});
  ASSERT_TRUE(event && *event);
  EXPECT_EQ((*event)->kind, EventKind::closed);
  EXPECT_EQ((*event)->source, EventSource::multicast);
  EXPECT_EQ((*event)->row.cookie, 5U);
  EXPECT_EQ((*event)->row.local.port, 8000);
  EXPECT_FALSE((*event)->traffic);
  word.message.id.idiag_sport = 0;
  EXPECT_FALSE(*api::event_from_destroyed(word.bytes(), {}));
}

TEST(DestroyedSocket, OfAnotherProtocolIsNone) {
  DestroyedWord word;
  word.number = 132;  // SCTP
  EXPECT_FALSE(*api::event_from_destroyed(word.bytes(), {}));
}

TEST(TracedRecord, HasItsOwnTimeByBothClocks) {
  tcptable_event record{};
  record.kind = TCPTABLE_CLOSED;
  record.socket.family = AF_INET;
  record.socket.state = 1;
  record.socket.remote_port_be = htons(80);
  record.at = 7'000'000'000;
  record.opened_at = 4'000'000'000;
  record.owner = TCPTABLE_PROCESS;
  record.process.pid = 42;
  record.process.start_boottime = 1'230'000'000;
  const api::Clocks now{std::chrono::system_clock::time_point(std::chrono::seconds(1000)),
                        std::chrono::steady_clock::time_point(std::chrono::seconds(10))};
  const Event event = api::event_from_record(record, now);
  EXPECT_EQ(event.time.time_since_epoch(), std::chrono::seconds(997));
  EXPECT_EQ(event.monotonic_time.time_since_epoch(), std::chrono::seconds(7));
  EXPECT_EQ(*event.duration, std::chrono::seconds(3));
  EXPECT_EQ(event.owner->pid, 42);
  EXPECT_EQ(event.owner->start_time, 123U);
  EXPECT_TRUE(event.traffic);
}

TEST(TracedRecord, IsTimedByTheClocksOfItsReadersTimeNamespace) {
  tcptable_event record{};
  record.socket.family = AF_INET;
  record.at = 7'000'000'000;
  record.owner = TCPTABLE_PROCESS;
  record.process.pid = 42;
  record.process.start_boottime = 1'230'000'000;
  const api::Clocks now{std::chrono::system_clock::time_point(std::chrono::seconds(1000)),
                        std::chrono::steady_clock::time_point(std::chrono::seconds(110)),
                        {100'000'000'000, 5'000'000'000}};
  const Event event = api::event_from_record(record, now);
  EXPECT_EQ(event.time.time_since_epoch(), std::chrono::seconds(997));
  EXPECT_EQ(event.monotonic_time.time_since_epoch(), std::chrono::seconds(107));
  EXPECT_EQ(event.owner->start_time, 623U);
}

TEST(TracedRecord, OfAProcessInAnotherPidNamespaceSaysSo) {
  tcptable_event record{};
  record.socket.family = AF_INET6;
  record.owner = TCPTABLE_PROCESS;
  const Event event = api::event_from_record(record, {});
  EXPECT_FALSE(event.owner);
  EXPECT_EQ(event.row.owner_status, OwnerStatus::other_pid_namespace);
}

}  // namespace
}  // namespace tcptable::test
