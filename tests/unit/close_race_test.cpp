// SPDX-License-Identifier: MIT
// What happens to a connection between its look-up and its closing: never is another socket closed instead.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <optional>
#include <thread>

#include "api/connection.hpp"
#include "support/closing.hpp"
#include "support/fault_kernel.hpp"
#include "support/network_namespace.hpp"
#include "support/reused_connection.hpp"
#include "support/scripted_netlink.hpp"

namespace tcptable::test {
namespace {

class CloseRace : public ::testing::Test {
 protected:
  void SetUp() override {
    if (const auto reason = enter_network_namespace()) GTEST_SKIP() << *reason;
    if (const auto reason = reason_against_closing()) GTEST_SKIP() << *reason;
    connection_.emplace();
  }

  std::optional<ReusedConnection> connection_;
  FaultKernel kernel_{sys::real_kernel()};
};

constexpr int kDestroyRequest = 2;  // the first asks for the socket

TEST_F(CloseRace, AConnectionThatEndsMeanwhileIsNotFoundAndItsListenerLives) {
  kernel_.run_before("send", kDestroyRequest, [&] { connection_->end(); });
  const auto closed = api::close_connection(kernel_, connection_->key());
  ASSERT_FALSE(closed);
  EXPECT_EQ(to_string(closed.error()), to_string(Error{Errc::not_found, Step::receive_reply, ENOENT}));
  EXPECT_TRUE(connection_->others_live());
}

TEST_F(CloseRace, AConnectionThatTakesTheEndpointsMeanwhileLives) {
  kernel_.run_before("send", kDestroyRequest, [&] { connection_->take_again(); });
  const auto closed = api::close_connection(kernel_, connection_->key());
  ASSERT_FALSE(closed);
  EXPECT_EQ(to_string(closed.error()), to_string(Error{Errc::not_found, Step::receive_reply, ENOENT}));
  EXPECT_TRUE(connection_->lives());
  EXPECT_TRUE(connection_->others_live());
}

TEST_F(CloseRace, ThousandsOfClosesAgainstReconnectsCloseNothingElse) {
  constexpr int kReconnects = 3000;
  constexpr int kMost = 30'000;  // on a slow machine the closer is seldom in time
  std::atomic<bool> over{false};
  std::atomic<int> closed{0};
  std::thread closer([&] {
    while (!over) {
      const auto result = api::close_connection(sys::real_kernel(), connection_->key());
      if (result) ++closed;
      if (!result && result.error().code != Errc::not_found) over = true;
    }
  });
  for (int i = 0; (i < kReconnects || (closed == 0 && i < kMost)) && !over; ++i) {
    connection_->end();
    if (i % 2 == 0)
      std::this_thread::sleep_for(std::chrono::microseconds(20));  // the listener is alone for a while
    connection_->take_again();
  }
  EXPECT_FALSE(over) << "another failure than not_found";
  over = true;
  closer.join();
  EXPECT_GT(closed, 0);
  EXPECT_TRUE(connection_->others_live());
}

TEST_F(CloseRace, WithoutSockDiagItIsNotSupportedRatherThanNotFound) {
  ScriptedNetlink kernel;
  kernel.deliver(Datagram().error(-ENOENT));
  kernel.deliver(Datagram().done(-ENOENT));
  SocketKey udp = connection_->key();
  udp.protocol = Protocol::udp;
  const auto found = api::inspect_socket(kernel, udp, false);
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, Errc::not_supported);
}

TEST_F(CloseRace, EachCallFailsWithAnErrorAndNoDescriptorIsLost) {
  for (const int error : {EINTR, ENOMEM, EMFILE, EPERM, EAGAIN, EIO, ENOBUFS}) {
    for (int nth = 1; nth <= 8; ++nth) {
      SCOPED_TRACE(std::string(strerrorname_np(error)) + " in call " + std::to_string(nth));
      kernel_.fail_nth(nth, error);
      const auto closed = api::close_connection(kernel_, connection_->key());
      EXPECT_EQ(kernel_.open_descriptors(), 0U);
      EXPECT_FALSE(kernel_.closed_twice());
      if (!closed) continue;
      connection_->take_again();
    }
  }
  kernel_.fail_nth(0, 0);
  EXPECT_TRUE(connection_->others_live());
}

}  // namespace
}  // namespace tcptable::test
