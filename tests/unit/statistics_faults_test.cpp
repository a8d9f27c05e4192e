// SPDX-License-Identifier: MIT
// Each system call of a statistic fails in turn: an error with the errno, and nothing lost.
#include <gtest/gtest.h>

#include <array>
#include <cerrno>
#include <functional>

#include "api/network_counts.hpp"
#include "api/statistics.hpp"
#include "support/fault_kernel.hpp"
#include "support/scripted_netlink.hpp"

#include <linux/rtnetlink.h>

namespace tcptable::test {
namespace {

class StatisticsFaults : public ::testing::Test {
 protected:
  // Fails each call of `statistic` that a sound one makes.
  template <typename T>
  void sweep(const std::function<Result<T>()>& statistic) {
    kernel_.fail_nth(0, 0);
    ASSERT_TRUE(statistic());
    const int calls = kernel_.calls();
    ASSERT_GT(calls, 1);
    for (const int error : {EPERM, ENOENT, ENOMEM, EMFILE, EIO}) {
      for (int nth = 1; nth <= calls; ++nth) {
        SCOPED_TRACE(std::string(strerrorname_np(error)) + " in call " + std::to_string(nth));
        kernel_.fail_nth(nth, error);
        const auto failed = statistic();
        EXPECT_EQ(kernel_.open_descriptors(), 0U);
        ASSERT_FALSE(failed);
        EXPECT_EQ(failed.error().sys_errno, error);
      }
    }
  }

  FaultKernel kernel_{sys::real_kernel()};
};

TEST_F(StatisticsFaults, EachCallThatFailsIsAnError) {
  sweep<TcpStatistics>([&] { return api::tcp_counters(kernel_); });
  for (const Family family : {Family::ipv4, Family::ipv6}) {
    sweep<UdpStatistics>([&] { return api::udp_counters(kernel_, family); });
    sweep<IpStatistics>([&] { return api::ip_statistics(kernel_, family); });
    sweep<IcmpStatistics>([&] { return api::icmp_statistics(kernel_, family); });
  }
}

TEST_F(StatisticsFaults, AKernelWithoutTheFamilySaysSo) {
  kernel_.fail_path("snmp6", ENOENT);
  const auto udp = api::udp_counters(kernel_, Family::ipv6);
  ASSERT_FALSE(udp);
  EXPECT_EQ(udp.error(), (Error{Errc::not_supported, Step::read_statistics, ENOENT}));
}

rtmsg route_of(std::uint8_t table) {
  rtmsg route{};
  route.rtm_family = AF_INET;
  route.rtm_table = table;
  return route;
}

TEST_F(StatisticsFaults, OnlyRoutesOfTheMainTableCount) {
  ScriptedNetlink kernel;
  kernel.deliver(Datagram()
                     .add_value(RTM_NEWROUTE, route_of(RT_TABLE_MAIN))
                     .add_value(RTM_NEWROUTE, route_of(RT_TABLE_LOCAL))
                     .add_value(RTM_NEWROUTE, std::uint8_t{0})
                     .add_value(RTM_NEWROUTE, route_of(RT_TABLE_MAIN))
                     .done());
  EXPECT_EQ(api::count_routes(kernel, Family::ipv4), 2U);
}

TEST_F(StatisticsFaults, AnInterruptedCountBeginsAnew) {
  ScriptedNetlink kernel;
  kernel.deliver(Datagram()
                     .add_value(RTM_NEWLINK, ifinfomsg{})
                     .add_value(RTM_NEWLINK, ifinfomsg{}, kSequence, NLM_F_MULTI | NLM_F_DUMP_INTR));
  kernel.deliver(Datagram().add_value(RTM_NEWLINK, ifinfomsg{}).done());
  EXPECT_EQ(api::count_interfaces(kernel), 1U);
}

}  // namespace
}  // namespace tcptable::test
