// SPDX-License-Identifier: MIT
// The codes of the statistics functions, and what they leave untouched.
#include <array>

#include "win32/connection/estats_call.hpp"

namespace {

class EstatsCodesTest : public TableTest {
 protected:
  // A type with a part of each kind.
  static constexpr TCP_ESTATS_TYPE kType = TcpConnectionEstatsSndCong;

  ULONG get() {
    return GetPerTcpConnectionEStats(row, type, rw, rw_version, rw_size, ros, ros_version, ros_size, rod,
                                     rod_version, rod_size);
  }

  // Every combination of arguments starts as a sound one.
  void be_sound(MIB_TCPROW& sound_row) {
    row = &sound_row;
    type = kType;
    rw = rw_buffer.data();
    ros = ros_buffer.data();
    rod = rod_buffer.data();
    rw_version = ros_version = rod_version = 0;
    rw_size = sizeof(TCP_ESTATS_SND_CONG_RW_v0);
    ros_size = sizeof(TCP_ESTATS_SND_CONG_ROS_v0);
    rod_size = sizeof(TCP_ESTATS_SND_CONG_ROD_v0);
  }

  std::array<UCHAR, 256> rw_buffer{};
  std::array<UCHAR, 256> ros_buffer{};
  std::array<UCHAR, 256> rod_buffer{};
  MIB_TCPROW* row = nullptr;
  TCP_ESTATS_TYPE type = kType;
  PUCHAR rw = nullptr;
  PUCHAR ros = nullptr;
  PUCHAR rod = nullptr;
  ULONG rw_version = 0;
  ULONG ros_version = 0;
  ULONG rod_version = 0;
  ULONG rw_size = 0;
  ULONG ros_size = 0;
  ULONG rod_size = 0;
};

const std::array kTypes{TcpConnectionEstatsSynOpts, TcpConnectionEstatsData,      TcpConnectionEstatsSndCong,
                        TcpConnectionEstatsPath,    TcpConnectionEstatsSendBuff,  TcpConnectionEstatsRec,
                        TcpConnectionEstatsObsRec,  TcpConnectionEstatsBandwidth, TcpConnectionEstatsFineRtt};

TEST_F(EstatsCodesTest, EveryTypeAnswersWithAllItsPartsAndWithNone) {
  Pair pair;
  for (const TCP_ESTATS_TYPE each : kTypes) {
    SCOPED_TRACE(static_cast<int>(each));
    EXPECT_EQ(get_estats(pair.client_row, each, rw_buffer.data(), 256, ros_buffer.data(), 256,
                         rod_buffer.data(), 256),
              code(NO_ERROR));
    EXPECT_EQ(get_estats(pair.client_row, each, nullptr, 0, nullptr, 0, nullptr, 0), code(NO_ERROR));
  }
}

TEST_F(EstatsCodesTest, NoRowAndAnUnknownTypeAreInvalid) {
  Pair pair;
  be_sound(pair.client_row);
  EXPECT_EQ(get(), code(NO_ERROR));
  row = nullptr;
  EXPECT_EQ(get(), code(ERROR_INVALID_PARAMETER));
  for (const int wrong : {9, 10, 15}) {
    be_sound(pair.client_row);
    type = static_cast<TCP_ESTATS_TYPE>(wrong);
    EXPECT_EQ(get(), code(ERROR_INVALID_PARAMETER)) << wrong;
    UCHAR on = TRUE;
    EXPECT_EQ(SetPerTcpConnectionEStats(row, type, &on, 0, 1, 0), code(ERROR_INVALID_PARAMETER));
  }
  EXPECT_EQ(GetPerTcp6ConnectionEStats(nullptr, kType, nullptr, 0, 0, nullptr, 0, 0, nullptr, 0, 0),
            code(ERROR_INVALID_PARAMETER));
  EXPECT_EQ(SetPerTcp6ConnectionEStats(nullptr, kType, nullptr, 0, 0, 0), code(ERROR_INVALID_PARAMETER));
}

TEST_F(EstatsCodesTest, AnotherVersionIsNotSupported) {
  Pair pair;
  for (ULONG* const version : {&rw_version, &ros_version, &rod_version}) {
    be_sound(pair.client_row);
    *version = 1;
    EXPECT_EQ(get(), code(ERROR_NOT_SUPPORTED));
  }
  UCHAR on = TRUE;
  EXPECT_EQ(SetPerTcpConnectionEStats(row, kType, &on, 1, 1, 0), code(ERROR_NOT_SUPPORTED));
  EXPECT_EQ(SetPerTcpConnectionEStats(row, kType, &on, 0, 1, 1), code(ERROR_NOT_SUPPORTED));
}

TEST_F(EstatsCodesTest, ASizeWithoutABufferIsAnInvalidUserBuffer) {
  Pair pair;
  for (PUCHAR* const buffer : {&rw, &ros, &rod}) {
    be_sound(pair.client_row);
    *buffer = nullptr;
    EXPECT_EQ(get(), code(ERROR_INVALID_USER_BUFFER));
  }
  EXPECT_EQ(SetPerTcpConnectionEStats(row, kType, nullptr, 0, 1, 0), code(ERROR_INVALID_USER_BUFFER));
}

TEST_F(EstatsCodesTest, ABufferThatIsTooSmallIsNotWrittenAndNeitherAreTheOthers) {
  Pair pair;
  for (ULONG* const size : {&rw_size, &ros_size, &rod_size}) {
    be_sound(pair.client_row);
    for (auto* const buffer : {&rw_buffer, &ros_buffer, &rod_buffer}) buffer->fill(0x55);
    --*size;
    EXPECT_EQ(get(), code(ERROR_INSUFFICIENT_BUFFER));
    for (const auto* const buffer : {&rw_buffer, &ros_buffer, &rod_buffer}) {
      for (const UCHAR byte : *buffer) ASSERT_EQ(byte, 0x55);
    }
  }
  std::array<UCHAR, 7> small{};
  EXPECT_EQ(SetPerTcpConnectionEStats(row, TcpConnectionEstatsBandwidth, small.data(), 0, small.size(), 0),
            code(ERROR_INSUFFICIENT_BUFFER));
}

TEST_F(EstatsCodesTest, NothingIsWrittenBehindAStructureOrToAPartThatTheTypeLacks) {
  Pair pair;
  be_sound(pair.client_row);
  for (auto* const buffer : {&rw_buffer, &ros_buffer, &rod_buffer}) buffer->fill(0x55);
  rw_size = ros_size = rod_size = 256;
  EXPECT_EQ(get(), code(NO_ERROR));
  EXPECT_EQ(rod_buffer[sizeof(TCP_ESTATS_SND_CONG_ROD_v0)], 0x55);
  EXPECT_EQ(ros_buffer[sizeof(TCP_ESTATS_SND_CONG_ROS_v0)], 0x55);
  EXPECT_EQ(rw_buffer[sizeof(TCP_ESTATS_SND_CONG_RW_v0)], 0x55);
  rw_buffer.fill(0x55);
  rod_buffer.fill(0x55);
  type = TcpConnectionEstatsSynOpts;
  EXPECT_EQ(get(), code(NO_ERROR));
  EXPECT_EQ(rw_buffer[0], 0x55);
  EXPECT_EQ(rod_buffer[0], 0x55);
}

TEST_F(EstatsCodesTest, BuffersNeedNoAlignment) {
  Pair pair;
  be_sound(pair.client_row);
  enable<SndCong>(pair.client_row);
  rod = rod_buffer.data() + 1;
  ros = ros_buffer.data() + 3;
  EXPECT_EQ(get(), code(NO_ERROR));
  TCP_ESTATS_SND_CONG_ROD_v0 read{};
  std::memcpy(&read, rod, sizeof read);
  EXPECT_GT(read.CurCwnd, 0U);
}

TEST_F(EstatsCodesTest, WhatIsNoConnectionWithStatisticsIsNotFound) {
  Pair pair;
  UCHAR on = TRUE;
  const loopback::HeldConnection time_wait("time_wait");
  const loopback::HeldConnection syn_recv("syn_recv");
  for (MIB_TCPROW each : {row_between(1, 1), listener_row(pair.listener),
                          row_between(time_wait.local_port(), time_wait.remote_port()),
                          row_between(syn_recv.local_port(), syn_recv.remote_port())}) {
    be_sound(each);
    EXPECT_EQ(get(), code(ERROR_NOT_FOUND));
    EXPECT_EQ(SetPerTcpConnectionEStats(&each, kType, &on, 0, 1, 0), code(ERROR_NOT_FOUND));
  }
}

TEST_F(EstatsCodesTest, TheRowsStateAndTheUpperHalvesOfItsPortsCountForNothing) {
  Pair pair;
  for (const DWORD state : {0U, 2U, 11U, 12U, 0xffffffffU}) {
    MIB_TCPROW row_in_state = pair.client_row;
    row_in_state.dwState = state;
    row_in_state.dwLocalPort |= 0xffff0000;
    be_sound(row_in_state);
    EXPECT_EQ(get(), code(NO_ERROR));
  }
}

TEST_F(EstatsCodesTest, NothingHappensWithoutASize) {
  Pair pair;
  UCHAR on = TRUE;
  MIB_TCPROW nobody = row_between(1, 1);
  EXPECT_EQ(SetPerTcpConnectionEStats(&pair.client_row, kType, &on, 0, 0, 0), code(NO_ERROR));
  EXPECT_EQ(rw_of<SndCong>(pair.client_row).EnableCollection, FALSE);
  EXPECT_EQ(SetPerTcpConnectionEStats(&nobody, kType, nullptr, 0, 0, 0), code(NO_ERROR));
}

TEST_F(EstatsCodesTest, WhatIsNoSwitchOrNoSwitchsValueIsInvalid) {
  Pair pair;
  UCHAR on = TRUE;
  EXPECT_EQ(SetPerTcpConnectionEStats(&pair.client_row, TcpConnectionEstatsSynOpts, &on, 0, 1, 0),
            code(ERROR_INVALID_PARAMETER));
  for (const std::array<std::int32_t, 2> values : {std::array{2, 0}, {0, 2}, {-2, 1}, {1, 100000}}) {
    std::array<UCHAR, sizeof values> bytes;
    std::memcpy(bytes.data(), values.data(), bytes.size());
    EXPECT_EQ(SetPerTcpConnectionEStats(&pair.client_row, TcpConnectionEstatsBandwidth, bytes.data(), 0,
                                        bytes.size(), 0),
              code(ERROR_INVALID_PARAMETER));
  }
  EXPECT_EQ(rw_of<Bandwidth>(pair.client_row).EnableCollectionOutbound, TcpBoolOptDisabled);
  EXPECT_EQ(rw_of<Bandwidth>(pair.client_row).EnableCollectionInbound, TcpBoolOptDisabled);
}

}  // namespace
