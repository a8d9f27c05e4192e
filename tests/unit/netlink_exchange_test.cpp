// SPDX-License-Identifier: MIT
// Every answer that one netlink question can get, told by a script instead of a kernel.
#include "sys/netlink_exchange.hpp"

#include <gtest/gtest.h>

#include "backend/sock_diag/diag_message.hpp"
#include "support/scripted_netlink.hpp"

namespace tcptable::test {
namespace {

class CountingSink final : public sys::MessageSink {
 public:
  Result<void> message(const nlmsghdr&) override {
    ++messages;
    return {};
  }
  int messages = 0;
};

struct Outcome {
  Result<void> result;
  int messages;
};

Outcome ask(ScriptedNetlink& kernel) {
  const auto request = backend::make_get_request({}, backend::kNothingMore);
  CountingSink sink;
  auto result = sys::exchange(kernel, NETLINK_SOCK_DIAG, std::as_bytes(std::span(&request, 1)), sink);
  EXPECT_EQ(kernel.open_descriptors(), 0);
  return {std::move(result), sink.messages};
}

void expect_error(ScriptedNetlink& kernel, Errc code, int sys_errno = 0) {
  const Outcome outcome = ask(kernel);
  EXPECT_EQ(outcome.messages, 0);
  ASSERT_FALSE(outcome.result);
  EXPECT_EQ(to_string(outcome.result.error()), to_string(Error{code, Step::receive_reply, sys_errno}));
}

TEST(NetlinkExchange, TheFirstMessageIsTheAnswer) {
  ScriptedNetlink kernel;
  kernel.deliver(Datagram().listener(1).listener(2));
  const Outcome outcome = ask(kernel);
  EXPECT_TRUE(outcome.result);
  EXPECT_EQ(outcome.messages, 1);
}

TEST(NetlinkExchange, AnAcknowledgementIsSuccessWithoutAMessage) {
  ScriptedNetlink kernel;
  kernel.deliver(Datagram().error(0));
  const Outcome outcome = ask(kernel);
  EXPECT_TRUE(outcome.result);
  EXPECT_EQ(outcome.messages, 0);
}

TEST(NetlinkExchange, ARefusalIsItsErrno) {
  for (const auto& [sys_errno, code] :
       {std::pair(EPERM, Errc::not_permitted), std::pair(ENOENT, Errc::not_supported),
        std::pair(EOPNOTSUPP, Errc::not_supported), std::pair(ENOMEM, Errc::no_memory),
        std::pair(EINVAL, Errc::io)}) {
    SCOPED_TRACE(sys_errno);
    ScriptedNetlink kernel;
    kernel.deliver(Datagram().error(-sys_errno));
    expect_error(kernel, code, sys_errno);
  }
}

TEST(NetlinkExchange, AnotherRequestsAnswerIsPassedOver) {
  ScriptedNetlink kernel;
  kernel.deliver(Datagram().add(SOCK_DIAG_BY_FAMILY, {}, kSequence + 1));
  kernel.deliver(Datagram().listener(1));
  EXPECT_EQ(ask(kernel).messages, 1);
}

TEST(NetlinkExchange, AnotherProcessesMessageIsPassedOver) {
  ScriptedNetlink kernel;
  ScriptedNetlink::Delivery forged;
  forged.bytes = Datagram().error(0).bytes();
  forged.sender = 4711;
  kernel.deliver(forged);
  kernel.deliver(Datagram().error(-EPERM));
  expect_error(kernel, Errc::not_permitted, EPERM);
}

TEST(NetlinkExchange, ASilentKernelIsAnErrorAfterTheTimeout) {
  ScriptedNetlink kernel;
  expect_error(kernel, Errc::io, EAGAIN);
}

TEST(NetlinkExchange, WhatBreaksTheFormatIsMalformed) {
  const Datagram broken[] = {Datagram(), Datagram().done(), Datagram().error(7),
                             Datagram().listener(1).cut(4)};
  for (const Datagram& datagram : broken) {
    ScriptedNetlink kernel;
    kernel.deliver(datagram);
    expect_error(kernel, Errc::malformed_reply);
  }
}

}  // namespace
}  // namespace tcptable::test
