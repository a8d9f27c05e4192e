// SPDX-License-Identifier: MIT
// The statistics functions with the type of statistics given by the structures.
#pragma once

#include <chrono>
#include <cstring>
#include <thread>

#include "win32/connection/connection_test.hpp"

struct NoPart {};

/// Which structures a type has.
template <TCP_ESTATS_TYPE Type, typename RwPart, typename RosPart, typename RodPart>
struct Statistics {
  static constexpr TCP_ESTATS_TYPE kType = Type;
  using Rw = RwPart;
  using Ros = RosPart;
  using Rod = RodPart;
};

using SynOpts = Statistics<TcpConnectionEstatsSynOpts, NoPart, TCP_ESTATS_SYN_OPTS_ROS_v0, NoPart>;
using Data = Statistics<TcpConnectionEstatsData, TCP_ESTATS_DATA_RW_v0, NoPart, TCP_ESTATS_DATA_ROD_v0>;
using SndCong = Statistics<TcpConnectionEstatsSndCong, TCP_ESTATS_SND_CONG_RW_v0, TCP_ESTATS_SND_CONG_ROS_v0,
                           TCP_ESTATS_SND_CONG_ROD_v0>;
using Path = Statistics<TcpConnectionEstatsPath, TCP_ESTATS_PATH_RW_v0, NoPart, TCP_ESTATS_PATH_ROD_v0>;
using SendBuff =
    Statistics<TcpConnectionEstatsSendBuff, TCP_ESTATS_SEND_BUFF_RW_v0, NoPart, TCP_ESTATS_SEND_BUFF_ROD_v0>;
using Rec = Statistics<TcpConnectionEstatsRec, TCP_ESTATS_REC_RW_v0, NoPart, TCP_ESTATS_REC_ROD_v0>;
using ObsRec =
    Statistics<TcpConnectionEstatsObsRec, TCP_ESTATS_OBS_REC_RW_v0, NoPart, TCP_ESTATS_OBS_REC_ROD_v0>;
using Bandwidth =
    Statistics<TcpConnectionEstatsBandwidth, TCP_ESTATS_BANDWIDTH_RW_v0, NoPart, TCP_ESTATS_BANDWIDTH_ROD_v0>;
using FineRtt =
    Statistics<TcpConnectionEstatsFineRtt, TCP_ESTATS_FINE_RTT_RW_v0, NoPart, TCP_ESTATS_FINE_RTT_ROD_v0>;

template <typename Value>
PUCHAR bytes_of(Value& value) {
  return reinterpret_cast<PUCHAR>(&value);
}

inline ULONG get_estats(MIB_TCPROW row, TCP_ESTATS_TYPE type, PUCHAR rw, ULONG rw_size, PUCHAR ros,
                        ULONG ros_size, PUCHAR rod, ULONG rod_size) {
  return GetPerTcpConnectionEStats(&row, type, rw, 0, rw_size, ros, 0, ros_size, rod, 0, rod_size);
}

template <typename Type>
typename Type::Rod rod_of(const MIB_TCPROW& row) {
  typename Type::Rod rod{};
  EXPECT_EQ(get_estats(row, Type::kType, nullptr, 0, nullptr, 0, bytes_of(rod), sizeof rod), code(NO_ERROR));
  return rod;
}

template <typename Type>
typename Type::Ros ros_of(const MIB_TCPROW& row) {
  typename Type::Ros ros{};
  EXPECT_EQ(get_estats(row, Type::kType, nullptr, 0, bytes_of(ros), sizeof ros, nullptr, 0), code(NO_ERROR));
  return ros;
}

template <typename Type>
typename Type::Rw rw_of(const MIB_TCPROW& row) {
  typename Type::Rw rw{};
  EXPECT_EQ(get_estats(row, Type::kType, bytes_of(rw), sizeof rw, nullptr, 0, nullptr, 0), code(NO_ERROR));
  return rw;
}

template <typename Type>
ULONG set_estats(MIB_TCPROW row, typename Type::Rw rw) {
  return SetPerTcpConnectionEStats(&row, Type::kType, bytes_of(rw), 0, sizeof rw, 0);
}

template <typename Type>
void enable(const MIB_TCPROW& row) {
  EXPECT_EQ(set_estats<Type>(row, {TRUE}), code(NO_ERROR));
}

/// Reads again and again until the value is as wanted, at most for seconds; the last value read.
template <typename Read, typename Wanted>
auto eventually(const Read& read, const Wanted& wanted) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  auto value = read();
  while (!wanted(value) && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
    value = read();
  }
  return value;
}
