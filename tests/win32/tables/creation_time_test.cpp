// SPDX-License-Identifier: MIT
// liCreateTimestamp is between the moment before socket() and now, and never grows.
#include <unistd.h>

#include <chrono>

#include "win32/tables/table_test.hpp"

namespace {

using loopback::accept_from;
using loopback::connect_to;
using loopback::listen_on;

class CreationTime : public TableTest {};

LONGLONG now() {
  using Ticks = std::chrono::duration<LONGLONG, std::ratio<1, 10'000'000>>;
  const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<Ticks>(since_1970).count() + 116'444'736'000'000'000;
}

LONGLONG created(std::uint16_t local_port, TCP_TABLE_CLASS table_class = TCP_TABLE_OWNER_MODULE_ALL) {
  return row_with_local_port(extended_tcp<MIB_TCPTABLE_OWNER_MODULE>(kAfInet, table_class), local_port)
      .liCreateTimestamp.QuadPart;
}

TEST_F(CreationTime, LiesBetweenTheMomentBeforeSocketAndNow) {
  const LONGLONG before = now();
  const auto listener = listen_on("127.0.0.1");
  const auto client = connect_to("127.0.0.1", listener.local_port());
  const auto server = accept_from(listener);
  loopback::send_bytes(client, 10);
  loopback::receive_bytes(server, 10);
  const LONGLONG time = created(client.local_port());
  EXPECT_GE(time, before);
  EXPECT_LE(time, now());
}

TEST_F(CreationTime, StaysTheSameOrGoesBackButNeverGrows) {
  const auto listener = listen_on("127.0.0.1");
  const LONGLONG first = created(listener.local_port(), TCP_TABLE_OWNER_MODULE_LISTENER);
  usleep(30'000);
  EXPECT_EQ(created(listener.local_port(), TCP_TABLE_OWNER_MODULE_LISTENER), first);
  EXPECT_EQ(created(listener.local_port()), first);
}

TEST_F(CreationTime, AgeInTcpInfoBoundsASocketThatIsSeenForTheFirstTime) {
  const LONGLONG before = now();
  const auto listener = listen_on("127.0.0.1");
  const auto client = connect_to("127.0.0.1", listener.local_port());
  const auto server = accept_from(listener);
  loopback::send_bytes(client, 10);
  loopback::receive_bytes(server, 10);
  usleep(300'000);
  const LONGLONG time = created(client.local_port());
  EXPECT_GE(time, before);
  EXPECT_LT(time, now() - 2'000'000)
      << "300 ms of silence are known to the kernel, so 200 ms at least must show";
}

TEST_F(CreationTime, FreshSocketsOfEveryStateAreNotMadeOlder) {
  usleep(50'000);
  const LONGLONG before = now();
  const auto listener = listen_on("127.0.0.1");
  const auto client = connect_to("127.0.0.1", listener.local_port());
  auto half = connect_to("127.0.0.1", listener.local_port());
  accept_from(listener).close();
  for (const auto& row : extended_tcp<MIB_TCPTABLE_OWNER_MODULE>(kAfInet, TCP_TABLE_OWNER_MODULE_ALL)) {
    if (row.dwLocalPort != table_port(listener.local_port()) &&
        row.dwRemotePort != table_port(listener.local_port())) {
      continue;
    }
    EXPECT_GE(row.liCreateTimestamp.QuadPart, before) << "state " << row.dwState;
  }
}

TEST_F(CreationTime, UdpSocketsHaveTheTimeOfTheFirstLook) {
  const LONGLONG before = now();
  const auto socket = loopback::udp_on("127.0.0.1");
  const auto rows = extended_udp<MIB_UDPTABLE_OWNER_MODULE>(kAfInet, UDP_TABLE_OWNER_MODULE);
  const LONGLONG time = row_with_local_port(rows, socket.local_port()).liCreateTimestamp.QuadPart;
  EXPECT_GE(time, before);
  EXPECT_LE(time, now());
}

}  // namespace
