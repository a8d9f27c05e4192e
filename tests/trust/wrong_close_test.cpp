// SPDX-License-Identifier: MIT
// Between the look-up and the closing another connection takes the endpoints: neither SetTcpEntry nor the
// tool's close ends it, nor the listener on the port.
#include <dlfcn.h>
#include <gtest/gtest.h>

#include <tcptable/tcptable.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <optional>
#include <thread>
#include <utility>

#include "support/closing.hpp"
#include "support/network_namespace.hpp"
#include "support/reused_connection.hpp"
#include "tcptable/close/victim.hpp"
#include "trust/set_tcp_entry.hpp"

namespace {

std::function<void()> before_send;
int sends_until_then = 0;
int sends = 0;

}  // namespace

// The libraries' requests to the kernel pass here, for a program's own function comes before the C library's.
extern "C" __attribute__((visibility("default"))) ssize_t send(int fd, const void* data, std::size_t size,
                                                               int flags) {
  using Send = ssize_t (*)(int, const void*, std::size_t, int);
  static const auto next = reinterpret_cast<Send>(::dlsym(RTLD_NEXT, "send"));
  ++sends;
  if (before_send && --sends_until_then == 0) std::exchange(before_send, nullptr)();
  return next(fd, data, size, flags);
}

namespace tcptable::test {
namespace {

// TCPTABLE_CLOSE_RACES asks for more than a quick run makes.
int races() {
  const char* wanted = std::getenv("TCPTABLE_CLOSE_RACES");
  return wanted == nullptr ? 300 : std::atoi(wanted);
}

class WrongClose : public ::testing::Test {
 protected:
  void SetUp() override {
    if (const auto reason = enter_network_namespace()) GTEST_SKIP() << *reason;
    if (const auto reason = reason_against_closing()) GTEST_SKIP() << *reason;
    connection_.emplace();
  }
  void TearDown() override { before_send = nullptr; }

  // Does `work` just before the `nth` request from now on.
  static void before_request(int nth, std::function<void()> work) {
    sends_until_then = nth;
    before_send = std::move(work);
  }

  // How many requests to the kernel this makes.
  static int requests_of(const std::function<void()>& call) {
    sends = 0;
    call();
    return sends;
  }

  const SocketRow* shown(const Snapshot& snapshot) const {
    for (const SocketRow& row : snapshot.rows()) {
      if (row.local == connection_->key().local && row.remote == connection_->key().remote) return &row;
    }
    return nullptr;
  }

  std::optional<ReusedConnection> connection_;
};

// It is told endpoints alone, so the first request, the look-up, decides which connection is meant.
TEST_F(WrongClose, SetTcpEntryLeavesAConnectionThatTookTheEndpointsBeforeAnyLaterRequest) {
  const int requests = requests_of([&] { EXPECT_EQ(set_tcp_entry(connection_->key()), Closing::done); });
  ASSERT_GE(requests, 2);
  for (int nth = 2; nth <= requests; ++nth) {
    SCOPED_TRACE(nth);
    connection_->take_again();
    before_request(nth, [&] { connection_->take_again(); });
    EXPECT_EQ(set_tcp_entry(connection_->key()), Closing::not_found);
    EXPECT_TRUE(connection_->lives());
    EXPECT_TRUE(connection_->others_live());
  }
}

TEST_F(WrongClose, SetTcpEntryLeavesTheListenerWhereTheConnectionEndsMeanwhile) {
  for (int nth = 1; nth <= 2; ++nth) {
    SCOPED_TRACE(nth);
    connection_->take_again();
    before_request(nth, [&] { connection_->end(); });
    EXPECT_EQ(set_tcp_entry(connection_->key()), Closing::not_found);
    EXPECT_TRUE(connection_->others_live());
  }
}

// The tool has shown a socket, and its cookie tells it from each that comes later.
TEST_F(WrongClose, TheToolLeavesAConnectionThatTookTheEndpointsBeforeAnyOfItsRequests) {
  OwnerFinder finder;
  int requests = 1;
  for (int nth = 0; nth <= requests; ++nth) {
    SCOPED_TRACE(nth);
    connection_->take_again();
    const auto snapshot = take_snapshot({});
    ASSERT_TRUE(snapshot && shown(*snapshot) != nullptr);
    std::optional<std::string> failure;
    if (nth > 0) before_request(nth, [&] { connection_->take_again(); });
    const int made =
        requests_of([&] { failure = tool::close::close_row(*snapshot, *shown(*snapshot), finder); });
    EXPECT_EQ(failure.has_value(), nth > 0);
    if (nth == 0) requests = made;  // undisturbed
    EXPECT_TRUE(nth == 0 || connection_->lives());
    EXPECT_TRUE(connection_->others_live());
  }
  EXPECT_GE(requests, 3);
}

TEST_F(WrongClose, OfTheToolsRacesWithReconnectsNoneEndsTheSuccessor) {
  using std::chrono::steady_clock;
  OwnerFinder finder;
  int closed = 0;
  auto undisturbed = steady_clock::duration::max();  // how long a close takes
  constexpr int kSteps = 16;
  for (int i = 0; i < races(); ++i) {
    const auto pause = i == 0 ? steady_clock::duration() : undisturbed * (i % kSteps) / (kSteps / 2);
    connection_->take_again();
    const auto snapshot = take_snapshot({});
    ASSERT_TRUE(snapshot && shown(*snapshot) != nullptr);
    std::thread closer([&] {
      const auto begin = steady_clock::now();
      const bool done = !tool::close::close_row(*snapshot, *shown(*snapshot), finder);
      if (done) undisturbed = std::min(undisturbed, steady_clock::now() - begin);
      closed += done ? 1 : 0;
    });
    if (i == 0) {
      closer.join();
      ASSERT_EQ(closed, 1);
    }
    std::this_thread::sleep_for(pause);
    connection_->take_again();
    if (i > 0) closer.join();
    ASSERT_TRUE(connection_->lives()) << i;
  }
  EXPECT_TRUE(connection_->others_live());
  EXPECT_GT(closed, 0);
  EXPECT_LT(closed, races()) << "no reconnect came in time";
  RecordProperty("closed", closed);
}

TEST_F(WrongClose, OfSetTcpEntrysRacesWithReconnectsNoneEndsAnotherSocket) {
  constexpr int kMost = 30'000;  // on a slow machine the closer is seldom in time
  std::atomic<bool> over{false};
  std::atomic<int> closed{0};
  std::thread closer([&] {
    while (!over) {
      const Closing closing = set_tcp_entry(connection_->key());
      closed += closing == Closing::done ? 1 : 0;
      if (closing == Closing::other) over = true;
    }
  });
  for (int i = 0; (i < 10 * races() || (closed == 0 && i < kMost)) && !over; ++i) {
    if (i % 2 == 0) connection_->end();  // the listener is alone for a while
    connection_->take_again();
  }
  EXPECT_FALSE(over) << "another failure than not found";
  over = true;
  closer.join();
  EXPECT_GT(closed, 0);
  EXPECT_TRUE(connection_->others_live());
  RecordProperty("closed", closed.load());
}

}  // namespace
}  // namespace tcptable::test
