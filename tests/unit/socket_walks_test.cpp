// SPDX-License-Identifier: MIT
// What is left of a walk in the memory that the programs and the library share.
#include "sys/bpf/socket_walks.hpp"

#include <gtest/gtest.h>
#include <sched.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <fstream>
#include <new>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "support/network_namespace.hpp"
#include "support/sockets.hpp"

namespace tcptable::test {
namespace {

constexpr std::uint32_t kBuckets = 256;

// Of the one BPF map that this process has in its memory.
std::span<const tcptable_held_buffer> held_buffers(unsigned count) {
  std::ifstream maps("/proc/self/maps");
  for (std::string line; std::getline(maps, line);) {
    if (line.find("bpf-map") == line.npos) continue;
    const auto begin = std::stoull(line, nullptr, 16);
    return {reinterpret_cast<const tcptable_held_buffer*>(begin), count};
  }
  return {};
}

// A thread whose number stayed in one buffer would later read into another and find nothing there.
TEST(SocketWalks, LeaveNoReaderInABufferWhoseSinkHasThrown) {
  auto walks = sys::make_socket_walks();
  if (!walks) GTEST_SKIP() << to_string(walks.error());
  if (const auto loaded = (*walks)->load(sys::Walks::of_descriptors); !loaded)
    GTEST_SKIP() << to_string(loaded.error());
  const Fd listener = listen_on(loopback(Family::ipv4));
  const auto throwing = [](const sys::HeldSockets&) { throw std::bad_alloc(); };
  EXPECT_THROW(static_cast<void>((*walks)->walk_descriptors({}, throwing)), std::bad_alloc);
  const auto buffers = held_buffers((*walks)->most_at_once());
  ASSERT_FALSE(buffers.empty());
  for (const tcptable_held_buffer& buffer : buffers) EXPECT_EQ(buffer.reader, 0U);
}

// A namespace keeps as many as half the buckets of its table, of its own accord.
void allow_time_waits() {
  std::ofstream("/proc/sys/net/ipv4/tcp_max_tw_buckets") << 100'000;
}

// Which ports of a range, each a client's, are in the table.
std::vector<bool> clients_in_table(sys::SocketWalks& walks, std::uint16_t first_port, std::size_t count) {
  sys::TableWalk walk;
  walk.states = UINT32_MAX;
  walk.end = kBuckets;
  std::vector<bool> is_there(count);
  const auto note = [&](const sys::TableRows& table) {
    for (const tcptable_row& row : table.rows) {
      const std::size_t place = std::size_t{row.local_port} - first_port;
      if (place < count) is_there[place] = true;
    }
  };
  const auto walked = walks.walk_table(walk, note);
  EXPECT_TRUE(walked) << to_string(walked.error());
  return is_there;
}

// Of those that the thread may use, in whose order they are numbered; false where it may use fewer.
bool stay_on_processor(int number) {
  cpu_set_t allowed;
  ::sched_getaffinity(0, sizeof allowed, &allowed);
  for (int cpu = 0; cpu < CPU_SETSIZE; ++cpu) {
    if (!CPU_ISSET(cpu, &allowed) || number-- != 0) continue;
    CPU_ZERO(&allowed);
    CPU_SET(cpu, &allowed);
    return ::sched_setaffinity(0, sizeof allowed, &allowed) == 0;
  }
  return false;
}

// What is closed under the walk leaves the place where it was, and its TIME_WAIT is put where the walk may
// have been.
TEST(SocketWalks, FindEachConnectionOrItsTimeWaitWhileConnectionsAreClosed) {
  constexpr std::size_t kConnections = 3000;
  constexpr std::uint16_t kFirstPort = 20'000;
  if (!allow_descriptors(2 * kConnections + 500)) GTEST_SKIP() << "needs a hard RLIMIT_NOFILE of 6500";
  if (const auto reason = enter_network_namespace_of_buckets(kBuckets)) GTEST_SKIP() << *reason;
  allow_time_waits();
  auto walks = sys::make_socket_walks();
  if (!walks) GTEST_SKIP() << to_string(walks.error());
  if (const auto loaded = (*walks)->load(sys::Walks::of_descriptors_and_tables); !loaded)
    GTEST_SKIP() << to_string(loaded.error());
  const Fd listener = listen_on(loopback(Family::ipv4, kFirstPort - 1));
  std::vector<Connection> connections;
  for (std::size_t i = 0; i < kConnections; ++i) {
    const auto port = static_cast<std::uint16_t>(kFirstPort + i);
    connections.push_back(make_connection(listener, loopback(Family::ipv4, port)));
  }
  std::atomic<bool> done{false};
  std::thread closing([&] {
    stay_on_processor(1);
    for (Connection& connection : connections) {
      connection.client.reset();
      connection.server.reset();
    }
    done = true;
  });
  stay_on_processor(0);
  std::vector<std::vector<bool>> tables;
  while (!done) tables.push_back(clients_in_table(**walks, kFirstPort, kConnections));
  closing.join();
  const auto stayed = clients_in_table(**walks, kFirstPort, kConnections);
  std::size_t missing = 0;
  for (std::size_t i = 0; i < kConnections; ++i) {
    for (const auto& table : tables) missing += stayed[i] && !table[i] ? 1 : 0;
  }
  EXPECT_EQ(missing, 0U) << "of " << tables.size() << " tables";
  // The kernel may be short of memory for a few.
  EXPECT_GT(std::count(stayed.begin(), stayed.end(), true), kConnections / 2);
}

}  // namespace
}  // namespace tcptable::test
