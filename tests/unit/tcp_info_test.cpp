// SPDX-License-Identifier: MIT
// struct tcp_info of every length that a kernel has given it.
#include <gtest/gtest.h>
#include <linux/tcp.h>

#include <algorithm>
#include <array>
#include <cstring>

#include "backend/sock_diag/tcp_info_attribute.hpp"

namespace tcptable::test {
namespace {

using backend::parse_tcp_info;

// Byte n has the value n, so that each member's value tells where it was read.
constexpr std::size_t kNewest = 280;
const auto kCountingBytes = [] {
  std::array<std::byte, kNewest> bytes;
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::byte>(i);
  return bytes;
}();

template <typename T>
T value_at(std::size_t offset) {
  T value{};
  std::memcpy(&value, kCountingBytes.data() + offset, sizeof value);
  return value;
}

TEST(TcpInfo, EachMemberIsReadWhereTheKernelPutsIt) {
  const auto info = parse_tcp_info(kCountingBytes);
  ASSERT_TRUE(info);
  EXPECT_EQ(info->consecutive_timeouts, 2);
  EXPECT_EQ(info->retransmission_timeout_us, value_at<std::uint32_t>(8));
  EXPECT_EQ(info->send_mss, value_at<std::uint32_t>(16));
  EXPECT_EQ(info->rtt_us, value_at<std::uint32_t>(68));
  EXPECT_EQ(info->congestion_window, value_at<std::uint32_t>(80));
  EXPECT_EQ(info->advertised_mss, value_at<std::uint32_t>(84));
  EXPECT_EQ(info->segments_retransmitted, value_at<std::uint32_t>(100));
  EXPECT_EQ(info->bytes_acked, value_at<std::uint64_t>(120));
  EXPECT_EQ(info->bytes_received, value_at<std::uint64_t>(128));
  EXPECT_EQ(info->unsent_bytes, value_at<std::uint32_t>(144));
  EXPECT_EQ(info->delivery_rate, value_at<std::uint64_t>(160));
  EXPECT_EQ(info->bytes_sent, value_at<std::uint64_t>(200));
  EXPECT_EQ(info->peer_window, value_at<std::uint32_t>(228));
  EXPECT_EQ(info->own_window, value_at<std::uint32_t>(232));
  EXPECT_EQ(info->timeouts, value_at<std::uint16_t>(240));
  EXPECT_EQ(info->timeout_recoveries, value_at<std::uint16_t>(242));
  EXPECT_EQ(info->segments_received_ce, value_at<std::uint32_t>(248));
}

TEST(TcpInfo, AnOlderKernelsMembersAreThereAndItsSuccessorsAreNot) {
  const auto linux_2_6 = parse_tcp_info(std::span(kCountingBytes).first(104));
  ASSERT_TRUE(linux_2_6);
  EXPECT_EQ(linux_2_6->rtt_us, value_at<std::uint32_t>(68));
  EXPECT_FALSE(linux_2_6->bytes_acked);
  EXPECT_FALSE(linux_2_6->segments_received_ce);

  const auto linux_4_9 = parse_tcp_info(std::span(kCountingBytes).first(168));
  ASSERT_TRUE(linux_4_9);
  EXPECT_TRUE(linux_4_9->delivery_rate);
  EXPECT_FALSE(linux_4_9->busy_us);

  const auto linux_6_1 = parse_tcp_info(std::span(kCountingBytes).first(232));
  ASSERT_TRUE(linux_6_1);
  EXPECT_TRUE(linux_6_1->peer_window);
  EXPECT_FALSE(linux_6_1->own_window);
}

TEST(TcpInfo, NoMemberIsReadInParts) {
  for (std::size_t size = 0; size <= kCountingBytes.size(); ++size) {
    SCOPED_TRACE(size);
    const auto info = parse_tcp_info(std::span(kCountingBytes).first(size));
    ASSERT_EQ(info.has_value(), size >= 104);
    if (!info) continue;
    EXPECT_EQ(info->bytes_acked.has_value(), size >= 128);
    EXPECT_EQ(info->timeouts.has_value(), size >= 242);
    EXPECT_EQ(info->segments_received_ce.has_value(), size >= 252);
  }
}

TEST(TcpInfo, BytesOfAKernelToComeAreIgnored) {
  std::array<std::byte, kNewest + 64> longer{};
  std::ranges::copy(kCountingBytes, longer.begin());
  const auto info = parse_tcp_info(longer);
  ASSERT_TRUE(info);
  EXPECT_EQ(info->segments_received_ce, value_at<std::uint32_t>(248));
}

TEST(TcpInfo, OptionsTellTimestampsAndWindowScaling) {
  tcp_info raw{};
  raw.tcpi_options = TCPI_OPT_TIMESTAMPS;
  raw.tcpi_snd_wscale = 7;
  raw.tcpi_rcv_wscale = 9;
  auto info = parse_tcp_info(std::as_bytes(std::span(&raw, 1)));
  ASSERT_TRUE(info);
  EXPECT_TRUE(info->timestamps);
  EXPECT_FALSE(info->window_scaling);
  EXPECT_EQ(info->send_window_scale, 7);
  EXPECT_EQ(info->receive_window_scale, 9);
  raw.tcpi_options = TCPI_OPT_WSCALE;
  info = parse_tcp_info(std::as_bytes(std::span(&raw, 1)));
  EXPECT_FALSE(info->timestamps);
  EXPECT_TRUE(info->window_scaling);
}

}  // namespace
}  // namespace tcptable::test
