// SPDX-License-Identifier: MIT
// Which rows a filter lets pass, and the program that it becomes for the kernel.
#include <gtest/gtest.h>
#include <linux/inet_diag.h>

#include <cstring>

#include "backend/sock_diag/diag_filter.hpp"
#include "backend/sock_diag/diag_message.hpp"
#include "unit/rows.hpp"

namespace tcptable::test {
namespace {

AddressPrefix prefix(const std::string& address, int length) {
  const Endpoint parsed = endpoint(address);
  return {parsed.address, static_cast<std::uint8_t>(length), parsed.family};
}

SocketRow connection(const std::string& local, std::uint16_t local_port, const std::string& remote,
                     std::uint16_t remote_port) {
  return make_row(State::established, ends(local, local_port, remote, remote_port), 1, 1);
}

TEST(SocketFilter, AnEmptyOneLetsEverythingPass) {
  EXPECT_TRUE(SocketFilter().empty());
  EXPECT_TRUE(matches({}, connection("10.0.0.1", 80, "10.0.0.2", 5000)));
  EXPECT_TRUE(backend::diag_bytecode({}).empty());
}

TEST(SocketFilter, EveryConditionMustHold) {
  SocketFilter filter;
  filter.local_port = PortRange{80, 90};
  filter.remote_address = prefix("10.0.0.0", 8);
  EXPECT_TRUE(matches(filter, connection("192.0.2.1", 85, "10.1.2.3", 5000)));
  EXPECT_FALSE(matches(filter, connection("192.0.2.1", 91, "10.1.2.3", 5000)));
  EXPECT_FALSE(matches(filter, connection("192.0.2.1", 85, "11.1.2.3", 5000)));
  EXPECT_FALSE(matches(filter, connection("10.1.2.3", 85, "192.0.2.1", 5000)));
}

TEST(SocketFilter, PrefixesOfEachLengthEndAtTheirBit) {
  const SocketRow row = connection("255.255.255.255", 1, "255.255.255.255", 2);
  for (int length = 0; length <= 32; ++length) {
    SocketFilter filter;
    filter.address = prefix("255.255.255.255", length);
    EXPECT_TRUE(matches(filter, row)) << length;
    if (length == 0) continue;
    const auto last = static_cast<std::size_t>(length - 1);
    filter.address->address[last / 8] ^= static_cast<std::uint8_t>(0x80 >> (last % 8));
    EXPECT_FALSE(matches(filter, row)) << length;
  }
}

TEST(SocketFilter, OfAllSixTheProgramStaysWithinItsJumps) {
  SocketFilter filter;
  filter.port = filter.local_port = filter.remote_port = PortRange{1, 2};
  filter.address = filter.local_address = filter.remote_address = prefix("2001:db8::", 32);
  const auto program = backend::diag_bytecode(filter);
  // 8 comparisons of ports, 4 of addresses, 2 jumps.
  EXPECT_EQ(program.size(), 8 * 8 + 4 * (4 + sizeof(inet_diag_hostcond) + 16) + 2 * 4);
  for (std::size_t at = 0; at < program.size();) {
    inet_diag_bc_op operation{};
    std::memcpy(&operation, program.data() + at, sizeof operation);
    ASSERT_GE(operation.yes, sizeof operation);
    EXPECT_LE(at + operation.no, program.size() + sizeof operation);
    at += operation.yes;
    EXPECT_LE(at, program.size());
  }
}

TEST(SocketFilter, TheMessageHasTheProgramAsItsAttribute) {
  SocketFilter filter;
  filter.local_port = PortRange::only(80);
  const auto request = backend::make_dump_request({Protocol::tcp, Family::ipv4}, 1, backend::kNothingMore);
  const auto plain = backend::with_filter(std::as_bytes(std::span(&request, 1)), {});
  const auto message = backend::with_filter(std::as_bytes(std::span(&request, 1)), filter);
  EXPECT_EQ(plain.size(), sizeof request);
  nlmsghdr header{};
  nlattr attribute{};
  std::memcpy(&header, message.data(), sizeof header);
  std::memcpy(&attribute, message.data() + sizeof request, sizeof attribute);
  EXPECT_EQ(header.nlmsg_len, message.size());
  EXPECT_EQ(attribute.nla_type, INET_DIAG_REQ_BYTECODE);
  EXPECT_EQ(sizeof request + attribute.nla_len, message.size());
}

}  // namespace
}  // namespace tcptable::test
