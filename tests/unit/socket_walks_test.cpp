// SPDX-License-Identifier: MIT
// What is left of a walk in the memory that the programs and the library share.
#include "sys/bpf/socket_walks.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <fstream>
#include <new>
#include <span>
#include <string>

#include "support/sockets.hpp"

namespace tcptable::test {
namespace {

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

}  // namespace
}  // namespace tcptable::test
