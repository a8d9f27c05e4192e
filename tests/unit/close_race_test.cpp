// SPDX-License-Identifier: MIT
// What happens to a connection between its look-up and its closing: never is another socket closed instead.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/socket.h>

#include <array>
#include <atomic>
#include <chrono>
#include <thread>

#include "api/connection.hpp"
#include "support/fault_kernel.hpp"
#include "support/network_namespace.hpp"
#include "support/scripted_netlink.hpp"
#include "support/sockets.hpp"

namespace tcptable::test {
namespace {

// Ends a connection by a reset, so that its endpoints are free at once.
void reset(Fd& fd) {
  if (fd.get() < 0) return;
  const linger now{1, 0};
  check(::setsockopt(fd.get(), SOL_SOCKET, SO_LINGER, &now, sizeof now), "SO_LINGER");
  fd.reset();
}

bool carries_data(const Connection& connection) {
  std::array<char, 1> byte{'x'};
  return ::send(connection.client.get(), byte.data(), 1, MSG_NOSIGNAL) == 1 &&
         ::recv(connection.server.get(), byte.data(), 1, 0) == 1;
}

class CloseRace : public ::testing::Test {
 protected:
  void SetUp() override {
    if (const auto reason = enter_network_namespace()) GTEST_SKIP() << *reason;
    listener_ = listen_on(loopback(Family::ipv4));
    bystander_ = make_connection(listener_);
    connection_ = make_connection(listener_);
    client_ = local_endpoint(connection_.client.get());
    key_ = {Protocol::tcp, local_endpoint(listener_.get()), client_};
    check(::fcntl(listener_.get(), F_SETFL, O_NONBLOCK), "O_NONBLOCK");
  }

  void end_connection() {
    reset(connection_.client);
    reset(connection_.server);
  }

  // A new connection on the very same endpoints; none where somebody closes it before it is accepted.
  void reconnect() {
    connection_ = {open_socket(Family::ipv4, SOCK_STREAM), Fd()};
    const int yes = 1;
    check(::setsockopt(connection_.client.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes), "SO_REUSEADDR");
    try {
      bind_to(connection_.client.get(), client_);
      connect_to(connection_.client.get(), key_.local);
    } catch (const std::system_error&) {
      return;
    }
    // On the loopback the handshake is over when connect returns.
    connection_.server = Fd(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
  }

  void expect_the_others_live() {
    EXPECT_TRUE(carries_data(bystander_));
    EXPECT_TRUE(carries_data(make_connection(listener_)));
  }

  Fd listener_;
  Connection bystander_;
  Connection connection_;
  Endpoint client_;
  SocketKey key_;
  FaultKernel kernel_{sys::real_kernel()};
};

constexpr int kDestroyRequest = 2;  // the first asks for the socket

TEST_F(CloseRace, AConnectionThatEndsMeanwhileIsNotFoundAndItsListenerLives) {
  kernel_.run_before("send", kDestroyRequest, [&] { end_connection(); });
  const auto closed = api::close_connection(kernel_, key_);
  ASSERT_FALSE(closed);
  EXPECT_EQ(to_string(closed.error()), to_string(Error{Errc::not_found, Step::receive_reply, ENOENT}));
  expect_the_others_live();
}

TEST_F(CloseRace, AConnectionThatTakesTheEndpointsMeanwhileLives) {
  kernel_.run_before("send", kDestroyRequest, [&] {
    end_connection();
    reconnect();
  });
  const auto closed = api::close_connection(kernel_, key_);
  ASSERT_FALSE(closed);
  EXPECT_EQ(to_string(closed.error()), to_string(Error{Errc::not_found, Step::receive_reply, ENOENT}));
  EXPECT_TRUE(carries_data(connection_));
  expect_the_others_live();
}

TEST_F(CloseRace, ThousandsOfClosesAgainstReconnectsCloseNothingElse) {
  constexpr int kReconnects = 3000;
  std::atomic<bool> over{false};
  int closed = 0;
  std::thread closer([&] {
    while (!over) {
      const auto result = api::close_connection(sys::real_kernel(), key_);
      if (result) ++closed;
      if (!result && result.error().code != Errc::not_found) over = true;
    }
  });
  for (int i = 0; i < kReconnects && !over; ++i) {
    end_connection();
    if (i % 2 == 0)
      std::this_thread::sleep_for(std::chrono::microseconds(20));  // the listener is alone for a while
    reconnect();
  }
  EXPECT_FALSE(over) << "another failure than not_found";
  over = true;
  closer.join();
  EXPECT_GT(closed, 0);
  expect_the_others_live();
}

TEST_F(CloseRace, WithoutSockDiagItIsNotSupportedRatherThanNotFound) {
  ScriptedNetlink kernel;
  kernel.deliver(Datagram().error(-ENOENT));
  kernel.deliver(Datagram().done(-ENOENT));
  SocketKey udp = key_;
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
      const auto closed = api::close_connection(kernel_, key_);
      EXPECT_EQ(kernel_.open_descriptors(), 0U);
      EXPECT_FALSE(kernel_.closed_twice());
      if (!closed) continue;
      reset(connection_.client);
      reset(connection_.server);
      reconnect();
    }
  }
  kernel_.fail_nth(0, 0);
  expect_the_others_live();
}

}  // namespace
}  // namespace tcptable::test
